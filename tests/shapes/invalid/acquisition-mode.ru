#+ of: valid/object.ttl
#+ finding: 2020.1.1#acquisition-1 | acquisition-mode | minLength | Warning | ?
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <2020.1.1#acquisition-1> ms:mode ?old }
INSERT { <2020.1.1#acquisition-1> ms:mode "?" }
WHERE { <2020.1.1#acquisition-1> ms:mode ?old }
