"""The graph store: one protocol; ``embedded`` is Oxigraph on the local disk, ``remote`` any
server of SPARQL 1.1.
"""

from museosciences.store.config import StoreConfig
from museosciences.store.config import from_members as configured
from museosciences.store.embedded import EmbeddedStore
from museosciences.store.protocol import Answer, GraphStore, Term, term_text
from museosciences.store.remote import RemoteStore

__all__ = [
    "Answer",
    "EmbeddedStore",
    "GraphStore",
    "RemoteStore",
    "StoreConfig",
    "Term",
    "configured",
    "term_text",
]
