#+ of: valid/object.ttl
#+ finding: 2020.1.1#dimension-1 | dimension-type | maxCount | Warning | 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
INSERT DATA { <2020.1.1#dimension-1> crm:P2_has_type <../../concept/dimension-types/width> }
