"""A small drawing of what one record is linked to: the record, the shared concepts, the others."""

from __future__ import annotations

import math
from dataclasses import dataclass

from museosciences.report.wording import Wording
from museosciences.serve.pages.frame import shortened

# Links drawn; more could not be read.
MOST = 8
WIDTH, HEIGHT, RADIUS = 720, 440, 165


@dataclass(frozen=True, slots=True)
class Spoke:
    """One link in the drawing: where its other end lies, what it shares, where it leads."""

    x: float
    y: float
    anchor: str
    label: str
    via: str
    leads: str
    above: bool
    side: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws. Lengths are those of the view box."""

    width: int
    height: int
    spokes: tuple[Spoke, ...]
    alt: str


def drawing(links: list[dict[str, str]], record: str, w: Wording) -> Drawing | None:
    """The drawing of the links of a record, or None when there are fewer than two."""
    shown = links[:MOST]
    if len(shown) < 2:
        return None
    spokes = []
    for number, one in enumerate(shown):
        angle = 2 * math.pi * (number + 0.5) / len(shown) - math.pi / 2
        far = (math.cos(angle) * RADIUS * 1.25, math.sin(angle) * RADIUS)
        side = "science" if one["art_record"] == record else "art"
        spokes.append(
            Spoke(
                round(WIDTH / 2 + far[0], 1),
                round(HEIGHT / 2 + far[1], 1),
                "start" if far[0] >= 0 else "end",
                shortened(one[f"{side}_title"], 34),
                shortened(one["via_label"], 26),
                one[f"{side}_record"],
                far[1] < 0,
                side,
            )
        )
    alt = w("Liens de la notice : ", "Links of the record: ") + w(" ; ", "; ").join(
        f"{spoke.via} – {spoke.label}" for spoke in spokes
    )
    return Drawing(WIDTH, HEIGHT, tuple(spokes), alt)
