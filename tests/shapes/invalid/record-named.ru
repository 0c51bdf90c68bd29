#+ of: valid/object.ttl
#+ finding: 2020.1.1 | record-named | disjoint | Warning | 2020.1.1
BASE <https://museosciences.example/object/M0001/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { <2020.1.1> rdfs:label ?old }
INSERT { <2020.1.1> rdfs:label "2020.1.1" }
WHERE { <2020.1.1> rdfs:label ?old }
