#+ of: valid/object.ttl
#+ finding: 2020.1.1#inventory-number | number-form | pattern | Warning | 2020.1.1 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE { <2020.1.1#inventory-number> crm:P190_has_symbolic_content ?old }
INSERT { <2020.1.1#inventory-number> crm:P190_has_symbolic_content "2020.1.1 " }
WHERE { <2020.1.1#inventory-number> crm:P190_has_symbolic_content ?old }
