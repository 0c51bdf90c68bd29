#+ of: valid/object.ttl
#+ finding: 2020.1.1#title-1 | title-text | minLength | Warning | 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE { <2020.1.1#title-1> crm:P190_has_symbolic_content ?old }
INSERT { <2020.1.1#title-1> crm:P190_has_symbolic_content "" }
WHERE { <2020.1.1#title-1> crm:P190_has_symbolic_content ?old }
