#+ of: valid/specimen.ttl
#+ finding: N.42#collector-1 | activity-words | minLength | Warning | 
BASE <https://museosciences.example/object/M0002/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { <N.42#collector-1> rdfs:label ?old }
INSERT { <N.42#collector-1> rdfs:label "" }
WHERE { <N.42#collector-1> rdfs:label ?old }
