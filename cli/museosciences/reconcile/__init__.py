"""Reconciliation: terms -> concepts, with evidence.

Each answer is a Match: a concept or none, how sure, by which method, and a status: ``accepted``,
``review`` (a person should look) or ``none``. None with the method ``trap`` was looked for and is
known to be no concept of ours; with ``unmatched`` it is simply unknown; with ``failed`` there was
nothing to look for.
"""

from museosciences.reconcile.decisions import PersonDecision, append_decisions, read_decisions
from museosciences.reconcile.graph import reconciliation
from museosciences.reconcile.lists import habits, match_list
from museosciences.reconcile.lookup import KINDS
from museosciences.reconcile.match import Match
from museosciences.reconcile.people import KnownPersons
from museosciences.reconcile.persons import Person, same_persons
from museosciences.reconcile.taxa import Contradiction, contradiction, match_taxon
from museosciences.reconcile.terms import match_term
from museosciences.reconcile.titles import Mention, mentions

__all__ = [
    "KINDS",
    "Contradiction",
    "KnownPersons",
    "Match",
    "Mention",
    "Person",
    "PersonDecision",
    "append_decisions",
    "contradiction",
    "habits",
    "match_list",
    "match_taxon",
    "match_term",
    "mentions",
    "read_decisions",
    "reconciliation",
    "same_persons",
]
