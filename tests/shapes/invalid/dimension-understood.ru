#+ of: valid/object.ttl
#+ finding: 2020.1.1#dimension-1 | dimension-understood | minCount | Warning | 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE WHERE { <2020.1.1#dimension-1> crm:P90_has_value ?value }
