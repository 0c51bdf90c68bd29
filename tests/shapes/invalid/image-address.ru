#+ of: valid/object.ttl
#+ finding: 2020.1.1#image-1 | image-address | pattern | Warning | www.musee.example/1.jpg
BASE <https://museosciences.example/object/M0001/>
PREFIX schema: <http://schema.org/>
DELETE { <2020.1.1#image-1> schema:contentUrl ?old }
INSERT { <2020.1.1#image-1> schema:contentUrl "www.musee.example/1.jpg" }
WHERE { <2020.1.1#image-1> schema:contentUrl ?old }
