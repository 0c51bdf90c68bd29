#+ of: valid/object.ttl
#+ finding: 2020.1.1 | record-number | minCount | Violation | 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE WHERE { <2020.1.1> crm:P48_has_preferred_identifier ?value }
