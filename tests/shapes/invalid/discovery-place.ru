#+ of: valid/object.ttl
#+ finding: 2020.1.1#discovery | discovery-place | nodeKind | Violation | Saint-Omer
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE { <2020.1.1#discovery> crm:P7_took_place_at ?old }
INSERT { <2020.1.1#discovery> crm:P7_took_place_at "Saint-Omer" }
WHERE { <2020.1.1#discovery> crm:P7_took_place_at ?old }
