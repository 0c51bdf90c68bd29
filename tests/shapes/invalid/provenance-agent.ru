#+ of: valid/provenance.ttl
#+ finding: build/1 | provenance-agent | minCount | Warning | 
BASE <https://museosciences.example/>
PREFIX prov: <http://www.w3.org/ns/prov#>
DELETE WHERE { <build/1> prov:wasAssociatedWith ?value }
