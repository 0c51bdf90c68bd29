#+ of: valid/object.ttl
#+ finding: 2020.1.1 | record-subject | nodeKind | Violation | un perroquet
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE { <2020.1.1> crm:P62_depicts ?old }
INSERT { <2020.1.1> crm:P62_depicts "un perroquet" }
WHERE { <2020.1.1> crm:P62_depicts ?old }
