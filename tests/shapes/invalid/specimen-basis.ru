#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-basis | not | Warning | HumanObservation
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> dwc:basisOfRecord ?old }
INSERT { <N.42> dwc:basisOfRecord "HumanObservation" }
WHERE { <N.42> dwc:basisOfRecord ?old }
