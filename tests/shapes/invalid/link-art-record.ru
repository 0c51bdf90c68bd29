#+ of: valid/link.ttl
#+ finding: link/1 | link-art-record | minCount | Violation | 
BASE <https://museosciences.example/>
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
DELETE WHERE { <link/1> crm:P140_assigned_attribute_to ?value }
