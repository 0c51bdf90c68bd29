#+ of: valid/vocabulary.ttl
#+ finding: mapping/1 | mapping-predicate | in | Violation | http://www.w3.org/2002/07/owl#sameAs
BASE <https://museosciences.example/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX sssom: <https://w3id.org/sssom/>
DELETE { <mapping/1> sssom:predicate_id ?old }
INSERT { <mapping/1> sssom:predicate_id owl:sameAs }
WHERE { <mapping/1> sssom:predicate_id ?old }
