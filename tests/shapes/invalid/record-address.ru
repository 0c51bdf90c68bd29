#+ of: valid/object.ttl
#+ finding: 2020.1.1 | record-address | pattern | Warning | musee.example/notice/1
BASE <https://museosciences.example/object/M0001/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { <2020.1.1> rdfs:seeAlso ?old }
INSERT { <2020.1.1> rdfs:seeAlso "musee.example/notice/1"^^xsd:anyURI }
WHERE { <2020.1.1> rdfs:seeAlso ?old }
