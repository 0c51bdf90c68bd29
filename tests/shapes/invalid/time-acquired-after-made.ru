#+ of: valid/object.ttl
#+ finding: 2020.1.1#acquisition-1-time | time-acquired-after-made | lessThanOrEquals | Warning | 1902
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
PREFIX sci: <http://www.cidoc-crm.org/cidoc-crm/CRMsci/>
DELETE { <2020.1.1#production-time> ms:beginYear ?old }
INSERT { <2020.1.1#production-time> ms:beginYear 1902 }
WHERE { <2020.1.1#production-time> ms:beginYear ?old } ;
DELETE { <2020.1.1#production-time> ms:endYear ?old }
INSERT { <2020.1.1#production-time> ms:endYear 1903 }
WHERE { <2020.1.1#production-time> ms:endYear ?old } ;
DELETE WHERE { <2020.1.1> sci:O19i_was_object_encountered_by ?value }
