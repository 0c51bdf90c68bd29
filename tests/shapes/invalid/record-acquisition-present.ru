#+ of: valid/instrument.ttl
#+ finding: S-7 | record-acquisition-present | minCount | Info | 
BASE <https://museosciences.example/object/M0003/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE WHERE { <S-7> crm:P24i_changed_ownership_through ?value }
