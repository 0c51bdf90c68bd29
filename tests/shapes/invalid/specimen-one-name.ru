#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-one-name | maxCount | Warning | 
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
INSERT DATA { <N.42> dwc:scientificName "Natrix natrix" }
