"""Where a remote store is and how it wants to be spoken to: the ``[store]`` section of a TOML file.

What differs between engines is here, and nowhere in the code::

    [store]
    query = "http://127.0.0.1:8890/sparql"
    update = "http://127.0.0.1:8890/sparql-auth"
    graph = "http://127.0.0.1:8890/sparql-graph-crud-auth"

    [store.auth]
    kind = "digest"
    user = "museo"
    secret = "MUSEO_STORE_PASSWORD"      # the name of an environment variable, never the password

docs/remote-store.md explains every member.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from museosciences.errors import Place, StoreError

AUTH = ("none", "basic", "digest", "bearer")
POST = ("form", "direct")
UNION = ("copy", "list")
REPLACE = ("keep", "drop")
# Triples of one request. Graph Store requests carry files; INSERT DATA is parsed as a query, and
# Virtuoso refuses more than some 2,000 triples of it.
BATCH_OF_GRAPH, BATCH_OF_UPDATE = 50_000, 1_000
TIMEOUT = 300.0


@dataclass(frozen=True, slots=True)
class Auth:
    """How to prove who one is. ``secret`` names the environment variable that holds it."""

    kind: str = "none"
    user: str = ""
    secret: str = ""

    def proof(self) -> str:
        """The password or the token. Raises StoreError when the variable is not set."""
        if self.kind == "none":
            return ""
        value = os.environ.get(self.secret, "")
        if not value:
            raise StoreError(
                f"the environment variable {self.secret} is not set: it holds the "
                f"{'token' if self.kind == 'bearer' else 'password'} of the store",
                remedy=f"export {self.secret}=…",
            )
        return value


@dataclass(frozen=True, slots=True)
class BulkLoad:
    """How the engine loads files by itself: a command, and a folder that both sides see."""

    command: tuple[str, ...]
    folder: str


@dataclass(frozen=True, slots=True)
class StoreConfig:
    """A remote store. It is written down in the build, and holds no secret."""

    query: str
    update: str
    graph: str | None = None
    post: str = "form"
    union: str = "copy"
    replace: str = "keep"
    batch: int = BATCH_OF_GRAPH
    timeout: float = TIMEOUT
    partial: tuple[str, ...] = ()
    auth: Auth = field(default_factory=Auth)
    bulk_load: BulkLoad | None = None

    def as_dict(self) -> dict[str, Any]:
        """The members as JSON keeps them."""
        return asdict(self)


def of(text: str) -> StoreConfig:
    """The store that ``--store`` names: a TOML file, or the URL of an endpoint that does it all.

    Raises StoreError that names the file, the member and what it should be.
    """
    if text.startswith(("http://", "https://")):
        return from_members({"query": text}, text)
    try:
        content = tomllib.loads(Path(text).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"the configuration of the store cannot be read: {error}",
            remedy="--store takes a TOML file or a URL; docs/remote-store.md has examples",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise StoreError(f"this is not TOML: {error}", place=Place(file=text)) from error
    section = content.get("store")
    if not isinstance(section, dict):
        raise _wrong(text, "store", "the file has no section [store]")
    return from_members(section, text)


def from_members(members: Mapping[str, Any], file: str) -> StoreConfig:
    """Check the members of a ``[store]`` section. Raises StoreError."""
    given = {name.replace("-", "_"): value for name, value in members.items()}
    _known(given, {one.name for one in fields(StoreConfig)}, file, "store")
    query = _url(given, "query", file)
    update = _url(given, "update", file) if given.get("update") else query
    graph = _url(given, "graph", file) if given.get("graph") else None
    return StoreConfig(
        query,
        update,
        graph,
        post=_one_of(given, "post", POST, file),
        union=_one_of(given, "union", UNION, file),
        replace=_one_of(given, "replace", REPLACE, file),
        batch=int(_number(given, "batch", BATCH_OF_GRAPH if graph else BATCH_OF_UPDATE, file)),
        timeout=float(_number(given, "timeout", TIMEOUT, file)),
        partial=_texts(given, "partial", file),
        auth=_auth(given.get("auth") or {}, file),
        bulk_load=_bulk_load(given.get("bulk_load"), file),
    )


def _auth(members: Any, file: str) -> Auth:
    if not isinstance(members, dict):
        raise _wrong(file, "store.auth", "is a section: [store.auth]")
    _known(members, {one.name for one in fields(Auth)}, file, "store.auth")
    kind = _one_of(members, "kind", AUTH, file)
    user, secret = (str(members.get(name) or "") for name in ("user", "secret"))
    if kind in ("basic", "digest") and not user:
        raise _wrong(file, "store.auth.user", f"{kind} needs a user")
    if kind != "none" and not secret.isidentifier():
        raise _wrong(
            file, "store.auth.secret", "names the environment variable that holds the secret"
        )
    return Auth(kind, user, secret)


def _bulk_load(members: Any, file: str) -> BulkLoad | None:
    if members is None:
        return None
    if not isinstance(members, dict):
        raise _wrong(file, "store.bulk-load", "is a section: [store.bulk-load]")
    _known(members, {one.name for one in fields(BulkLoad)}, file, "store.bulk-load")
    command, folder = _texts(members, "command", file), members.get("folder")
    if not command or not isinstance(folder, str):
        raise _wrong(file, "store.bulk-load", "needs a command (a list of words) and a folder")
    return BulkLoad(command, folder)


def _known(members: Mapping[str, Any], names: set[str], file: str, part: str) -> None:
    for name in members:
        if name not in names:
            known = ", ".join(sorted(one.replace("_", "-") for one in names))
            raise _wrong(file, f"{part}.{name}", "is not a member", f"members: {known}")


def _url(members: Mapping[str, Any], name: str, file: str) -> str:
    value = members.get(name)
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        raise _wrong(file, f"store.{name}", "is a URL: http://… or https://…")
    if "@" in value.partition("//")[2].partition("/")[0]:
        raise _wrong(file, f"store.{name}", "holds a password; use [store.auth]")
    return value


def _one_of(members: Mapping[str, Any], name: str, choices: tuple[str, ...], file: str) -> str:
    value = members.get(name, choices[0])
    if value not in choices:
        raise _wrong(file, f"store.{name}", f"is {value!r}", f"one of: {', '.join(choices)}")
    return str(value)


def _number(members: Mapping[str, Any], name: str, default: float, file: str) -> float:
    value = members.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise _wrong(file, f"store.{name}", "is a number above 0")
    return value


def _texts(members: Mapping[str, Any], name: str, file: str) -> tuple[str, ...]:
    value = members.get(name) or ()
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise _wrong(file, f"store.{name}", "is a list of texts")
    return tuple(value)


def _wrong(file: str, part: str, cause: str, remedy: str | None = None) -> StoreError:
    return StoreError(
        cause,
        place=Place(file=file, part=part),
        remedy=remedy or "docs/remote-store.md has an example for each engine",
    )
