#+ of: valid/vocabulary.ttl
#+ finding: concept/periods/augustan | concept-years | lessThanOrEquals | Violation | -27
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <concept/periods/augustan> ms:endYear ?old }
INSERT { <concept/periods/augustan> ms:endYear -43 }
WHERE { <concept/periods/augustan> ms:endYear ?old }
