#+ of: valid/object.ttl
#+ finding: 2020.1.1 | record-image | class | Violation | {base}object/M0001/2020.1.1#image-1
BASE <https://museosciences.example/object/M0001/>
DELETE WHERE { <2020.1.1#image-1> a ?type }
