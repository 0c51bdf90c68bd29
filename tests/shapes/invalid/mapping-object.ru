#+ of: valid/vocabulary.ttl
#+ finding: mapping/1 | mapping-object | minCount | Violation | 
BASE <https://museosciences.example/>
PREFIX sssom: <https://w3id.org/sssom/>
DELETE WHERE { <mapping/1> sssom:object_id ?value }
