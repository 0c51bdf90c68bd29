#+ of: valid/agent-and-place.ttl
#+ finding: agent/demo/g1 | agent-birth-past | maxInclusive | Warning | 2819
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE WHERE { <agent/demo/g1> ms:birthYear ?birth ; ms:deathYear ?death } ;
INSERT DATA { <agent/demo/g1> ms:birthYear 2819 }
