#+ of: valid/object.ttl
#+ finding: 2020.1.1 | object-date | minCount | Info | 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE WHERE { <2020.1.1#production> crm:P4_has_time-span ?value }
