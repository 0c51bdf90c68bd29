#+ of: valid/object.ttl
#+ finding: 2020.1.1 | record-inscription | class | Violation | {base}object/M0001/2020.1.1#inscription-1
BASE <https://museosciences.example/object/M0001/>
DELETE WHERE { <2020.1.1#inscription-1> a ?type }
