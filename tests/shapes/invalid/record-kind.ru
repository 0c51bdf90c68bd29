#+ of: valid/object.ttl
#+ finding: 2020.1.1 | specimen-gathered | minCount | Info | 
#+ finding: 2020.1.1 | specimen-family-or-higher | minCount | Info | 
#+ finding: 2020.1.1 | specimen-collector | minCount | Info | 
#+ finding: 2020.1.1 | specimen-name | minCount | Warning | 
#+ finding: 2020.1.1 | record-kind | qualifiedMaxCount | Violation | 
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
INSERT DATA { <2020.1.1> a ms:Specimen }
