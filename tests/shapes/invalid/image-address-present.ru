#+ of: valid/object.ttl
#+ finding: 2020.1.1#image-1 | image-address-present | minCount | Info | 
BASE <https://museosciences.example/object/M0001/>
PREFIX schema: <http://schema.org/>
DELETE WHERE { <2020.1.1#image-1> schema:contentUrl ?value }
