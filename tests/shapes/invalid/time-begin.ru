#+ of: valid/object.ttl
#+ finding: 2020.1.1#production-time | time-begin | lessThanOrEquals | Violation | 1869
BASE <https://museosciences.example/object/M0001/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <2020.1.1#production-time> ms:beginYear ?old }
INSERT { <2020.1.1#production-time> ms:beginYear 1869 }
WHERE { <2020.1.1#production-time> ms:beginYear ?old }
