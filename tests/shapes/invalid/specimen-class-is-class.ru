#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-class-is-class | not | Warning | Chordata
#+ finding: N.42 | taxon-orders-of-reptiles | or | Warning | {base}object/M0002/N.42
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> dwc:class ?old }
INSERT { <N.42> dwc:class "Chordata" }
WHERE { <N.42> dwc:class ?old }
