#+ of: valid/vocabulary.ttl
#+ finding: concept/periods/augustan | concept-scheme | minCount | Violation | 
BASE <https://museosciences.example/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE WHERE { <concept/periods/augustan> skos:inScheme ?value }
