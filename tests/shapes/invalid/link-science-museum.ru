#+ of: valid/link.ttl
#+ finding: link/1 | link-science-museum | minCount | Violation | 
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE WHERE { <link/1> ms:scienceMuseum ?value }
