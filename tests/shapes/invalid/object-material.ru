#+ of: valid/object.ttl
#+ finding: 2020.1.1 | object-material | minCount | Info | 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE { ?node ?property ?value }
WHERE { ?node ?property ?value FILTER(?property IN (crm:P45_consists_of, crm:P32_used_general_technique) && ?node != <2020.1.1#analysis-1>) }
