#+ of: valid/vocabulary.ttl
#+ finding: concept/periods/augustan | concept-labels-differ | disjoint | Warning | époque augustéenne
BASE <https://museosciences.example/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE { <concept/periods/augustan> skos:altLabel ?old }
INSERT { <concept/periods/augustan> skos:altLabel "époque augustéenne"@fr }
WHERE { <concept/periods/augustan> skos:altLabel ?old }
