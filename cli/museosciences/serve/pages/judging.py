"""What a curator decides on a link: shown at once, obeyed by the next build."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from starlette.responses import RedirectResponse

from museosciences import link
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current, Live
from museosciences.serve.pages.frame import session

router = APIRouter(include_in_schema=False)
_DECISIONS: dict[str, link.Decision] = {"accept": "accept", "reject": "reject"}
LONGEST = 500


def status_of(request: Request, here: Current, one: dict[str, str]) -> str:
    """The status of a link, what people decided since the build included."""
    found = review_of(request, here, one)
    if found is None:
        return one["status"]
    return "confirmed" if found.decision == "accept" else "rejected"


def review_of(request: Request, here: Current, one: dict[str, str]) -> link.Review | None:
    """The last decision on the pair of a link, or None."""
    ends = (one["art_record"], one["via"], one["science_museum"])
    art, via, museum = (end.removeprefix(here.base) for end in ends)
    return _reviews(request).get((art, via, museum))


def stamp(request: Request) -> tuple[int, int] | None:
    """What changes with every decision."""
    live: Live = request.app.state.live
    try:
        facts = live.workspace.reviews.stat()
    except FileNotFoundError:
        return None
    return facts.st_mtime_ns, facts.st_size


def _reviews(request: Request) -> dict[link.Pair, link.Review]:
    """The decisions of the workspace, read once for each change of their file."""
    now = stamp(request)
    kept = getattr(request.app.state, "reviews", None)
    if kept is None or kept[0] != now:
        live: Live = request.app.state.live
        kept = request.app.state.reviews = (now, link.read_reviews(live.workspace.reviews))
    found: dict[link.Pair, link.Review] = kept[1]
    return found


@router.post("/liens/{name}/decision")
def decide(
    request: Request,
    here: Here,
    name: str,
    token: Annotated[str, Form()] = "",
    decision: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "",
) -> Response:
    """Write the decision of whoever is signed in, as ``museo review`` does."""
    who = session(request)
    if who is None or token != who.token:
        raise HTTPException(403, "sign in, and send the form of your own session")
    if decision not in _DECISIONS or not why.strip() or len(why) > LONGEST:
        raise HTTPException(400, f"decide accept or reject, and say why in {LONGEST} letters")
    review = link.judge(here.store, name, _DECISIONS[decision], who.name, why.strip())
    live: Live = request.app.state.live
    link.append_reviews(live.workspace.reviews, [review])
    return RedirectResponse(safe(back) or f"/link/{name}.html", 303)


def safe(address: str) -> str:
    """An address of this site, or nothing: no one is sent elsewhere."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside and address.isprintable() else ""
