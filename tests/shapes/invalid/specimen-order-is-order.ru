#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-order-is-order | not | Warning | Viperidae
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> dwc:order ?old }
INSERT { <N.42> dwc:order "Viperidae" }
WHERE { <N.42> dwc:order ?old }
