#+ of: valid/theme.ttl
#+ finding:  | theme-label | minCount | Violation | 
BASE <https://museosciences.example/theme/clouds>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE WHERE { <> rdfs:label ?value }
