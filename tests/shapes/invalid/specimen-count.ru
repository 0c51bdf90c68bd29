#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-count | minInclusive | Warning | 0
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> dwc:individualCount ?old }
INSERT { <N.42> dwc:individualCount 0 }
WHERE { <N.42> dwc:individualCount ?old }
