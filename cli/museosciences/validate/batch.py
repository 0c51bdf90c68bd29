"""Validation of a batch of records, which always ends with an answer for each of them."""

from __future__ import annotations

from collections.abc import Sequence

from museosciences.validate.engines import Engine
from museosciences.validate.findings import Finding, arrange, unjudged
from museosciences.validate.shapes import Shapes

Records = Sequence[tuple[str, bytes]]

# What a record that cannot be judged quotes of the engine's own words.
_REASON_LENGTH = 300


def batch(engine: Engine, shapes: Shapes, data_by_record: Records) -> list[Finding]:
    """The findings on some records, each given as (record IRI, its N-Triples bytes).

    When the engine raises, the batch is halved down to the record at fault, which gets a
    violation with the engine's reason; the others are judged as if it had not been there. Of
    several records with one IRI only the first is judged: together they would look like one
    record with two titles, two dates and two makers (see ``duplicate``).
    """
    first: dict[str, bytes] = {}
    for record, data in data_by_record:
        first.setdefault(record, data)
    return arrange(_judge(engine, shapes, list(first.items())))


def _judge(engine: Engine, shapes: Shapes, records: Records) -> list[Finding]:
    if not records:
        return []
    try:
        return engine.validate(b"".join(data for _, data in records), shapes)
    except BaseException as error:
        if not is_failure_of_engine(error):
            raise
        if len(records) == 1:
            return [unjudged(records[0][0], reason(error))]
    middle = len(records) // 2
    return _judge(engine, shapes, records[:middle]) + _judge(engine, shapes, records[middle:])


def is_failure_of_engine(error: BaseException) -> bool:
    """An exception, or a panic of a Rust engine, which is a BaseException by design of PyO3."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def reason(error: BaseException) -> str:
    """The engine's own words, on one line."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= _REASON_LENGTH else text[: _REASON_LENGTH - 1] + "…"
