#+ of: valid/object.ttl
#+ finding: 2020.1.1#analysis-1 | analysis-technique | minCount | Info | 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE WHERE { <2020.1.1#analysis-1> crm:P32_used_general_technique ?value }
