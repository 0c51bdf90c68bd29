#+ of: valid/theme.ttl
#+ finding: #rule-sky | rule-reason | minCount | Violation | 
BASE <https://museosciences.example/theme/clouds>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <#rule-sky> ms:reason ?old }
INSERT { <#rule-sky> ms:reason "Étudie les nuages."@fr }
WHERE { <#rule-sky> ms:reason ?old }
