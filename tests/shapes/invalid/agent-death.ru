#+ of: valid/agent-and-place.ttl
#+ finding: agent/demo/g1 | agent-death | maxInclusive | Warning | 2889
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <agent/demo/g1> ms:deathYear ?old }
INSERT { <agent/demo/g1> ms:deathYear 2889 }
WHERE { <agent/demo/g1> ms:deathYear ?old }
