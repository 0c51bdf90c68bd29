"""What one question of a stranger may cost."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the endpoint. Times are seconds.

    ``workers`` answer at the same time; a question waits ``patience`` for one of them, may be
    thought over for ``deadline`` in all, and its answer may take ``longest`` to be read. An answer
    has at most ``most`` rows or triples.
    """

    workers: int = max(2, (os.cpu_count() or 2) // 2)
    patience: float = 10.0
    deadline: float = 60.0
    longest: float = 300.0
    most: int = 1_000_000
