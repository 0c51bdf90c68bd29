#+ of: valid/object.ttl
#+ finding: 2020.1.1 | object-domain | minCount | Info | 
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE WHERE { <2020.1.1> ms:domain ?value }
