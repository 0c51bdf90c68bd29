#+ of: valid/object.ttl
#+ finding: 2020.1.1#former-ownership-1 | acquisition-owner | nodeKind | Violation | Dupuis
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE { <2020.1.1#former-ownership-1> crm:P22_transferred_title_to ?old }
INSERT { <2020.1.1#former-ownership-1> crm:P22_transferred_title_to "Dupuis" }
WHERE { <2020.1.1#former-ownership-1> crm:P22_transferred_title_to ?old }
