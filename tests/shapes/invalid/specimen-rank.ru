#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-rank | maxCount | Warning | 
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
INSERT DATA { <N.42> dwc:taxonRank "subspecies" }
