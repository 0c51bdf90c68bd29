"""The map of the museums, and the timeline of what they hold."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from museosciences import iris, knowledge
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current
from museosciences.serve.pages.frame import render, vendored
from museosciences.serve.pages.graph import Museum, counts, museums
from museosciences.serve.pages.keeping import kept

router = APIRouter(include_in_schema=False)
WIDTH, HEIGHT = 760, 620
_OUTLINES = "data/geography/departements.geojson"


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that is drawn, in degrees, and how it lies on the page."""

    west: float
    north: float
    scale: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """A place on the page: plate carrée at the latitude of the region (50° north)."""
        x = (longitude - self.west) * self.scale * math.cos(math.radians(50))
        return round(x, 1), round((self.north - latitude) * self.scale, 1)


@cache
def _outlines() -> tuple[Frame, tuple[tuple[str, str], ...]]:
    """The frame of the region, and the outline of each département: name and SVG path."""
    features = json.loads(knowledge.read_text(_OUTLINES))["features"]
    points = [point for feature in features for ring in _rings(feature) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    narrow = (east - west) * math.cos(math.radians(50))
    frame = Frame(west, north, min(WIDTH / narrow, HEIGHT / (north - south)))
    drawn = []
    for feature in features:
        parts = []
        for ring in _rings(feature):
            places = (" ".join(map(str, frame.place(x, y))) for x, y in ring)
            parts.append("M" + "L".join(places) + "Z")
        drawn.append((str(feature["properties"]["name"]), "".join(parts)))
    return frame, tuple(drawn)


def _rings(feature: dict[str, Any]) -> Iterator[list[list[float]]]:
    geometry = feature["geometry"]
    shapes = geometry["coordinates"]
    for shape in shapes if geometry["type"] == "MultiPolygon" else [shapes]:
        yield from shape


@dataclass(frozen=True, slots=True)
class Point:
    """A museum on the map: where on the page, how large, how many records."""

    museum: Museum
    x: float
    y: float
    radius: float
    count: int


def _points(here: Current) -> list[Point]:
    """The museums that lie in the frame, the largest first so that none hides another."""
    frame, _ = _outlines()
    held = counts(here, "museum")
    found = []
    for museum in museums(here).values():
        if museum.latitude is None or museum.longitude is None:
            continue
        x, y = frame.place(museum.longitude, museum.latitude)
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            count = held.get(museum.code, 0)
            radius = 2.5 if not count else min(22.0, 4 + 1.3 * math.log2(count + 1))
            found.append(Point(museum, x, y, round(radius, 1), count))
    return sorted(found, key=lambda point: -point.count)


@router.get("/carte")
@kept
def museums_on_map(request: Request, here: Here) -> Response:
    """The museums on the outlines of the départements, and in a table."""
    _, outlines = _outlines()
    held = counts(here, "museum")
    listed = sorted(museums(here).values(), key=lambda m: (-held.get(m.code, 0), m.name))
    return render(
        request,
        here.base,
        "map.html",
        outlines=outlines,
        points=_points(here),
        width=WIDTH,
        height=HEIGHT,
        holding=[(museum, held[museum.code]) for museum in listed if held.get(museum.code)],
        awaited=[museum for museum in listed if not held.get(museum.code)],
        vendored=vendored("leaflet.js"),
    )


@router.get("/carte.geojson")
def geojson(here: Here) -> Response:
    """The museums with their records, as GeoJSON (RFC 7946)."""
    held = counts(here, "museum")
    features = [
        {
            "type": "Feature",
            "id": f"{here.base}museum/{iris.encode(museum.code)}",
            "geometry": {"type": "Point", "coordinates": [museum.longitude, museum.latitude]},
            "properties": {
                "code": museum.code,
                "name": museum.name,
                "town": museum.town,
                "records": held.get(museum.code, 0),
                "page": f"museum/{iris.encode(museum.code)}.html",
            },
        }
        for museum in museums(here).values()
        if museum.latitude is not None
    ]
    return JSONResponse(
        {"type": "FeatureCollection", "features": features}, media_type="application/geo+json"
    )


@router.get("/carte/departements.geojson")
def departments() -> Response:
    """The outlines of the départements, as GeoJSON."""
    return Response(knowledge.read_text(_OUTLINES), media_type="application/geo+json")


@router.get("/chronologie")
@kept
def timeline(request: Request, here: Here) -> Response:
    """How many works and instruments of each century there are."""
    kinds = ("object", "instrument")
    by_kind = {kind: counts(here, "century", ("kind", kind)) for kind in kinds}
    numbers = sorted(
        {int(value) for counts in by_kind.values() for value, n in counts.items() if n}
    )
    lines = [(n, {kind: by_kind[kind].get(str(n), 0) for kind in kinds}) for n in numbers]
    most = max((sum(held.values()) for _, held in lines), default=1)
    dated = sum(sum(held.values()) for _, held in lines)
    return render(
        request,
        here.base,
        "timeline.html",
        lines=lines,
        most=most,
        dated=dated,
    )
