#+ of: valid/theme.ttl
#+ finding: #rule-sky | rule-axis | class | Violation | {base}theme/clouds#ground
BASE <https://museosciences.example/theme/clouds>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <#rule-sky> ms:axis ?old }
INSERT { <#rule-sky> ms:axis <#ground> }
WHERE { <#rule-sky> ms:axis ?old }
