#+ of: valid/instrument.ttl
#+ finding: S-7 | instrument-use | minCount | Info | 
BASE <https://museosciences.example/object/M0003/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE WHERE { <S-7> crm:P101_had_as_general_use ?value }
