#+ of: valid/vocabulary.ttl
#+ finding: term/period/1 | alignment-method | minLength | Warning | 
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <term/period/1> ms:method ?old }
INSERT { <term/period/1> ms:method "" }
WHERE { <term/period/1> ms:method ?old }
