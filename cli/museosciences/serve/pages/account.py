"""Signing in and out. Reading is open; only judging links needs an account."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from starlette.responses import RedirectResponse

from museosciences import link
from museosciences.serve.accounts import COOKIE, LASTS
from museosciences.serve.leasing import Here
from museosciences.serve.live import Live
from museosciences.serve.pages.frame import accounts, render, session
from museosciences.serve.pages.judging import safe

router = APIRouter(include_in_schema=False)
# A form of someone who is not signed in is bound to this cookie (double submit).
_VISIT = "museo_visit"
LONGEST = 200


@router.get("/connexion")
def form(request: Request, here: Here) -> Response:
    """The form."""
    return _form(request, here.base, request.query_params.get("suite", ""))


def _form(
    request: Request, base: str, back: str, status: int = 200, error: tuple[str, str] | None = None
) -> Response:
    visit = request.cookies.get(_VISIT) or secrets.token_urlsafe(16)
    response = render(
        request, base, "sign_in.html", status, back=safe(back), visit=visit, error=error
    )
    response.set_cookie(_VISIT, visit, httponly=True, samesite="strict", secure=_secure(request))
    return response


@router.post("/connexion")
def sign_in(
    request: Request,
    here: Here,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    visit: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "",
) -> Response:
    """Open a session, or say why not."""
    if not visit or visit != request.cookies.get(_VISIT):
        raise HTTPException(403, "send the form of this site, with cookies allowed")
    known = accounts(request)
    name, password = name[:LONGEST], password[:LONGEST]
    whose = request.client.host if request.client else ""
    if known.guard.wait(name, whose):
        told = ("Trop d’essais : attendez quelques minutes.", "Too many tries: wait a few minutes.")
        return _form(request, here.base, back, 429, told)
    if not known.accepts(name, password):
        known.guard.failed(name, whose)
        told = (
            "Ce nom et ce mot de passe ne vont pas ensemble.",
            "This name and this password do not go together.",
        )
        return _form(request, here.base, back, 401, told)
    known.guard.passed(name, whose)
    response = RedirectResponse(safe(back) or "/", 303)
    response.set_cookie(
        COOKIE,
        known.open(name),
        max_age=LASTS,
        httponly=True,
        samesite="strict",
        secure=_secure(request),
    )
    return response


@router.get("/compte")
def account(request: Request, here: Here) -> Response:
    """What whoever is signed in decided, and how to sign out."""
    who = session(request)
    if who is None:
        return RedirectResponse("/connexion?suite=/compte", 303)
    live: Live = request.app.state.live
    own = [one for one in link.read_reviews(live.workspace.reviews).values() if one.who == who.name]
    return render(
        request, here.base, "account.html", reviews=sorted(own, key=lambda r: r.when)[::-1]
    )


@router.post("/deconnexion")
def sign_out(request: Request, token: Annotated[str, Form()] = "") -> Response:
    """Close the session."""
    who = session(request)
    if who is not None and token != who.token:
        raise HTTPException(403, "send the form of your own session")
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE)
    return response


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"
