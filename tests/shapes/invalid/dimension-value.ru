#+ of: valid/object.ttl
#+ finding: 2020.1.1#dimension-1 | dimension-value | pattern | Violation | 50 cm
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { <2020.1.1#dimension-1> crm:P90_has_value ?old }
INSERT { <2020.1.1#dimension-1> crm:P90_has_value "50 cm"^^xsd:decimal }
WHERE { <2020.1.1#dimension-1> crm:P90_has_value ?old }
