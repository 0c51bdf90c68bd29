#+ of: valid/provenance.ttl
#+ finding: graph/source/demo | provenance-account | lessThanOrEquals | Violation | 11
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <graph/source/demo> ms:loaded ?old }
INSERT { <graph/source/demo> ms:loaded 11 }
WHERE { <graph/source/demo> ms:loaded ?old }
