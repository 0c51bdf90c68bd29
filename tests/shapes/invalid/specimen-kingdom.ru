#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-kingdom | in | Warning | Vipera
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> dwc:kingdom ?old }
INSERT { <N.42> dwc:kingdom "Vipera" }
WHERE { <N.42> dwc:kingdom ?old }
