#+ of: valid/specimen.ttl
#+ finding: N.42#identification-time | time-identified-after-gathered | lessThanOrEquals | Warning | 1875
BASE <https://museosciences.example/object/M0002/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <N.42#identification-time> ms:beginYear ?old }
INSERT { <N.42#identification-time> ms:beginYear 1870 }
WHERE { <N.42#identification-time> ms:beginYear ?old } ;
DELETE { <N.42#identification-time> ms:endYear ?old }
INSERT { <N.42#identification-time> ms:endYear 1870 }
WHERE { <N.42#identification-time> ms:endYear ?old }
