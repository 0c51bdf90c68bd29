#+ of: valid/object.ttl
#+ finding: 2020.1.1#digitisation | digitisation-year | minInclusive | Warning | 1918
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <2020.1.1#digitisation> ms:beginYear ?old }
INSERT { <2020.1.1#digitisation> ms:beginYear 1918 }
WHERE { <2020.1.1#digitisation> ms:beginYear ?old }
