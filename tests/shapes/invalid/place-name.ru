#+ of: valid/agent-and-place.ttl
#+ finding: place/demo/p1 | place-name | minLength | Warning | 
BASE <https://museosciences.example/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { <place/demo/p1> rdfs:label ?old }
INSERT { <place/demo/p1> rdfs:label "" }
WHERE { <place/demo/p1> rdfs:label ?old }
