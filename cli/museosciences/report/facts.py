"""What a build says of itself, and of the build before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Facts:
    """The account of a build, and that of the build before it if there is one."""

    stamp: str
    totals: Mapping[str, int]
    links: Mapping[str, int]
    previous: Facts | None = None

    @property
    def built(self) -> datetime:
        """When it was built (UTC)."""
        return datetime.strptime(self.stamp, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    @classmethod
    def of(cls, account: Mapping[str, Any], previous: Mapping[str, Any] | None = None) -> Facts:
        """The facts of a ``build.json``."""
        before = None if previous is None else cls.of(previous)
        return cls(account["date"], account["total"], account["links"], before)
