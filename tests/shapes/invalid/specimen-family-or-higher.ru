#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-family-or-higher | minCount | Info | 
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> ?rank ?name }
WHERE { <N.42> ?rank ?name FILTER(?rank IN (dwc:kingdom, dwc:phylum, dwc:class, dwc:order, dwc:family)) }
