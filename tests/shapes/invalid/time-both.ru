#+ of: valid/object.ttl
#+ finding: 2020.1.1#acquisition-1-time | time-both | minCount | Warning | 
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE WHERE { <2020.1.1#acquisition-1-time> ms:beginYear ?begin ; ms:endYear ?end }
