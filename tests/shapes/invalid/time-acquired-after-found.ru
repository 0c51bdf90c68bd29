#+ of: valid/object.ttl
#+ finding: 2020.1.1#acquisition-1-time | time-acquired-after-found | lessThanOrEquals | Warning | 1902
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <2020.1.1#discovery-time> ms:beginYear ?old }
INSERT { <2020.1.1#discovery-time> ms:beginYear 1902 }
WHERE { <2020.1.1#discovery-time> ms:beginYear ?old } ;
DELETE { <2020.1.1#discovery-time> ms:endYear ?old }
INSERT { <2020.1.1#discovery-time> ms:endYear 1902 }
WHERE { <2020.1.1#discovery-time> ms:endYear ?old }
