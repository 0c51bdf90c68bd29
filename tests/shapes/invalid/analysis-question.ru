#+ of: valid/object.ttl
#+ finding: 2020.1.1#analysis-1 | analysis-question | minLength | Info | ?
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <2020.1.1#analysis-1> ms:question ?old }
INSERT { <2020.1.1#analysis-1> ms:question "?" }
WHERE { <2020.1.1#analysis-1> ms:question ?old }
