#+ of: valid/object.ttl
#+ finding: 2020.1.1#production-time | time-words | minLength | Warning | 
BASE <https://museosciences.example/object/M0001/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE { <2020.1.1#production-time> crm:P82_at_some_time_within ?old }
INSERT { <2020.1.1#production-time> crm:P82_at_some_time_within "" }
WHERE { <2020.1.1#production-time> crm:P82_at_some_time_within ?old }
