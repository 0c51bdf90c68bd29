"""The SPARQL endpoint: questions of strangers, answered in processes that can be killed."""
