#+ of: valid/link.ttl
#+ finding: link/1 | link-explanation | minCount | Warning | 
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <link/1> ms:explanation ?old }
INSERT { <link/1> ms:explanation "Le tableau représente un perroquet."@fr }
WHERE { <link/1> ms:explanation ?old }
