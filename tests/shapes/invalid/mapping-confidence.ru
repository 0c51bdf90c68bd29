#+ of: valid/vocabulary.ttl
#+ finding: mapping/1 | mapping-confidence | maxInclusive | Warning | 90
BASE <https://museosciences.example/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX sssom: <https://w3id.org/sssom/>
DELETE { <mapping/1> sssom:confidence ?old }
INSERT { <mapping/1> sssom:confidence "90"^^xsd:decimal }
WHERE { <mapping/1> sssom:confidence ?old }
