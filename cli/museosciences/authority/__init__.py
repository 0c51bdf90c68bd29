"""External authorities: thesauri and taxonomies of others, read from a folder of the user.

Nothing of them is shipped, and everything works with none. Each keeps its own identifiers, its
licence and a graph of its own; its labels widen the matching towards our concepts.
"""

from museosciences.authority.files import read_file, read_folder
from museosciences.authority.graph import graph
from museosciences.authority.model import Authority, Entry, Index

__all__ = ["Authority", "Entry", "Index", "graph", "read_file", "read_folder"]
