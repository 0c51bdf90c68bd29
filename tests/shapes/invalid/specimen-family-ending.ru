#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-family-ending | pattern | Info | Vipères
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> dwc:family ?old }
INSERT { <N.42> dwc:family "Vipères" }
WHERE { <N.42> dwc:family ?old }
