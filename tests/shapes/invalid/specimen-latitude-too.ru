#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-latitude-too | minCount | Warning | 
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE WHERE { <N.42> dwc:decimalLatitude ?value }
