#+ of: valid/object.ttl
#+ finding: 2020.1.1#discovery | discovery-time | class | Violation | {base}object/M0001/2020.1.1#discovery-time
BASE <https://museosciences.example/object/M0001/>
DELETE WHERE { <2020.1.1#discovery-time> a ?type }
