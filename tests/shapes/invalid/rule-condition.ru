#+ of: valid/theme.ttl
#+ finding: #rule-sky | rule-condition | minCount | Violation | 
BASE <https://museosciences.example/theme/clouds>
PREFIX ms: <https://museosciences.example/ns#>
DELETE WHERE { <#rule-sky> ms:concept ?value }
