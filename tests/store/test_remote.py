"""A build on a server: the commands work on it, its names are ours, its graphs come and go."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from museosciences.errors import QueryError, StoreError
from museosciences.main import app
from museosciences.store import RemoteStore, StoreConfig
from museosciences.workspace import Workspace

BASE = "https://e/"
QUADS = (
    '<https://e/a> <https://e/p> "œuf 𝒳\\n \\"q\\" \\\\ <https://e/graph/two> ."@fr '
    "<https://e/graph/one> .\n"
    "<https://e/a> <https://e/p> <https://e/b> <https://e/graph/one> .\n"
    "<https://e/a> <https://e/p> <https://e/b> <https://e/graph/two> .\n"
    "<https://e/graph/two> <https://e/from> <https://e/graph/one> <https://e/graph/two> .\n"
).encode()


@pytest.fixture(params=["copy", "list"])
def small(request: pytest.FixtureRequest, server: StoreConfig) -> Iterator[RemoteStore]:
    store = RemoteStore(replace(server, union=request.param), base=BASE, build=request.param)
    store.probe()
    store.load([QUADS])
    store.verify()
    yield store
    store.drop()
    store.close()


def values(store: RemoteStore, query: str) -> list[tuple[str, ...]]:
    return sorted(tuple(map(str, row)) for row in store.select(query).rows)


def test_names_of_graphs_are_ours(small: RemoteStore) -> None:
    assert small.graphs() == {"https://e/graph/one": 2, "https://e/graph/two": 2}
    two = "<https://e/graph/two>"
    assert values(small, "SELECT ?s WHERE { GRAPH <graph/two> { ?s ?p <b> } }") == [
        ("<https://e/a>",)
    ]
    assert values(small, "PREFIX g: <https://e/graph/> SELECT ?o { GRAPH g:two { g:two ?p ?o } }")
    assert values(small, "SELECT ?g WHERE { GRAPH ?g { ?s <from> ?o } ?g <from> ?o }") == [(two,)]
    assert values(
        small, 'SELECT ?g { GRAPH ?g { ?s <from> ?o } FILTER(STR(?g) = "https://e/graph/two") }'
    ) == [(two,)]
    assert [
        str(t.object) for t in small.construct("CONSTRUCT WHERE { <graph/two> <from> ?o }")
    ] == ["<https://e/graph/one>"]


def test_texts_come_back_as_they_were(small: RemoteStore) -> None:
    found = next(small.select("SELECT ?o WHERE { <a> <p> ?o FILTER(LANG(?o) = 'fr') }").rows)
    assert found == (ox.Literal('œuf 𝒳\n "q" \\ <https://e/graph/two> .', language="fr"),)
    assert small.ask("ASK { <a> ?p ?o }")
    assert not small.ask("ASK { <nothing> ?p ?o }")


def test_only_this_build_is_seen(small: RemoteStore) -> None:
    other = RemoteStore(small.config, base=BASE, build="other")
    other.load([b"<https://e/z> <https://e/p> <https://e/b> <https://e/graph/one> .\n"])
    try:
        assert not small.ask("ASK { <z> ?p ?o }")
        assert not small.ask("ASK { GRAPH ?g { <z> ?p ?o } }")
        assert other.ask("ASK { <z> ?p ?o }")
        with pytest.raises(QueryError, match="no FROM"):
            small.select("SELECT ?o FROM <build/other/union> WHERE { <z> ?p ?o }")
    finally:
        other.drop()
        other.close()


def test_the_engine_loads_files_by_itself(
    server: StoreConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    if server.bulk_load is None:
        pytest.skip("this engine has no loader of files beside a running server")
    monkeypatch.setattr("museosciences.store.bulk.WORTH", 1)
    store = RemoteStore(server, base=BASE, build="bulk")
    store.load([QUADS])
    store.verify()
    assert store.graphs() == {"https://e/graph/one": 2, "https://e/graph/two": 2}
    assert list(Path(server.bulk_load.folder).iterdir()) == []
    store.drop()
    broken = replace(server.bulk_load, command=("false", "{folder}"))
    store = RemoteStore(replace(server, bulk_load=broken), base=BASE, build="broken")
    with pytest.raises(StoreError, match=r"bulk load failed.*the previous build still answers"):
        store.load([QUADS])


COMMANDS: list[list[str]] = [
    ["status"],
    ["query", "records-by-museum", "--format", "csv"],
    ["links", "--format", "json"],
    ["report", "--format", "html"],
    ["export", "edm", "-o", "-"],
    ["review", "precision"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_every_command_works_on_it(
    words: list[str],
    elsewhere: Workspace,
    demonstration: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    there, here = (
        CliRunner().invoke(app, ["--workspace", str(workspace.path), *words])
        for workspace in (elsewhere, demonstration)
    )
    assert there.exit_code == 0, there.output
    if words[0] in ("query", "links", "review"):
        assert there.output == here.output
    assert len(there.output) > 20


def test_the_build_remembers_the_server_and_no_secret(elsewhere: Workspace) -> None:
    from . import servers

    current = elsewhere.current()
    text = (current.path / "build.json").read_text() + (current.path / "staged.json").read_text()
    assert json.loads((current.path / "build.json").read_text())["store"]["server"]["query"]
    assert servers.SECRET not in text
    assert not current.store.exists()
