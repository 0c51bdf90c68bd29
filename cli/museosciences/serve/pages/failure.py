"""The page of an error."""

from __future__ import annotations

from fastapi import Request, Response

from museosciences.serve.pages.frame import render

# What a visitor is told, by status; the cause of the library follows, for who can use it.
_TOLD = {
    400: ("Cette demande n’a pas pu être comprise.", "This request could not be understood."),
    403: ("Cette action n’est pas permise.", "This is not permitted."),
    404: ("Cette page n’existe pas, ou plus.", "This page does not exist, or no longer does."),
    405: ("Cette page ne répond pas à cette demande.", "This page does not answer this request."),
    406: ("Cette page n’existe pas sous cette forme.", "This page does not exist in this form."),
    410: (
        "Cette notice a disparu de l’inventaire de son musée.",
        "This record has vanished from the inventory of its museum.",
    ),
    413: ("Cette demande est trop grande.", "This request is too large."),
    429: ("Trop d’essais : attendez quelques minutes.", "Too many tries: wait a few minutes."),
    503: (
        "La collection n’est pas disponible en ce moment.",
        "The collection is not available at the moment.",
    ),
}
_OTHER = ("Quelque chose s’est mal passé.", "Something went wrong.")


def failure(request: Request, status: int, cause: str, remedy: str | None) -> Response:
    """The page that says what went wrong, and what to try next."""
    told = _TOLD.get(status, _OTHER)
    return render(
        request, "", "failure.html", status, told=told, status=status, cause=cause, remedy=remedy
    )
