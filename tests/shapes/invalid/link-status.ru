#+ of: valid/link.ttl
#+ finding: link/1 | link-status | in | Warning | peut-être
BASE <https://museosciences.example/>
PREFIX ms: <https://museosciences.example/ns#>
DELETE { <link/1> ms:status ?old }
INSERT { <link/1> ms:status "peut-être" }
WHERE { <link/1> ms:status ?old }
