"""The library in Python: a workspace opened for reading.

>>> import museosciences as ms                                      # doctest: +SKIP
>>> ws = ms.open("museo-workspace")                                 # doctest: +SKIP
>>> ws.query("objects-by-taxon", museum="M0812").to_pandas()        # doctest: +SKIP
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from museosciences import headed, link
from museosciences.query import Table, find, library, run
from museosciences.register import Register
from museosciences.workspace import DEFAULT, Workspace


class Opened:
    """The current build of a workspace: its store, its register and its account.

    Without a path, the workspace is that of ``MUSEO_WORKSPACE``, or the default one. Raises
    StoreError when the workspace has no build. Usable as a context manager.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self.workspace = Workspace(path or os.environ.get("MUSEO_WORKSPACE") or DEFAULT)
        self.build = self.workspace.current()
        self.account: dict[str, Any] = self.build.account()
        self.store = self.build.open()
        self.register = Register(self.build.register)

    def query(self, name: str, **params: object) -> Table:
        """Answer a question of the library, or a ``.rq`` file. Raises QueryError."""
        return run(self.store, find(name), {key: str(value) for key, value in params.items()})

    def sparql(self, text: str, **params: object) -> Table:
        """Answer a SPARQL query, with typed parameters where its header (``#+``) declares them.

        Raises QueryError.
        """
        asked = headed.parse(text, name="sparql")
        return run(self.store, asked, {key: str(value) for key, value in params.items()})

    def links(self, *, lang: str = "fr", **wanted: Any) -> list[dict[str, str]]:
        """The links, the strongest first, as mappings; ``wanted`` are the members of Filter."""
        rows = link.listing(self.store, link.Filter(**wanted), lang=lang)
        return [dict(zip(link.COLUMNS, row, strict=True)) for row in rows]

    def close(self) -> None:
        """Release the store and the register."""
        self.store.close()
        self.register.close()

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def queries() -> Mapping[str, headed.Query]:
    """All questions of the library, by name."""
    return library()


def open(path: Path | str | None = None) -> Opened:
    """Open a workspace for reading."""
    return Opened(path)
