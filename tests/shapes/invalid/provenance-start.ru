#+ of: valid/provenance.ttl
#+ finding: build/1 | provenance-start | pattern | Warning | 2026-11-23T08:00:00
BASE <https://museosciences.example/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX prov: <http://www.w3.org/ns/prov#>
DELETE { <build/1> prov:startedAtTime ?old }
INSERT { <build/1> prov:startedAtTime "2026-11-23T08:00:00"^^xsd:dateTime }
WHERE { <build/1> prov:startedAtTime ?old }
