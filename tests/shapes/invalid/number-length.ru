#+ of: valid/object.ttl
#+ finding: 2020.1.1#other-number-1 | number-length | maxLength | Warning | ancien numéro 12 porté sur une étiquette collée au revers, ancien numéro 12 porté sur une étiquette collée au revers, illisible
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE { <2020.1.1#other-number-1> crm:P190_has_symbolic_content ?old }
INSERT { <2020.1.1#other-number-1> crm:P190_has_symbolic_content "ancien numéro 12 porté sur une étiquette collée au revers, ancien numéro 12 porté sur une étiquette collée au revers, illisible" }
WHERE { <2020.1.1#other-number-1> crm:P190_has_symbolic_content ?old }
