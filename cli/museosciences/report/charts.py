"""Charts as SVG: Altair describes them, vl-convert draws them, without a browser or a network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, wraps
from itertools import pairwise
from math import hypot
from typing import Any, Literal, ParamSpec

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from museosciences import knowledge
from museosciences.report.wording import Wording

# Colours that the common colour-blindnesses keep apart (after Okabe and Ito 2008), dark enough
# for 3:1 on white.
BLUE, VERMILION, GREEN, GOLD, PLUM = "#0b5d94", "#c2502d", "#2f7d5b", "#a87b00", "#8a4a7d"
SERIES = (VERMILION, GREEN, BLUE, GOLD, PLUM)
INK, GREY, PALE = "#1f2933", "#9aa5b1", "#e8ecef"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDTH = 520
STEP = 18
# A label longer than this is cut, and told whole in the table.
LABEL = 42
# The ground under the letters of a map, so that lines do not strike them through.
HALO = {"stroke": "#f4f1ea", "strokeWidth": 3, "strokeJoin": "round", "color": "#f4f1ea"}
# What one degree of latitude is worth in degrees of longitude at 50° north.
COS_50 = 0.6428
# How far a name should be from the museums, in degrees of latitude.
CLEAR = 0.12
# How far the outlines may be from the shore, in degrees of latitude.
COARSE = 0.06

Row = tuple[str, float]
_P = ParamSpec("_P")


def _svg(chart: Any, wording: Wording) -> str:
    chart = (
        chart.configure(font=FONT, background="#ffffff")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            titleColor=INK,
            labelFontSize=11,
            titleFontSize=11,
            titleFontWeight="normal",
            gridColor=PALE,
            domainColor=GREY,
            tickColor=GREY,
            labelLimit=240,
        )
        .configure_legend(
            labelColor=INK,
            titleColor=INK,
            labelFontSize=11,
            titleFontSize=11,
            orient="top",
            title=None,
            labelLimit=260,
            symbolType="square",
        )
    )
    locale: Literal["fr-FR", "en-GB"] = "fr-FR" if wording.lang == "fr" else "en-GB"
    # The descriptions are written here, not by users: Altair need not check them at every call.
    spec = chart.to_dict(validate=False)
    return vl_convert.vegalite_to_svg(spec, format_locale=locale, time_format_locale=locale)


def width_of(svg: str) -> float:
    """The width of a drawing in pixels."""
    found = re.search(r'<svg[^>]* width="([\d.]+)"', svg)
    return float(found.group(1)) if found else float(WIDTH)


def _unchecked(draw: Callable[_P, str]) -> Callable[_P, str]:
    """A drawing function during which Altair does not validate (half of its time)."""

    @wraps(draw)
    def drawn(*args: _P.args, **kwargs: _P.kwargs) -> str:
        with debug_mode(False):
            return draw(*args, **kwargs)

    return drawn


def _data(rows: Iterable[dict[str, Any]]) -> Any:
    return alt.InlineData(values=list(rows))


def cut(text: str, length: int = LABEL) -> str:
    """A text cut at a length, with an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _distinct(labels: Sequence[str], length: int = LABEL) -> list[str]:
    """Labels cut to a length, and still told apart."""
    seen: dict[str, int] = {}
    found = []
    for label in labels:
        short = cut(label, length)
        seen[short] = seen.get(short, 0) + 1
        found.append(short if seen[short] == 1 else f"{cut(label, length - 4)} ({seen[short]})")
    return found


@_unchecked
def bars(rows: Sequence[Row], wording: Wording, title: str, *, share: bool = False) -> str:
    """Horizontal bars, in the order given; ``share`` when values are 0 to 1."""
    labels = _distinct([label for label, _ in rows])
    told = [wording.share(value) if share else wording.number(value) for _, value in rows]
    values = [
        {"label": label, "value": value, "told": text}
        for label, (_, value), text in zip(labels, rows, told, strict=True)
    ]
    scale = alt.Scale(domain=[0, 1]) if share else alt.Scale(nice=True, zero=True)
    base = alt.Chart(_data(values)).encode(
        y=alt.Y("label:N", sort=labels, title=None),
        x=alt.X(
            "value:Q",
            title=title,
            scale=scale,
            axis=alt.Axis(
                format=".0%" if share else ",d", tickCount=5, tickMinStep=0 if share else 1
            ),
        ),
    )
    drawn = base.mark_bar(color=BLUE, height={"band": 0.7}) + base.mark_text(
        align="left", dx=4, color=INK, fontSize=11
    ).encode(text="told:N")
    return _svg(drawn.properties(width=WIDTH - 160, height=alt.Step(STEP)), wording)


@_unchecked
def columns(rows: Sequence[Row], wording: Wording, title: str, axis: str) -> str:
    """Vertical columns, in the order given."""
    labels = [label for label, _ in rows]
    values = [
        {"label": label, "value": value, "told": wording.number(value)} for label, value in rows
    ]
    base = alt.Chart(_data(values)).encode(
        x=alt.X(
            "label:N",
            sort=labels,
            title=axis,
            axis=alt.Axis(labelAngle=-45 if len(rows) > 8 else 0),
        ),
        y=alt.Y("value:Q", title=title, axis=alt.Axis(format=",d", tickCount=5, tickMinStep=1)),
    )
    drawn = base.mark_bar(color=BLUE) + base.mark_text(dy=-6, color=INK, fontSize=10).encode(
        text="told:N"
    )
    return _svg(drawn.properties(width=WIDTH, height=190), wording)


@_unchecked
def stacked(
    rows: Sequence[tuple[str, str, float]], wording: Wording, title: str, series: Sequence[str]
) -> str:
    """Horizontal bars, each made of the parts of several series, in the order of ``series``."""
    order = list(dict.fromkeys(label for label, _, _ in rows))
    short = dict(zip(order, _distinct(order), strict=True))
    values = [
        {"label": short[label], "series": name, "value": value, "rank": series.index(name)}
        for label, name, value in rows
        if value
    ]
    sums: dict[str, float] = {}
    for label, _, value in rows:
        sums[short[label]] = sums.get(short[label], 0) + value
    ends = [{"label": k, "sum": n, "told": wording.number(n)} for k, n in sums.items()]
    told = (
        alt.Chart(_data(ends))
        .mark_text(align="left", dx=4, color=INK, fontSize=11)
        .encode(y=alt.Y("label:N", sort=list(short.values())), x="sum:Q", text="told:N")
    )
    drawn = (
        alt.Chart(_data(values))
        .mark_bar(height={"band": 0.7})
        .encode(
            y=alt.Y("label:N", sort=list(short.values()), title=None),
            x=alt.X("value:Q", title=title, axis=alt.Axis(format=",d", tickCount=5, tickMinStep=1)),
            color=alt.Color(
                "series:N",
                scale=alt.Scale(domain=list(series), range=list(SERIES[: len(series)])),
                legend=alt.Legend(columns=1 if max(map(len, series)) > 34 else 3),
            ),
            order=alt.Order("rank:Q"),
        )
    )
    drawn = drawn + told
    return _svg(drawn.properties(width=WIDTH - 140, height=alt.Step(STEP)), wording)


@_unchecked
def heat(
    rows: Sequence[tuple[str, str, float]],
    wording: Wording,
    down: Sequence[str],
    across: Sequence[str],
    *,
    share: bool = False,
) -> str:
    """A matrix: a square for each pair (row, column), darker where there is more."""
    ys = dict(zip(down, _distinct(down, 32), strict=True))
    xs = dict(zip(across, _distinct(across, 32), strict=True))
    top = max((value for _, _, value in rows), default=1) or 1
    values = [
        {
            "y": ys[y],
            "x": xs[x],
            "value": value,
            "dark": value > 0.55 * (1 if share else top),
            "told": wording.number(100 * value if share else value),
        }
        for y, x, value in rows
    ]
    base = alt.Chart(_data(values)).encode(
        x=alt.X(
            "x:N",
            sort=list(xs.values()),
            title=None,
            axis=alt.Axis(labelAngle=-45, orient="bottom", domain=False, ticks=False),
        ),
        y=alt.Y(
            "y:N", sort=list(ys.values()), title=None, axis=alt.Axis(domain=False, ticks=False)
        ),
    )
    squares = base.mark_rect(stroke="#ffffff").encode(
        color=alt.Color(
            "value:Q",
            scale=alt.Scale(domain=[0, 1 if share else top], range=["#eef4f8", BLUE]),
            legend=None,
        )
    )
    texts = base.mark_text(fontSize=10).encode(
        text="told:N",
        color=alt.condition("datum.dark", alt.value("#ffffff"), alt.value(INK)),
    )
    step = max(24, min(44, (WIDTH - 150) // max(len(xs), 1)))
    return _svg((squares + texts).properties(width=alt.Step(step), height=alt.Step(24)), wording)


@cache
def _outlines() -> list[tuple[str, list[list[tuple[float, float]]]]]:
    """The départements of the region: name and rings, longitude corrected for the latitude."""
    data = json.loads(knowledge.read_text("data/geography/departements.geojson"))
    return [
        (
            feature["properties"]["name"],
            [
                [(x * COS_50, y) for x, y in ring]
                for polygon in feature["geometry"]["coordinates"]
                for ring in polygon
            ],
        )
        for feature in data["features"]
    ]


def departments() -> list[str]:
    """The names of the départements that the map outlines."""
    return [name for name, _ in _outlines()]


def on_map(longitude: float, latitude: float) -> bool:
    """Whether a point (degrees, WGS 84) lies in the region, or as near as outlines are coarse."""
    x, y = longitude * COS_50, latitude
    rings = [ring for _, rings in _outlines() for ring in rings]
    return any(_inside(x, y, ring) for ring in rings) or any(
        hypot(x - other_x, y - other_y) < COARSE for ring in rings for other_x, other_y in ring
    )


def _inside(x: float, y: float, ring: Sequence[tuple[float, float]]) -> bool:
    """Whether a point is in a ring: a ray from it crosses the ring an odd number of times."""
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossings += 1
    return crossings % 2 == 1


@_unchecked
def museum_map(
    places: Sequence[tuple[str, float, float, int]], wording: Wording, legend: tuple[str, str]
) -> str:
    """The région with its départements, and the museums: (label, longitude, latitude, records)."""
    lines = [
        {"x": x, "y": y, "ring": f"{name}{number}", "order": order}
        for name, rings in _outlines()
        for number, ring in enumerate(rings)
        for order, (x, y) in enumerate(ring)
    ]
    here: list[dict[str, Any]] = [
        {
            "x": x * COS_50,
            "y": y,
            "label": cut(label, 24),
            "records": n,
            "state": legend[0 if n else 1],
        }
        for label, x, y, n in places
    ]
    names = [{"x": x, "y": y, "label": name} for name, x, y in _titles(here)]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=8))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=8))
    ground = (
        alt.Chart(_data(lines))
        .mark_line(
            stroke="#7b8794",
            strokeWidth=1,
            filled=True,
            fill="#f4f1ea",
            interpolate="linear-closed",
        )
        .encode(x=x, y=y, detail="ring:N", order="order:Q")
    )
    titles = [
        alt.Chart(_data(names))
        .mark_text(**look, fontSize=13, fontStyle="italic")
        .encode(x=x, y=y, text="label:N")
        for look in (HALO, {"color": "#5f6c78"})
    ]
    dots = (
        alt.Chart(_data(here))
        .mark_circle(opacity=0.8, stroke="#ffffff", strokeWidth=0.6)
        .encode(
            x=x,
            y=y,
            size=alt.Size(
                "records:Q",
                legend=None,
                scale=alt.Scale(
                    type="sqrt", domain=[0, max([1, *(n for *_, n in places)])], range=[22, 500]
                ),
            ),
            color=alt.Color(
                "state:N", scale=alt.Scale(domain=list(legend), range=[VERMILION, GREY])
            ),
            order=alt.Order("records:Q", sort="descending"),
        )
    )
    told = sorted((place for place in here if place["records"]), key=_records)[:14]
    apart = _data(_apart(told, names))
    labels = [
        alt.Chart(apart)
        .mark_text(**look, align="left", dx=12, fontSize=10.5)
        .encode(x=x, y=y, text="label:N")
        for look in (HALO, {"color": INK})
    ]
    drawn = alt.layer(ground, *titles, dots, *labels).properties(width=WIDTH, height=430)
    return _svg(drawn, wording)


def _records(place: dict[str, Any]) -> int:
    return -int(place["records"])


def _titles(places: Sequence[dict[str, Any]]) -> list[tuple[str, float, float]]:
    """Where the names of the départements stand: near the middle, clear of the museums drawn."""
    dots = [(place["x"], place["y"]) for place in places if place["records"]]
    found = []
    for name, rings in _outlines():
        ring = max(rings, key=len)
        middle = sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
        near = [
            (middle[0] + across, middle[1] + up)
            for across in (0.0, -0.1, 0.1, -0.2, 0.2)
            for up in (0.0, -0.08, 0.08, -0.16, 0.16)
        ]
        inside = [point for point in near if _inside(*point, ring)] or [middle]
        # What is far enough from every dot is as good as farther: then the nearest to the middle.
        best = max(inside, key=lambda point: min([CLEAR, *(_gap(point, dot) for dot in dots)]))
        found.append((name, *best))
    return found


def _gap(title: tuple[float, float], dot: tuple[float, float]) -> float:
    """How far a dot is from a name, which is three times as wide as it is high."""
    return hypot((title[0] - dot[0]) / 3, title[1] - dot[1])


def _apart(
    places: Sequence[dict[str, Any]], names: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The labels that do not cover one that is already placed, the largest museums first."""
    kept: list[dict[str, Any]] = []
    # A label stands right of its point, the name of a département in the middle of its own.
    taken = [(name["x"] - 0.26, name["y"], 0.52) for name in names]
    for place in places:
        x, y, width = place["x"], place["y"], 0.04 + 0.017 * len(place["label"])
        if all(
            abs(y - other_y) > 0.07 or x + width < other_x or other_x + other_width < x
            for other_x, other_y, other_width in taken
        ):
            kept.append(place)
            taken.append((x, y, width))
    return kept
