#+ of: valid/vocabulary.ttl
#+ finding: concept/geological-time/Lutetian | concept-geological-age | lessThan | Violation | 56
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <concept/geological-time/Lutetian> ms:endMa ?old }
INSERT { <concept/geological-time/Lutetian> ms:endMa 56.0 }
WHERE { <concept/geological-time/Lutetian> ms:endMa ?old }
