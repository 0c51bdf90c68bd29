#+ of: valid/object.ttl
#+ finding: 2020.1.1 | record-museum | maxCount | Violation | 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
INSERT DATA { <2020.1.1> crm:P50_has_current_keeper <../../museum/M0002> }
