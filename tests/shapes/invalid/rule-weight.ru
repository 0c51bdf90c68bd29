#+ of: valid/theme.ttl
#+ finding: #rule-sky | rule-weight | maxInclusive | Violation | 90
BASE <https://museosciences.example/theme/clouds>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <#rule-sky> ms:weight ?old }
INSERT { <#rule-sky> ms:weight 90.0 }
WHERE { <#rule-sky> ms:weight ?old }
