#+ of: valid/vocabulary.ttl
#+ finding: concept/periods/augustan | concept-placed | minCount | Warning | 
BASE <https://museosciences.example/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE WHERE { <concept/periods/augustan> skos:broader ?value }
