"""The graph store: one protocol; ``embedded`` is Oxigraph on the local disk."""

from museosciences.store.embedded import EmbeddedStore
from museosciences.store.protocol import Answer, GraphStore, Term, term_text

__all__ = ["Answer", "EmbeddedStore", "GraphStore", "Term", "term_text"]
