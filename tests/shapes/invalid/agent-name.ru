#+ of: valid/agent-and-place.ttl
#+ finding: agent/demo/g1 | agent-name | minCount | Warning | 
BASE <https://museosciences.example/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE WHERE { <agent/demo/g1> rdfs:label ?value }
