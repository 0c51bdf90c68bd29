#+ of: valid/object.ttl
#+ finding: 2020.1.1 | record-deposit | class | Violation | {base}object/M0001/2020.1.1#deposit
BASE <https://museosciences.example/object/M0001/>
DELETE WHERE { <2020.1.1#deposit> a ?type }
