#+ of: valid/object.ttl
#+ finding: 2020.1.1#image-1 | image-credit | minCount | Info | 
BASE <https://museosciences.example/object/M0001/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE WHERE { <2020.1.1#image-1> dcterms:creator ?value }
