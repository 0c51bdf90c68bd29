#+ of: valid/object.ttl
#+ finding: 2020.1.1 | record-number-digit | pattern | Info | s. n.
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE { <2020.1.1#inventory-number> crm:P190_has_symbolic_content ?old }
INSERT { <2020.1.1#inventory-number> crm:P190_has_symbolic_content "s. n." }
WHERE { <2020.1.1#inventory-number> crm:P190_has_symbolic_content ?old }
