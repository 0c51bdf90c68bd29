#+ of: valid/agent-and-place.ttl
#+ finding: place/demo/p1 | place-latitude | maxInclusive | Warning | 507.5
BASE <https://museosciences.example/>
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { <place/demo/p1> geo:lat ?old }
INSERT { <place/demo/p1> geo:lat "507.5"^^xsd:decimal }
WHERE { <place/demo/p1> geo:lat ?old }
