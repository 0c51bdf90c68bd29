#+ of: valid/specimen.ttl
#+ finding: N.42 | specimen-identification | class | Violation | {base}object/M0002/N.42#identification
BASE <https://museosciences.example/object/M0002/>
DELETE WHERE { <N.42#identification> a ?type }
