#+ of: valid/theme.ttl
#+ finding:  | theme-threshold | maxInclusive | Violation | 5
BASE <https://museosciences.example/theme/clouds>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <> ms:threshold ?old }
INSERT { <> ms:threshold 5.0 }
WHERE { <> ms:threshold ?old }
