#+ of: valid/agent-and-place.ttl
#+ finding: agent/demo/g1 | agent-name-without-dates | not | Info | Dupuis, Henri (1819-1889)
BASE <https://museosciences.example/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { <agent/demo/g1> rdfs:label ?old }
INSERT { <agent/demo/g1> rdfs:label "Dupuis, Henri (1819-1889)" }
WHERE { <agent/demo/g1> rdfs:label ?old }
