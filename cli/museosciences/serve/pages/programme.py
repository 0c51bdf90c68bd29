"""The programme of the operation, as a page and as a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from fastapi import APIRouter, Request, Response

from museosciences import iris
from museosciences.report.wording import Wording
from museosciences.serve.leasing import Here
from museosciences.serve.pages.frame import language, render, wording
from museosciences.serve.pages.operation import Event, events, theme

router = APIRouter(include_in_schema=False)
# RFC 5545, section 3.1: octets of a content line without its end.
_LINE = 75


@router.get("/programme")
def programme(request: Request, here: Here) -> Response:
    """The exhibitions and events, the dated first."""
    lang = language(request)
    return render(
        request, here.base, "programme.html", events=events(here, lang), theme=theme(here, lang)
    )


@router.get("/programme.ics")
def calendar(request: Request, here: Here) -> Response:
    """The dated events as an iCalendar (RFC 5545)."""
    w = wording(request)
    made = datetime.fromisoformat(str(here.account["date"])).astimezone(UTC)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//MuséoSciences//programme//FR",
        f"X-WR-CALNAME:{_text(w('Programme de l’opération', 'Programme of the operation'))}",
    ]
    for event in events(here, w.lang):
        if event.days is not None:
            lines += _event(event, event.days, made, w)
    lines.append("END:VCALENDAR")
    content = "".join(f"{_folded(line)}\r\n" for line in lines)
    return Response(
        content.encode(),
        media_type="text/calendar; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="programme.ics"'},
    )


def _event(event: Event, days: tuple[date, date], made: datetime, w: Wording) -> list[str]:
    """One event: whole days, the end being the day after the last (section 3.6.1)."""
    first, last = days
    places = ", ".join(w.set(name) for _, name in event.places)
    found = [
        "BEGIN:VEVENT",
        f"UID:{iris.digest(event.iri)}@museosciences",
        f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(event.label)}",
    ]
    if places:
        found.append(f"LOCATION:{_text(places)}")
    if event.comment:
        found.append(f"DESCRIPTION:{_text(event.comment)}")
    return [*found, "END:VEVENT"]


def _text(value: str) -> str:
    r"""A text of a property (section 3.3.11).

    >>> _text("un, deux; trois")
    'un\\, deux\\; trois'
    """
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return value.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A long line in pieces of at most 75 octets, each next one begun by a space."""
    pieces: list[str] = []
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > _LINE - (1 if pieces else 0):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
