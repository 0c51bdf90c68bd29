#+ of: valid/object.ttl
#+ finding: 2020.1.1#acquisition-1 | acquisition-price | pattern | Info | inconnu
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <2020.1.1#acquisition-1> ms:price ?old }
INSERT { <2020.1.1#acquisition-1> ms:price "inconnu" }
WHERE { <2020.1.1#acquisition-1> ms:price ?old }
