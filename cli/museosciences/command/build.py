"""``museo build`` and ``museo status``: make a build, and say what the current one holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from museosciences import build as chain
from museosciences import executor as executors
from museosciences import link, sources
from museosciences.command.quality import show as show_quality
from museosciences.command.shared import (
    Form,
    FormOption,
    LangOption,
    WorkspaceOption,
    current_store,
    language,
    workspace_of,
)
from museosciences.errors import told
from museosciences.iris import DEFAULT_BASE
from museosciences.output import console, emit, messages
from museosciences.register import Register
from museosciences.store import config
from museosciences.workspace import Workspace

ACCOUNT = ("source", "read", "loaded", "quarantined", "refused", "coverage", "mapped", "error")
FIRST_LINKS = 5
FIRST_REFUSALS = 8
STAGES = {
    "fr": {
        "read": "lecture, correspondances, contrôle",
        "vocabulary": "vocabulaires",
        "reconcile": "rapprochements",
        "link": "liens",
    },
    "en": {
        "read": "reading, mapping, validating",
        "vocabulary": "vocabularies",
        "reconcile": "reconciling",
        "link": "linking",
    },
}


def build(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Fichiers, dossiers ou sources.toml ; sans argument : la démonstration."
        ),
    ] = None,
    museum: Annotated[
        list[str] | None,
        typer.Option(
            help="Code Muséofile, une fois pour tous les fichiers ou une fois pour chacun."
        ),
    ] = None,
    crosswalk: Annotated[
        str | None, typer.Option(help="Concordance à employer (défaut : reconnue).")
    ] = None,
    base: Annotated[
        str, typer.Option(help="IRI de base des identifiants.", envvar="MUSEO_BASE")
    ] = DEFAULT_BASE,
    engine: Annotated[
        str, typer.Option(help="Moteur SHACL : shacl, pyshifty ou pyshacl.")
    ] = "shacl",
    store: Annotated[
        str | None,
        typer.Option(
            help="Serveur SPARQL qui gardera les graphes : fichier TOML ([store]) ou URL.",
            envvar="MUSEO_STORE",
        ),
    ] = None,
    executor: Annotated[
        str, typer.Option(help="Qui lit et contrôle : process (cette machine) ou dask.")
    ] = "process",
    scheduler: Annotated[
        str | None,
        typer.Option(help="Avec dask : adresse de l’ordonnanceur (défaut : cette machine)."),
    ] = None,
    storage: Annotated[
        str | None,
        typer.Option(
            help="Avec dask : dossier ou URL fsspec que toutes les machines partagent "
            "(défaut : l’espace de travail)."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    form: FormOption = Form.table,
    lang: LangOption = None,
) -> None:
    """Lit, met en correspondance, contrôle, charge, rapproche et relie."""
    specs = sources.gather(files or [], museum or [], crosswalk)
    place = workspace_of(workspace)
    server = None if store is None else config.of(store)
    workers = executors.choose(executor, scheduler)
    with _progress(language(lang)) as progress:
        account = chain.build(
            place,
            specs,
            base=base,
            engine=engine,
            store=server,
            executor=workers,
            storage=storage,
            progress=progress,
        )
    _print_account(account, form, language(lang))
    _print_refused(place, language(lang))
    if form is Form.table:
        _print_links(workspace, account, language(lang))
    if any(_unusable(source) for source in account["sources"]):
        raise typer.Exit(3)


def _unusable(source: dict[str, Any]) -> bool:
    """A source that could not be read, or of which every row was refused."""
    return bool(source["error"]) or 0 < source["read"] == source["refused"]


def _print_refused(workspace: Workspace, lang: str) -> None:
    """The first refused rows and why, on stderr."""
    register = Register(workspace.current().register)
    reasons = register.refusals(lang)
    register.close()
    heads = {"fr": "Lignes refusées :", "en": "Rows refused:"}
    if reasons:
        messages().print(heads[lang], markup=False)
    for reason in reasons[:FIRST_REFUSALS]:
        messages().print(f"  {reason}", markup=False, soft_wrap=True)
    if len(reasons) > FIRST_REFUSALS:
        messages().print(f"  … {len(reasons) - FIRST_REFUSALS}", markup=False)


@contextmanager
def _progress(lang: str) -> Iterator[chain.Progress]:
    """A progress bar on stderr, on a terminal only."""
    if not messages().is_terminal:
        yield lambda _stage, _share: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=messages(), transient=True) as bar:
        task = bar.add_task("", total=len(STAGES[lang]))
        order = list(STAGES[lang])

        def show(stage: str, share: float) -> None:
            done = order.index(stage) + share
            bar.update(task, description=STAGES[lang][stage], completed=done)

        yield show


def _print_account(account: dict[str, Any], form: Form, lang: str) -> None:
    told_once = [
        {**source, "error": source["error"] and told(source["error"], lang)}
        for source in account["sources"]
    ]
    account = {**account, "sources": told_once}
    if form is Form.json:
        typer.echo(json.dumps(account, ensure_ascii=False, indent=1))
        return
    rows = [[_cell(source, name) for name in ACCOUNT] for source in account["sources"]]
    total = account["total"]
    rows.append(["TOTAL", *(total[name] for name in ACCOUNT[1:5]), "", "", ""])
    emit(ACCOUNT, rows, form)
    if form is not Form.table:
        return
    balance = "{read} = {loaded} + {quarantined} + {refused}".format_map(total)
    texts = {
        "fr": f"\nNotices lues = chargées + en quarantaine + refusées : {balance}",
        "en": f"\nRows read = loaded + quarantined + refused: {balance}",
    }
    console().print(texts[lang], markup=False)
    if not any(source["mapped"] for source in account["sources"]):
        unchanged = {
            "fr": "Rien n’a changé : aucune source n’a été mise en correspondance à nouveau.",
            "en": "Nothing has changed: no source was mapped again.",
        }
        console().print(unchanged[lang], markup=False)


def _cell(source: dict[str, Any], name: str) -> Any:
    value = source[name]
    if name == "coverage":
        return f"{value:.1%}"
    if name == "mapped":
        return "✓" if value else "="
    return value


def _print_links(workspace: Path | None, account: dict[str, Any], lang: str) -> None:
    total = sum(account["links"].values())
    heads = {
        "fr": f"{total} liens entre arts et sciences ; les premiers :",
        "en": f"{total} links between arts and sciences; the first:",
    }
    console().print("\n" + heads[lang], markup=False)
    with current_store(workspace) as store:
        for row in link.listing(store, lang=lang)[:FIRST_LINKS]:
            values = dict(zip(link.COLUMNS, row, strict=True))
            score = f"{float(values['score']):.2f}"
            console().print(f"  {score}  {values['explanation']}", markup=False)


def status(
    quality: Annotated[
        bool, typer.Option("--quality", help="Le profil de qualité, par source et par musée.")
    ] = False,
    source: Annotated[
        str | None, typer.Option(help="Avec --quality : cette source seulement.")
    ] = None,
    museum: Annotated[str | None, typer.Option(help="Avec --quality : ce musée seulement.")] = None,
    workspace: WorkspaceOption = None,
    form: FormOption = Form.table,
    lang: LangOption = None,
) -> None:
    """Le compte de chaque source, les graphes et leur fraîcheur ; la qualité des notices."""
    if quality or source or museum:
        show_quality(workspace_of(workspace), source, museum, form, language(lang))
        return
    current = workspace_of(workspace).current()
    account = current.account()
    _print_account(account, form, language(lang))
    if form is not Form.table:
        return
    with current_store(workspace) as store:
        graphs = store.graphs()
    console().print()
    prefix = f"{account['base']}graph/"
    emit(
        ("graph", "triples"),
        [(name.removeprefix(prefix), count) for name, count in sorted(graphs.items())],
        form,
    )
    server = account["store"]["server"]["query"] if "store" in account else ""
    told = f"\n{current.name}  {account['date']}  {account['base']}  {server}"
    console().print(told.rstrip(), markup=False)


def add(app: typer.Typer) -> None:
    """Give the commands to the application."""
    app.command()(build)
    app.command()(status)
