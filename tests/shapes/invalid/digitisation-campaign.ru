#+ of: valid/object.ttl
#+ finding: 2020.1.1#digitisation | digitisation-campaign | minLength | Warning | x
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <2020.1.1#digitisation> ms:campaign ?old }
INSERT { <2020.1.1#digitisation> ms:campaign "x" }
WHERE { <2020.1.1#digitisation> ms:campaign ?old }
