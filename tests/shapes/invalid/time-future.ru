#+ of: valid/object.ttl
#+ finding: 2020.1.1#analysis-1-time | time-future | maxInclusive | Warning | 2911
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <2020.1.1#analysis-1-time> ms:endYear ?old }
INSERT { <2020.1.1#analysis-1-time> ms:endYear 2911 }
WHERE { <2020.1.1#analysis-1-time> ms:endYear ?old }
