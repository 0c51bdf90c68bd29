#+ of: valid/agent-and-place.ttl
#+ finding: place/demo/p1 | place-country | pattern | Warning | France
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <place/demo/p1> ms:countryCode ?old }
INSERT { <place/demo/p1> ms:countryCode "France" }
WHERE { <place/demo/p1> ms:countryCode ?old }
