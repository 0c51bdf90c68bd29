#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-event-date | pattern | Warning | mai 1875
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> dwc:eventDate ?old }
INSERT { <N.42> dwc:eventDate "mai 1875" }
WHERE { <N.42> dwc:eventDate ?old }
