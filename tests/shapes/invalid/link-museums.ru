#+ of: valid/link.ttl
#+ finding: link/1 | link-museums | disjoint | Violation | {base}museum/M0001
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <link/1> ms:scienceMuseum ?old }
INSERT { <link/1> ms:scienceMuseum <museum/M0001> }
WHERE { <link/1> ms:scienceMuseum ?old }
