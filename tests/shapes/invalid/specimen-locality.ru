#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-locality | minCount | Info | 
BASE <https://museosciences.example/object/M0002/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE WHERE { <N.42> dwc:verbatimLocality ?place } ;
DELETE WHERE { <N.42#gathering> crm:P7_took_place_at ?place }
