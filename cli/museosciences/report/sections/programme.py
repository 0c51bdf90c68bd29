"""What the operation shows: the vitrines, the travelling exhibition, the programme and its "
"state."""

from __future__ import annotations

from collections.abc import Iterator

from museosciences.report.asking import Asker, Result
from museosciences.report.facts import Facts
from museosciences.report.model import Block, Missing, Section, Text

# Candidates that a page shows of each vitrine; the workbook shows all.
SHOWN = 8


def sections(asker: Asker, facts: Facts) -> Iterator[Section]:
    """Vitrines, travelling exhibition, programme."""
    del facts
    w = asker.scope.wording
    yield Section(
        "vitrines", w("Les vitrines virtuelles", "The virtual display cases"), (*_vitrines(asker),)
    )
    title = w("L’exposition itinérante", "The travelling exhibition")
    yield Section("travelling", title, (*_travelling(asker),))
    yield Section(
        "programme",
        w("Le programme et son état", "The programme and its state"),
        (*_phases(asker), *_programme(asker)),
    )


def _vitrines(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    cases = asker.ask("vitrines")
    found = asker.ask("vitrine-candidates")
    if not cases.rows:
        yield Missing(
            w("Le thème ne définit pas de vitrine.", "The theme defines no display case.")
        )
        return
    columns = [
        ("inventory_number", "number_text", w("N° d’inventaire", "Inventory no.")),
        ("title", "text", w("Titre ou désignation", "Title or designation")),
        ("museum", "museum", w("Musée", "Museum")),
        ("reason", "sentence", w("Raison", "Reason")),
    ]
    if asker.scope.museum is not None:
        columns = [column for column in columns if column[0] != "museum"]
    for case in cases.rows:
        rows = [row for row in found.rows if row["vitrine"] == case["label"]]
        name = w(
            f"Vitrine {case['number']} – {case['label']}",
            f"Display case {case['number']} – {case['label']}",
        )
        if not rows:
            yield Missing(
                w(
                    f"{name} : aucun candidat parmi les notices chargées.",
                    f"{name}: no candidate among the records loaded.",
                )
            )
            continue
        number = w.count(len(rows), ("candidat", "candidats"), ("candidate", "candidates"))
        yield asker.table(
            Result((), _spread(rows), found.cited),
            f"vitrine-{case['number']}-table",
            name,
            columns,
            shown=SHOWN,
            note=w(f"{case['description']} {number}.", f"{case['description']} {number}."),
        )


def _spread(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The same rows, museums taking turns, so that the first ones come from several."""
    turns: dict[object, int] = {}
    ranked = []
    for position, row in enumerate(rows):
        turns[row["museum"]] = turns.get(row["museum"], 0) + 1
        ranked.append((turns[row["museum"]], position, row))
    return [row for _, _, row in sorted(ranked, key=lambda entry: entry[:2])]


def _travelling(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("travelling-exhibition")
    if not found.rows:
        yield Missing(
            w(
                "Aucune œuvre n’a de lien assez sûr pour être proposée.",
                "No work has a link sure enough to be proposed.",
            )
        )
        return
    yield Text(
        w(
            "Sont proposées les œuvres dont les liens, d’un score d’au moins 0,5, touchent le "
            "plus de "
            "musées de sciences : leurs répondants peuvent voyager avec elles.",
            "Proposed: the works whose links, with a score of at least 0.5, reach the most museums "
            "of sciences: their counterparts can travel with them.",
        )
    )
    columns = [
        ("number", "number_text", w("N° d’inventaire", "Inventory no.")),
        ("title", "text", w("Titre", "Title")),
        ("museum", "museum", w("Musée", "Museum")),
        ("museums", "integer", w("Musées liés", "Museums linked")),
        ("links", "integer", w("Liens", "Links")),
        ("with_image", "yes", w("Image", "Image")),
    ]
    caption = w("Candidats à l’exposition itinérante", "Candidates for the travelling exhibition")
    if asker.scope.museum is not None:
        columns = [column for column in columns if column[0] != "museum"]
    yield asker.table(found, "travelling-table", caption, columns, shown=20)


def _phases(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("phases")
    if asker.scope.museum is None and found.rows:
        rows = [{**r, "when": w.span(r["begin"] or "", r["end"] or "")} for r in found.rows]
        columns = [
            ("number", "integer", w("N°", "No.")),
            ("label", "text", w("Phase", "Phase")),
            ("when", "text", w("Dates", "Dates")),
            ("state", "state", w("État", "State")),
        ]
        yield asker.table(
            Result((), rows, found.cited),
            "phases-table",
            w("Phases de l’opération", "Phases of the operation"),
            columns,
        )


def _programme(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("programme-of-museum" if asker.scope.museum else "programme")
    gathered: dict[tuple[str, str], dict[str, object]] = {}
    for row in found.rows:
        entry = gathered.setdefault((row["kind"], row["label"]), {**row, "where": []})
        place = asker.museum(row["museum"])["name"] if row["museum"] else row["organisation"]
        where = entry["where"]
        assert isinstance(where, list)
        if place and place not in where:
            where.append(str(place))
    rows = [
        {
            **entry,
            "where": _places(asker, entry["where"]),
            "when": w.span(str(entry["begin"] or ""), str(entry["end"] or "")),
        }
        for entry in gathered.values()
    ]
    if not rows:
        yield Missing(
            w(
                "Le programme n’annonce rien pour ce musée.",
                "The programme announces nothing for this museum.",
            )
        )
        return
    columns = [
        ("label", "text", w("Intitulé", "Title")),
        ("where", "text", w("Lieu ou porteur", "Place or organiser")),
        ("when", "text", w("Dates", "Dates")),
        ("state", "state", w("État", "State")),
    ]
    for kinds, id, caption in (
        (
            ("ProgrammeEvent",),
            "events-table",
            w("Expositions et rendez-vous", "Exhibitions and events"),
        ),
        (
            (
                "TravellingExhibition",
                "Conference",
                "Publication",
                "Resource",
                "DigitisationCampaign",
            ),
            "actions-table",
            w("Autres actions", "Other actions"),
        ),
    ):
        chosen = sorted(
            (r for r in rows if r["kind"] in kinds), key=lambda r: (not r["begin"], str(r["begin"]))
        )
        if chosen:
            yield asker.table(Result((), chosen, found.cited), id, caption, columns, shown=40)


def _places(asker: Asker, names: object) -> str:
    assert isinstance(names, list)
    w = asker.scope.wording
    if len(names) <= 4:
        return w.set(" ; ".join(names)) if w.lang == "fr" else "; ".join(names)
    return w.count(len(names), ("musée", "musées"), ("museum", "museums"))
