#+ of: valid/object.ttl
#+ finding: 2020.1.1#inscription-1 | inscription-text | minCount | Warning | 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE WHERE { <2020.1.1#inscription-1> crm:P190_has_symbolic_content ?value }
