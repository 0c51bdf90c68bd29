#+ of: valid/object.ttl
#+ finding: 2020.1.1#maker-1 | activity-agent | nodeKind | Violation | Dupuis
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE { <2020.1.1#maker-1> crm:P14_carried_out_by ?old }
INSERT { <2020.1.1#maker-1> crm:P14_carried_out_by "Dupuis" }
WHERE { <2020.1.1#maker-1> crm:P14_carried_out_by ?old }
