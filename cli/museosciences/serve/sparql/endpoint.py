"""``/sparql`` over HTTP: a query is answered, no query gets the description or the editor."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool

from museosciences.publish import rdf
from museosciences.serve.documents import Documents
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current
from museosciences.serve.machine.forms import ALIASES, HTML, RDF
from museosciences.serve.negotiation import preferred
from museosciences.serve.reply import reply
from museosciences.serve.sparql import description
from museosciences.serve.sparql.answer import Answer
from museosciences.serve.sparql.pool import Pool
from museosciences.serve.sparql.question import asked


def router(documents: Documents) -> APIRouter:
    """The endpoint; its page for people is drawn by the room ``sparql`` of ``documents``."""
    found = APIRouter(include_in_schema=False)

    async def endpoint(request: Request, here: Here) -> Response:
        question = await asked(request)
        if question is None:
            return await run_in_threadpool(_described, request, here, documents)
        pool: Pool = request.app.state.pool
        return Answer(pool, here, question)

    for path in ("/sparql", "/sparql/"):
        found.add_api_route(path, endpoint, methods=["GET", "POST"])
    return found


def _described(request: Request, here: Current, documents: Documents) -> Response:
    """The page where queries are written, or the description of the service."""
    draw = documents.get("sparql")
    forms = (*RDF, HTML) if draw else RDF
    offered = [form.media_type for form in forms]
    aliases = [alias for alias, of in ALIASES.items() if of in offered]
    kind = preferred(request.headers.get("accept"), [*offered, *aliases])
    form = next((one for one in forms if one.media_type == ALIASES.get(str(kind), kind)), None)
    if form is None:
        raise HTTPException(406, "the service describes itself as: " + ", ".join(offered))
    if draw and form == HTML:
        response = draw(request, here, "sparql")
        response.headers.setdefault("vary", "Accept")
        return response
    address = str(request.url.replace(query="", fragment=""))
    content = rdf.serialized(description.triples(here.setting, address), form.syntax)
    return reply(request, here, content, form.media_type, vary="Accept")
