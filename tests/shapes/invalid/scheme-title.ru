#+ of: valid/vocabulary.ttl
#+ finding: concept/periods/ | scheme-title | minCount | Violation | 
BASE <https://museosciences.example/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <concept/periods/> dcterms:title ?old }
INSERT { <concept/periods/> dcterms:title "Périodes"@fr }
WHERE { <concept/periods/> dcterms:title ?old }
