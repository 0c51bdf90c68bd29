"""``/reconcile``: the vocabularies as an OpenRefine reconciliation service, over HTTP.

Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group): the manifest at the
address itself (§ 3), a batch in ``queries`` by GET or POST (§ 4.3), suggest services below it
(§ 6); JSONP where a ``callback`` is named (§ 3.2), CORS everywhere. The service speaks the language
of ``Accept-Language``, French otherwise.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query, Request, Response

from museosciences import vocabulary
from museosciences.reconcile import service
from museosciences.serve.leasing import Here
from museosciences.vocabulary import Vocabulary

# A function of JavaScript, perhaps inside of objects: nothing else may be called.
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*", re.ASCII)
_LONGEST_CALLBACK = 200
MOST_SUGGESTED = 100
router = APIRouter(prefix="/reconcile", include_in_schema=False)

Callback = Annotated[str | None, Query()]
Prefix = Annotated[str, Query(max_length=500)]


@cache
def words() -> Vocabulary:
    """The vocabulary, read once: it is that of the program, not of a build."""
    return vocabulary.load()


@router.get("")
def ask(
    request: Request, here: Here, queries: str | None = None, callback: Callback = None
) -> Response:
    """The manifest, or the answers to a batch of queries."""
    if queries is None:
        address = str(request.url.replace(query="", fragment="")).rstrip("/")
        return _said(service.manifest(address, base=here.base, lang=_lang(request)), callback)
    return _said(_answers(request, queries), callback)


@router.post("")
def post(request: Request, queries: Annotated[str, Form()], callback: Callback = None) -> Response:
    """The answers to a batch of queries."""
    return _said(_answers(request, queries), callback)


def _answers(request: Request, queries: str) -> dict[str, Any]:
    try:
        batch = json.loads(queries)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "queries is not JSON") from error
    return service.answer(words(), batch, _lang(request))


@router.get("/suggest/entity")
def suggest_entity(
    request: Request, prefix: Prefix = "", limit: int = 10, callback: Callback = None
) -> Response:
    """Concepts of which a label begins so."""
    limit = min(max(limit, 1), MOST_SUGGESTED)
    found = service.suggest_entity(words(), prefix, limit=limit, lang=_lang(request))
    return _said(found, callback)


@router.get("/suggest/type")
def suggest_type(request: Request, prefix: Prefix = "", callback: Callback = None) -> Response:
    """Kinds of terms of which a name begins so."""
    return _said(service.suggest_type(prefix, lang=_lang(request)), callback)


@router.get("/suggest/property")
def suggest_property(request: Request, prefix: Prefix = "", callback: Callback = None) -> Response:
    """Properties of which a name begins so."""
    return _said(service.suggest_property(prefix, lang=_lang(request)), callback)


def _lang(request: Request) -> str:
    first = request.headers.get("accept-language", "fr").strip().lower()
    return "en" if first.startswith("en") else "fr"


def _said(content: dict[str, Any], callback: str | None) -> Response:
    text = json.dumps(content, ensure_ascii=False)
    headers = {"vary": "Accept-Language", "cache-control": "no-cache"}
    if callback is None:
        return Response(text, media_type="application/json", headers=headers)
    if len(callback) > _LONGEST_CALLBACK or not _CALLBACK.fullmatch(callback):
        raise HTTPException(400, "callback is not the name of a function")
    # JSON is no part of JavaScript in two characters (ECMA-262 before 2019); the comment at the
    # beginning keeps the answer from being taken for a file of another kind.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Response(f"/**/{callback}({text});", media_type="text/javascript", headers=headers)
