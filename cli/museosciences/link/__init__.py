"""Links between arts and sciences: found by rules, explained, scored, and judged by people."""

from museosciences.link.chain import chain
from museosciences.link.find import ACCEPTED, SURE, WEAK, find, rules
from museosciences.link.judge import judge, known
from museosciences.link.listing import COLUMNS, Filter, explain, listing, parts
from museosciences.link.review import Decision, Pair, Review, precision
from museosciences.link.review import append as append_reviews
from museosciences.link.review import read as read_reviews

__all__ = [
    "ACCEPTED",
    "COLUMNS",
    "SURE",
    "WEAK",
    "Decision",
    "Filter",
    "Pair",
    "Review",
    "append_reviews",
    "chain",
    "explain",
    "find",
    "judge",
    "known",
    "listing",
    "parts",
    "precision",
    "read_reviews",
    "rules",
]
