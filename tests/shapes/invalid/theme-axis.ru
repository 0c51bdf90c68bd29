#+ of: valid/theme.ttl
#+ finding:  | theme-axis | minCount | Violation | 
BASE <https://museosciences.example/theme/clouds>
PREFIX ms: <https://museosciences.example/ns#>
DELETE WHERE { <> ms:axis ?value }
