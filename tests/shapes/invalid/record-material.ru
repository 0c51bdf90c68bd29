#+ of: valid/object.ttl
#+ finding: 2020.1.1 | record-material | nodeKind | Violation | huile
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE { <2020.1.1> crm:P45_consists_of ?old }
INSERT { <2020.1.1> crm:P45_consists_of "huile" }
WHERE { <2020.1.1> crm:P45_consists_of ?old }
