#+ of: valid/vocabulary.ttl
#+ finding: concept/periods/augustan | concept-label | uniqueLang | Violation | 
BASE <https://museosciences.example/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA { <concept/periods/augustan> skos:prefLabel "âge d’Auguste"@fr }
