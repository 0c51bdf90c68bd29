#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-qualifier | maxLength | Info | déterminé autrefois comme Coluber berus, à vérifier par un spécialiste
BASE <https://museosciences.example/object/M0002/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
DELETE { <N.42> dwc:identificationQualifier ?old }
INSERT { <N.42> dwc:identificationQualifier "déterminé autrefois comme Coluber berus, à vérifier par un spécialiste" }
WHERE { <N.42> dwc:identificationQualifier ?old }
