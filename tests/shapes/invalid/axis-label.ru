#+ of: valid/theme.ttl
#+ finding: #sky | axis-label | minCount | Violation | 
BASE <https://museosciences.example/theme/clouds>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { <#sky> rdfs:label ?old }
INSERT { <#sky> rdfs:label "Le ciel étudié"@fr }
WHERE { <#sky> rdfs:label ?old }
