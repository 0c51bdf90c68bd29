"""Pages that were drawn once are kept for the next reader.

A page is the same for all who are not signed in, as long as its build and the decisions on links
stand: it is kept with the build, under its address, its language and the state of the decisions.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Any, TypeVar, cast

from fastapi import Request, Response

from museosciences.serve.accounts import COOKIE
from museosciences.serve.live import Current
from museosciences.serve.pages.frame import language
from museosciences.serve.pages.judging import stamp

# Pages kept for a build, and the largest that is: some 40 MB in all.
MOST, LARGEST = 2000, 128 * 1024
# What draws a page for a request on a build.
Draw = TypeVar("Draw", bound=Callable[..., Response])


class Shelf:
    """The pages read last; the one that was not read for longest goes first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, tuple[bytes, dict[str, str]]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: Hashable) -> Response | None:
        """The page under a key, or None."""
        with self._lock:
            if key not in self._pages:
                return None
            self._pages.move_to_end(key)
            body, headers = self._pages[key]
        return Response(body, headers=headers)

    def put(self, key: Hashable, page: Response) -> None:
        """Keep a page, if it is one that is the same for all."""
        if page.status_code != 200 or "set-cookie" in page.headers or len(page.body) > LARGEST:
            return
        headers = {name: value for name, value in page.headers.items() if name != "content-length"}
        with self._lock:
            self._pages[key] = (bytes(page.body), headers)
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)


def kept(draw: Draw) -> Draw:
    """Have the pages of a function kept."""

    @wraps(draw)
    def drawn(request: Request, here: Current, *args: Any, **kwargs: Any) -> Response:
        if COOKIE in request.cookies or "lang" in request.query_params:
            return draw(request, here, *args, **kwargs)
        scope = request.scope
        where = (scope.get("root_path"), scope.get("raw_path"), scope.get("query_string"))
        key = (*where, language(request), stamp(request))
        shelf = here.once("shelf", Shelf)
        page = shelf.take(key)
        if page is None:
            page = draw(request, here, *args, **kwargs)
            shelf.put(key, page)
        return page

    return cast(Draw, drawn)
