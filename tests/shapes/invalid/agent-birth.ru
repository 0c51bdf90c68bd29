#+ of: valid/agent-and-place.ttl
#+ finding: agent/demo/g1 | agent-birth | lessThanOrEquals | Warning | 1899
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <agent/demo/g1> ms:birthYear ?old }
INSERT { <agent/demo/g1> ms:birthYear 1899 }
WHERE { <agent/demo/g1> ms:birthYear ?old }
