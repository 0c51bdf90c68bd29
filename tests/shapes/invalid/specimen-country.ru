#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-country | pattern | Warning | France
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> dwc:countryCode ?old }
INSERT { <N.42> dwc:countryCode "France" }
WHERE { <N.42> dwc:countryCode ?old }
