#+ of: valid/object.ttl
#+ finding: 2020.1.1#stocktaking | stocktaking-date-understood | or | Warning | {base}object/M0001/2020.1.1#stocktaking
BASE <https://museosciences.example/object/M0001/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <2020.1.1#stocktaking> ms:beginYear ?year ; dcterms:date ?date }
INSERT { <2020.1.1#stocktaking> dcterms:date "32/13/2016" }
WHERE { <2020.1.1#stocktaking> ms:beginYear ?year ; dcterms:date ?date }
