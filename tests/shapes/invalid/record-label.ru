#+ of: valid/object.ttl
#+ finding: 2020.1.1 | record-label | minCount | Violation | 
BASE <https://museosciences.example/object/M0001/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE WHERE { <2020.1.1> rdfs:label ?value }
