#+ of: valid/object.ttl
#+ finding: 2020.1.1 | record-number-digit | pattern | Info | 
#+ finding: 2020.1.1#inventory-number | number-text | minLength | Violation | 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE { <2020.1.1#inventory-number> crm:P190_has_symbolic_content ?old }
INSERT { <2020.1.1#inventory-number> crm:P190_has_symbolic_content "" }
WHERE { <2020.1.1#inventory-number> crm:P190_has_symbolic_content ?old }
