#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-type-status | pattern | Info | oui
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> dwc:typeStatus ?old }
INSERT { <N.42> dwc:typeStatus "oui" }
WHERE { <N.42> dwc:typeStatus ?old }
