#+ of: valid/object.ttl
#+ finding: 2020.1.1#analysis-1 | analysis-laboratory | nodeKind | Violation | C2RMF
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE { <2020.1.1#analysis-1> crm:P14_carried_out_by ?old }
INSERT { <2020.1.1#analysis-1> crm:P14_carried_out_by "C2RMF" }
WHERE { <2020.1.1#analysis-1> crm:P14_carried_out_by ?old }
