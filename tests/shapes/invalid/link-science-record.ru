#+ of: valid/link.ttl
#+ finding: link/1 | link-science-record | minCount | Violation | 
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE WHERE { <link/1> ms:scienceRecord ?value }
