#+ of: valid/object.ttl
#+ finding: 2020.1.1#dimension-2 | dimension-weight-outlier | or | Warning | {base}object/M0001/2020.1.1#dimension-2
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { <2020.1.1#dimension-2> crm:P90_has_value ?old }
INSERT { <2020.1.1#dimension-2> crm:P90_has_value "12000000"^^xsd:decimal }
WHERE { <2020.1.1#dimension-2> crm:P90_has_value ?old }
