#+ of: valid/object.ttl
#+ finding: 2020.1.1#former-ownership-1 | acquisition-words | minCount | Warning | 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE WHERE { <2020.1.1#former-ownership-1> rdfs:label ?label ; crm:P22_transferred_title_to ?owner }
