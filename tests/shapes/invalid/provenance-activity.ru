#+ of: valid/provenance.ttl
#+ finding: graph/source/demo | provenance-activity | minCount | Violation | 
BASE <https://museosciences.example/>
PREFIX prov: <http://www.w3.org/ns/prov#>
DELETE WHERE { <graph/source/demo> prov:wasGeneratedBy ?value }
