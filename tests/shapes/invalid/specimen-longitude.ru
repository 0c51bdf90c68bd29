#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-longitude | pattern | Violation | 2.8 E
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { <N.42> dwc:decimalLongitude ?old }
INSERT { <N.42> dwc:decimalLongitude "2.8 E"^^xsd:decimal }
WHERE { <N.42> dwc:decimalLongitude ?old }
