"""The chain of a link: from the words of the work, through concepts, to those of the other side."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from museosciences import iris
from museosciences.iris import MS
from museosciences.store import GraphStore, term_text

# What binds one concept to another in the schemes, in the direction in which rules follow it.
_BINDS = (
    iris.SKOS + "broader",
    MS + "sourceOrganism",
    MS + "sourceMineral",
    MS + "usesInstrument",
    MS + "movement",
    MS + "phenomenon",
    MS + "discipline",
)
# A chain longer than this explains nothing: the ranks of a taxonomy are about ten.
LONGEST = 14


def chain(store: GraphStore, row: Mapping[str, str], lang: str) -> list[str]:
    """The steps of a link, each as a person reads it. ``row`` has the columns of a listing.

    The words of the work and their concept, the shared concept, those between it and the concept of
    the first record of the other side, and the words of that record.
    """
    via = row["via"]
    before = _meaning(store, row["art_record"], row["art_value"])
    after = _meaning(store, row["science_record"], row["science_value"])
    steps = _path(store, before, {via})[:-1] + _path(store, via, after or {via})
    labels = list(dict.fromkeys(_label(store, concept, lang) for concept in steps or [via]))
    return [
        f"{row['art_field']} : « {row['art_value']} »",
        *labels,
        f"{row['science_field']} : « {row['science_value']} »",
    ]


def _meaning(store: GraphStore, record: str, words: str) -> set[str]:
    """The concepts that the words of a record were taken for."""
    query = f"""SELECT DISTINCT ?c ?l WHERE {{
        {{ <{record}> ?p ?t }} UNION {{ <{record}> ?q ?e . ?e ?p ?t . FILTER(?q IN (
          <{iris.CRM}P108i_was_produced_by>, <{iris.CRMSCI}O19i_was_object_encountered_by>,
          <{iris.CRMSCI}O8i_was_observed_by>)) }}
        ?t <{MS}concept> ?c ; <{iris.RDFS}label> ?l }}"""
    found = [(term_text(c), term_text(label)) for c, label in store.select(query).rows]
    exact = {c for c, label in found if label == words}
    return exact or {c for c, label in found if words in label}


def _path(store: GraphStore, start: str | set[str], ends: set[str]) -> list[str]:
    """The shortest way between concepts, either way up; only the ends when there is none."""
    starts = {start} if isinstance(start, str) else start
    towards = _search(store, starts, ends)
    if towards:
        return towards
    back = _search(store, ends, starts)
    return back[::-1] if back else [*sorted(starts)[:1], *sorted(ends)[:1]]


def _search(store: GraphStore, starts: set[str], ends: set[str]) -> list[str]:
    queue = deque([[start] for start in sorted(starts)])
    seen = set(starts)
    while queue:
        path = queue.popleft()
        if path[-1] in ends:
            return path
        if len(path) < LONGEST:
            for bound in _bound(store, path[-1]):
                if bound not in seen:
                    seen.add(bound)
                    queue.append([*path, bound])
    return []


def _bound(store: GraphStore, concept: str) -> Iterator[str]:
    binds = ", ".join(f"<{name}>" for name in _BINDS)
    query = f"SELECT DISTINCT ?o WHERE {{ <{concept}> ?p ?o . FILTER(?p IN ({binds})) }}"
    for (bound,) in store.select(query).rows:
        yield term_text(bound)


def _label(store: GraphStore, concept: str, lang: str) -> str:
    query = f"""SELECT ?l (LANG(?l) AS ?lang) WHERE {{
        <{concept}> <{iris.SKOS}prefLabel>|<{iris.RDFS}label> ?l }}"""
    labels = {term_text(row[1]): term_text(row[0]) for row in store.select(query).rows}
    return labels.get(lang) or labels.get("") or labels.get("fr") or concept.rpartition("/")[2]
