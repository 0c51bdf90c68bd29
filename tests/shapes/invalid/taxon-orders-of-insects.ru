#+ of: valid/specimen.ttl
#+ finding: N.42 | taxon-orders-of-insects | or | Warning | {base}object/M0002/N.42
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> dwc:order ?old }
INSERT { <N.42> dwc:order "Coleoptera" }
WHERE { <N.42> dwc:order ?old }
