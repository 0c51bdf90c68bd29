#+ of: valid/object.ttl
#+ finding: 2020.1.1#stocktaking | stocktaking-year | minInclusive | Warning | 214
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <2020.1.1#stocktaking> ms:beginYear ?old }
INSERT { <2020.1.1#stocktaking> ms:beginYear 214 }
WHERE { <2020.1.1#stocktaking> ms:beginYear ?old }
