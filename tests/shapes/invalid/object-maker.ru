#+ of: valid/object.ttl
#+ finding: 2020.1.1 | object-maker | minCount | Info | 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE WHERE { <2020.1.1#production> crm:P9_consists_of ?value }
