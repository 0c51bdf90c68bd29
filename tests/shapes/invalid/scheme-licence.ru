#+ of: valid/vocabulary.ttl
#+ finding: concept/periods/ | scheme-licence | minCount | Violation | 
BASE <https://museosciences.example/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE WHERE { <concept/periods/> dcterms:license ?value }
