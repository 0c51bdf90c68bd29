#+ of: valid/specimen.ttl
#+ finding: N.42 | taxon-genus-one-word | pattern | Warning | Vipera berus
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> dwc:genus ?old }
INSERT { <N.42> dwc:genus "Vipera berus" }
WHERE { <N.42> dwc:genus ?old }
