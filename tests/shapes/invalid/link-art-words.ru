#+ of: valid/link.ttl
#+ finding: link/1 | link-art-words | minLength | Violation | 
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <link/1> ms:artValue ?old }
INSERT { <link/1> ms:artValue "" }
WHERE { <link/1> ms:artValue ?old }
