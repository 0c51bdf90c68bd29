#+ of: valid/object.ttl
#+ finding: 2020.1.1#dimension-1 | dimension-positive | minExclusive | Warning | 0
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { <2020.1.1#dimension-1> crm:P90_has_value ?old }
INSERT { <2020.1.1#dimension-1> crm:P90_has_value "0.0"^^xsd:decimal }
WHERE { <2020.1.1#dimension-1> crm:P90_has_value ?old }
