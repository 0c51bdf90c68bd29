"""Pages for people.

``router`` has the pages that have an address of their own; ``DOCUMENTS`` the pages of things that
have an identifier, by the room of the identifier (``object``, ``concept`` …), served at the path
of the identifier with ``.html``. ``failure`` draws the page of an error.
"""

from museosciences.serve.documents import Documents
from museosciences.serve.pages.failure import failure
from museosciences.serve.pages.home import router

__all__ = ["DOCUMENTS", "failure", "router"]

DOCUMENTS: Documents = {}
