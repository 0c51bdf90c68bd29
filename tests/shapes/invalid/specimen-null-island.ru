#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-null-island | or | Warning | {base}object/M0002/N.42
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE WHERE { <N.42> dwc:countryCode ?country } ;
DELETE { <N.42> dwc:decimalLatitude ?old }
INSERT { <N.42> dwc:decimalLatitude "0"^^xsd:decimal }
WHERE { <N.42> dwc:decimalLatitude ?old } ;
DELETE { <N.42> dwc:decimalLongitude ?old }
INSERT { <N.42> dwc:decimalLongitude "0.00"^^xsd:decimal }
WHERE { <N.42> dwc:decimalLongitude ?old }
