#+ of: valid/provenance.ttl
#+ finding: graph/source/demo | provenance-file | class | Violation | {base}file/1
BASE <https://museosciences.example/>
DELETE WHERE { <file/1> a ?type }
