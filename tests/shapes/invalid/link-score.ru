#+ of: valid/link.ttl
#+ finding: link/1 | link-score | maxInclusive | Violation | 1.2
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { <link/1> ms:score ?old }
INSERT { <link/1> ms:score "1.2"^^xsd:decimal }
WHERE { <link/1> ms:score ?old }
