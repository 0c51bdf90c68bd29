#+ of: valid/agent-and-place.ttl
#+ finding: place/demo/p1 | place-longitude | pattern | Warning | 2,25
BASE <https://museosciences.example/>
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { <place/demo/p1> geo:long ?old }
INSERT { <place/demo/p1> geo:long "2,25"^^xsd:decimal }
WHERE { <place/demo/p1> geo:long ?old }
