#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-name-form | pattern | Info | vipera berus
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> dwc:scientificName ?old }
INSERT { <N.42> dwc:scientificName "vipera berus" }
WHERE { <N.42> dwc:scientificName ?old }
