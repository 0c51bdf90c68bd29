#+ of: valid/vocabulary.ttl
#+ finding: term/period/1 | alignment-confidence | maxInclusive | Violation | 95
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { <term/period/1> ms:confidence ?old }
INSERT { <term/period/1> ms:confidence "95"^^xsd:decimal }
WHERE { <term/period/1> ms:confidence ?old }
