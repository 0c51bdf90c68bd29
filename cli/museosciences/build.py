"""The whole chain: sources -> parts -> store -> reconciliation -> links, then the switch."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import Any

from museosciences import (
    authority,
    derive,
    evidence,
    facets,
    iris,
    link,
    museums,
    provenance,
    theme,
    vocabulary,
)
from museosciences.account import COUNTS, Part
from museosciences.errors import Said, StoreError
from museosciences.examine import SourceSpec
from museosciences.executor import Executor, processes
from museosciences.loading import Loading, Place
from museosciences.reading import Reading
from museosciences.reconcile import read_decisions, reconciliation
from museosciences.register import Register
from museosciences.store import EmbeddedStore, GraphStore, RemoteStore, StoreConfig
from museosciences.workspace import Build, Workspace

# A stage of the build, and what share of it is done (0 to 1).
Progress = Callable[[str, float], None]


def build(
    workspace: Workspace,
    sources: Sequence[SourceSpec],
    *,
    base: str = iris.DEFAULT_BASE,
    engine: str = "shacl",
    store: StoreConfig | None = None,
    executor: Executor = processes,
    storage: str | None = None,
    progress: Progress = lambda _stage, _share: None,
) -> dict[str, Any]:
    """Build the store of some sources and make it the current one. Returns the account.

    ``store`` names the server that is to hold the graphs; without it they are in the workspace.
    ``executor`` maps and validates; ``storage`` is a folder or URL that its workers share with
    this process, if they do not share the workspace and the files.
    A source that cannot be read is in the account with its error, and the others go on. Raises
    InputError when none can be read, StoreError when the account does not balance or the
    workspace cannot be written; the previous build then still answers.
    """
    started = datetime.now(UTC)
    with workspace.lock():
        previous = workspace.latest()
        build = workspace.begin()
        try:
            place = Place.of(workspace.parts, executor, storage)
            account = _fill(
                build, workspace, sources, base, engine, store, place, progress, previous, started
            )
        except (OSError, sqlite3.Error) as error:
            workspace.discard(build)
            raise StoreError(
                Said(
                    f"la construction n’a pu être écrite : {error}",
                    f"the build could not be written: {error}",
                ),
                remedy=Said(
                    "voir la place libre du disque ; la construction précédente répond toujours",
                    "check the free space of the disk; the previous build still answers",
                ),
            ) from error
        except BaseException:
            workspace.discard(build)
            raise
        workspace.switch(build, account)
    return account


def _fill(
    build: Build,
    workspace: Workspace,
    sources: Sequence[SourceSpec],
    base: str,
    engine: str,
    server: StoreConfig | None,
    place: Place,
    progress: Progress,
    previous: Build | None,
    started: datetime,
) -> dict[str, Any]:
    now = started.strftime("%Y-%m-%dT%H:%M:%SZ")
    store = build.create(base, server)
    quarantine = EmbeddedStore(build.quarantine, base=base)
    register = Register(build.register, create=True)
    words = vocabulary.load()
    try:
        loading = Loading(sources, place, base, engine, register, now, partial(progress, "read"))
        store.load(loading.nquads())
        quarantine.load(loading.quarantine())
        register.inherit(previous.register if previous else None, now)
        progress("vocabulary", 0.0)
        store.load(vocabulary.graphs(base))
        store.load(authority.graph(one, base) for one in words.authorities.authorities.values())
        store.load(theme.graphs(base))
        store.load([museums.graph(base, register.museums()), derive.closure(words, base)])
        progress("reconcile", 0.0)
        merges = read_decisions(workspace.persons)
        store.load([reconciliation(store, words, merges)])
        derive.relations(store)
        reading = Reading(store)
        store.load([evidence.evidence(reading, words)])
        store.load(chain([derive.sets(store, words)], theme.memberships(reading, words)))
        del reading
        progress("link", 0.0)
        reviews = link.read_reviews(workspace.reviews)
        found = list(link.find(store, reviews, register.rows_of))
        store.load(nquads for _, _, nquads in found)
        links = {rule: count for rule, count, _ in found}
        facets.write(store, words, register)
        store.load([provenance.graph(base, loading.parts, started, _before(previous))])
        return _account(loading.parts, links, store, now, base)
    finally:
        store.close()
        quarantine.close()
        register.close()


def _before(previous: Build | None) -> dict[str, Any] | None:
    """The account of the build before, where there is one to compare with."""
    try:
        return previous.account() if previous else None
    except StoreError:
        return None


def _account(
    parts: list[tuple[Part, bool]], links: dict[str, int], store: GraphStore, now: str, base: str
) -> dict[str, Any]:
    """The account of the build. Raises StoreError when it does not balance."""
    for part, _ in parts:
        if part.read != part.loaded + part.quarantined + part.refused:
            raise StoreError(
                Said(
                    f"le compte de {part.source} n’est pas juste : {part.read} lignes lues, "
                    f"{part.loaded} chargées, {part.quarantined} en quarantaine, {part.refused} "
                    "refusées",
                    f"the account of {part.source} does not balance: {part.read} rows read, "
                    f"{part.loaded} loaded, {part.quarantined} quarantined, {part.refused} refused",
                )
            )
    account: dict[str, Any] = {
        "date": now,
        "base": base,
        "sources": [{**asdict(part), "mapped": fresh} for part, fresh in parts],
        "total": {name: sum(getattr(part, name) for part, _ in parts) for name in COUNTS},
        "links": links,
        "triples": sum(store.graphs().values()),
    }
    if isinstance(store, RemoteStore):
        store.verify()
        account["store"] = store.facts()
    return account
