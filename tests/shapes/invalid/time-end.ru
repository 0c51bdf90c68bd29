#+ of: valid/object.ttl
#+ finding: 2020.1.1#acquisition-1-time | time-end | pattern | Violation | 1901?
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { <2020.1.1#acquisition-1-time> ms:endYear ?old }
INSERT { <2020.1.1#acquisition-1-time> ms:endYear "1901?"^^xsd:integer }
WHERE { <2020.1.1#acquisition-1-time> ms:endYear ?old }
