"""Bad servers: what may pass is tried again, the rest told in one line, nothing half is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from museosciences import build, sources
from museosciences.errors import MuseoError, QueryError, StoreError
from museosciences.store import RemoteStore, StoreConfig, transport
from museosciences.store.config import Auth
from museosciences.workspace import Workspace

from . import hostile, servers

BASE = "https://e/"
QUADS = [
    b"<https://e/a> <https://e/p> <https://e/o> <https://e/graph/one> .\n",
    b'<https://e/b> <https://e/p> "x" <https://e/graph/two> .\n',
]
ALL = "SELECT ?s WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreConfig]:
    with servers.oxigraph(tmp_path_factory.mktemp("hostile")) as config:
        yield config


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "PAUSES", (0.01, 0.01, 0.01))


def opened(config: StoreConfig, name: str = "b1") -> RemoteStore:
    return RemoteStore(config, base=BASE, build=name)


@pytest.mark.parametrize(
    ("fault", "told", "remedy"),
    [
        ("page", "answered 200 text/html", "the URL of the SPARQL endpoint"),
        ("dies", "broke off", "whether the server still runs"),
        ("truncates", "broke off", "whether the server still runs"),
        ("garbles", "is broken", "see the log"),
        ("busy", "answered 503: busy", "see the log"),
        ("broken", "answered 500: java.lang.NullPointerException", "see the log"),
        ("moved", "sends on to https://elsewhere.example/sparql", "write that URL"),
        ("slow", "did not answer within 1 s", "raise `timeout`"),
        ("partial", "a part of the answer only (X-SQL-State: S1TAT)", "time limit"),
    ],
)
def test_a_bad_answer_is_an_error_in_one_line(
    real: StoreConfig, fault: str, told: str, remedy: str
) -> None:
    with hostile.before(real, lambda _n, _p: fault) as config:
        store = opened(config)
        with pytest.raises(StoreError) as caught:
            list(store.select(ALL).rows)
        store.close()
    text = str(caught.value)
    assert told in text
    assert remedy in text
    assert "\n" not in text
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("fault", ["dies", "truncates", "busy"])
def test_what_may_pass_is_tried_again(real: StoreConfig, fault: str) -> None:
    with hostile.before(real, lambda n, _p: fault if n % 3 else None) as config:
        store = opened(config, f"again-{fault}")
        store.load(QUADS)
        store.verify()
        assert len(list(store.select(ALL).rows)) == 2
        assert store.graphs() == {"https://e/graph/one": 1, "https://e/graph/two": 1}
        store.drop()
        store.close()


@pytest.mark.parametrize("fault", ["full", "broken"])
def test_what_will_not_pass_is_not_tried_again(real: StoreConfig, fault: str) -> None:
    asked: list[int] = []

    def once(number: int, _path: str) -> str:
        asked.append(number)
        return fault

    with hostile.before(real, once) as config:
        store = opened(config)
        with pytest.raises(StoreError, match="the previous build still answers"):
            store.load(QUADS)
        store.close()
    assert len(asked) == 1


def test_a_server_that_forgets_is_found_out(real: StoreConfig) -> None:
    with hostile.before(real, lambda _n, path: "forgets" if "two" in path else None) as config:
        store = opened(config, "forgets")
        store.load(QUADS)
        with pytest.raises(StoreError, match="does not hold the graph https://e/graph/two"):
            store.verify()
        store.drop()
        store.close()
    with hostile.before(real, lambda n, p: "forgets" if n == 1 and "one" in p else None) as config:
        store = opened(config, "forgets-some")
        more = b"<https://e/z> <https://e/p> <https://e/o> <https://e/graph/one> .\n"
        store.load(QUADS[:1])
        store.load([more])
        with pytest.raises(StoreError, match="does not hold some of the triples"):
            store.verify()
        store.drop()
        store.close()


def test_nobody_there(real: StoreConfig) -> None:
    nowhere = f"http://127.0.0.1:{servers.free_port()}/sparql"
    store = opened(replace(real, query=nowhere, update=nowhere, graph=nowhere))
    for ask in (lambda: store.select(ALL), store.probe):
        with pytest.raises(StoreError, match=r"cannot be reached.*check the URL"):
            ask()
    store.close()
    store = opened(replace(real, query=f"{real.query}/nothing"))
    with pytest.raises(StoreError, match=r"answered 404: there is no such endpoint"):
        store.select(ALL)
    store.close()


def test_a_bad_query_is_the_fault_of_the_query(real: StoreConfig) -> None:
    store = opened(real)
    with pytest.raises(QueryError, match="refused"):
        store.select("SELECT ?s WHERE { ?s ?p }")
    with pytest.raises(QueryError, match="SERVICE"):
        store.select("SELECT ?s WHERE { SERVICE <http://e/> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="not a SELECT"):
        store.select("ASK { ?s ?p ?o }")
    with pytest.raises(QueryError):
        store.construct("SELECT ?s WHERE { ?s ?p ?o }").__next__()
    store.close()


def test_the_secret_must_be_there_and_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    config = StoreConfig(
        "http://127.0.0.1:9/q", "http://127.0.0.1:9/u", auth=Auth("basic", "m", "PW")
    )
    monkeypatch.delenv("PW", raising=False)
    with pytest.raises(StoreError, match=r"variable PW is not set.*export PW"):
        opened(config)
    monkeypatch.setenv("PW", "s3cret")
    store = opened(config)
    with pytest.raises(StoreError) as caught:
        store.select(ALL)
    assert "s3cret" not in str(caught.value)
    assert "s3cret" not in str(store.facts())
    store.close()


def test_a_wrong_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(servers.PASSWORD, "wrong")
    with servers.virtuoso(tmp_path / "v") as config:
        store = opened(config)
        with pytest.raises(StoreError, match=r"refused museo \(401\).*\[store.auth\]"):
            store.probe()
        with pytest.raises(StoreError, match=r"refused museo \(401\)"):
            store.publish()
        store.close()


def test_a_build_that_dies_leaves_the_old_one(real: StoreConfig, tmp_path: Path) -> None:
    file = tmp_path / "inventaire.csv"
    file.write_text("REF,INV,TITR,REPR,MUSEO,DOMN\na,1.1,Nature morte,nature morte (nautile),M0001,"
                    "peinture\n", encoding="utf-8")  # fmt: skip
    workspace = Workspace(tmp_path / "w")
    specs = sources.gather([file], crosswalk="joconde")
    alive = [True]
    with hostile.before(real, lambda _n, _p: None if alive[0] else "dies", timeout=60) as config:
        build.build(workspace, specs, store=config)
        first = workspace.current()
        before, everything, pointer = (
            graphs_of(workspace),
            set(named_graphs(real)),
            current_of(real),
        )

        def progress(stage: str, _share: float) -> None:
            alive[0] = stage != "reconcile"

        with pytest.raises(MuseoError, match="the previous build still answers"):
            build.build(workspace, specs, store=config, progress=progress)
        alive[0] = True
        assert workspace.current().name == first.name
        assert graphs_of(workspace) == before
        assert current_of(real) == pointer
        leftovers = set(named_graphs(real)) - everything
        assert leftovers, "the server was dead: what it had could not be removed"

        build.build(workspace, specs, store=config)
        assert workspace.current().name != first.name
        assert not leftovers & set(named_graphs(real)), "the next build removes it"
        assert current_of(real) != pointer
        assert graphs_of(workspace).keys() == before.keys()


def graphs_of(workspace: Workspace) -> dict[str, int]:
    with closing(workspace.current().open()) as store:
        return store.graphs()


def named_graphs(config: StoreConfig) -> list[str]:
    found = transport.Transport(config).query(
        "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", transport.JSON, (), ()
    )
    return [line for line in found.body.read().decode().split('"') if line.startswith("https:")]


def current_of(config: StoreConfig) -> bytes:
    found = transport.Transport(config).query(
        "SELECT ?u WHERE { GRAPH <https://museosciences.example/build/current> "
        "{ ?s <https://museosciences.example/ns#union> ?u } }", transport.JSON, (), (),
    )  # fmt: skip
    return found.body.read()
