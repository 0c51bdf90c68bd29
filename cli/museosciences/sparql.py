"""SPARQL as tokens: parameters are bound, and keywords found, without touching strings or IRIs.

The lexical grammar is that of SPARQL 1.1, section 19.8; only what must be told apart is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from museosciences.errors import QueryError, Said

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                  |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
      | (?P<variable>[?$]\w+)
      | (?P<name>[^\W\d]?[\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
      | (?P<word>[A-Za-z_]\w*)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
# After these, a constant must stand in brackets where a variable could stand alone.
_BRACKETED = frozenset({"GROUP", "ORDER", "HAVING"})


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: its kind (space, iri, string, variable, name, word, other) and text."""

    kind: str
    text: str


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query; joined again they are the query."""
    for found in _TOKEN.finditer(query):
        yield Token(str(found.lastgroup), found.group())


def keywords(query: str) -> frozenset[str]:
    """The bare words of a query in capitals: keywords, function names, ``A``.

    >>> "SERVICE" in keywords('ASK { BIND("SERVICE" AS ?x) } # SERVICE')
    False
    """
    return frozenset(token.text.upper() for token in tokens(query) if token.kind == "word")


def calls_out(query: str) -> bool:
    """Whether a query might ask another server (SERVICE) or fetch a document (LOAD).

    Engines read a keyword also where no space parts it from its neighbours (``SERVICEex:a``,
    ``trueSERVICE<…>``), so that the words are looked for inside of others too, variables and
    local names excepted: a prefix must not be called so.

    >>> calls_out("ASK { SERVICE:x {} }"), calls_out('ASK { ?service ex:SERVICE "SERVICE" }')
    (True, False)
    """
    return any(
        word in token.text.partition(":")[0].upper()
        for token in tokens(query)
        if token.kind in ("word", "name")
        for word in ("SERVICE", "LOAD")
    )


FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def form(query: str) -> str:
    """The form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE. Raises QueryError.

    A query that calls another server (SERVICE) is refused: the answer would not be that of this
    build, and the text of a question would leave the house.

    >>> form("PREFIX select: <http://e/> ASK { ?select a select:ASK }")
    'ASK'
    """
    if calls_out(query):
        raise QueryError(
            Said(
                "la requête appelle un autre serveur (SERVICE), ce qui n’est pas permis",
                "the query calls another server (SERVICE), which is not allowed",
            ),
            remedy=Said(
                "interroger ce serveur à part, et réunir les deux réponses",
                "ask that server by itself, and join the two answers",
            ),
        )
    words = (token.text.upper() for token in tokens(query) if token.kind == "word")
    found = next((word for word in words if word in FORMS), None)
    if found is None:
        raise QueryError(
            Said(
                "ce texte n’est pas une requête SPARQL : il ne demande rien",
                "the text is not a SPARQL query: it asks nothing",
            ),
            remedy=Said(
                "commencer par " + ", ".join(FORMS[:-1]) + " ou " + FORMS[-1],
                "begin with " + ", ".join(FORMS[:-1]) + " or " + FORMS[-1],
            ),
        )
    return found


def bind(query: str, bindings: Mapping[str, Term]) -> str:
    """The query with terms in the place of variables.

    In a projection the variable stays as a column: ``SELECT ?m`` becomes ``SELECT (<…> AS ?m)``,
    and in that of a sub-select ``(<…> AS ?m_bound)``.
    Raises QueryError when a term cannot stand in a query (blank nodes, triples).

    >>> bind("SELECT ?m WHERE { ?s ?p ?m }", {"m": ox.Literal(3)})
    'SELECT ("3"^^<http://www.w3.org/2001/XMLSchema#integer> AS ?m) WHERE { ?s ?p \
"3"^^<http://www.w3.org/2001/XMLSchema#integer> }'
    """
    if not bindings:
        return query
    texts = {name: _text(term) for name, term in bindings.items()}
    written: list[str] = []
    place = _Place()
    for token in tokens(query):
        place.pass_over(token)
        name = token.text[1:] if token.kind == "variable" else ""
        if name not in texts or place.named:
            written.append(token.text)
        elif place.projects:
            written.append(f"({texts[name]} AS ?{name}{'_bound' if place.inner else ''})")
        else:
            written.append(f"({texts[name]})" if place.bracketed else texts[name])
    return "".join(written)


class _Place:
    """Where in a query a token stands: in a projection, or in a clause that needs brackets."""

    def __init__(self) -> None:
        self.bracketed = False
        self.named = False
        self._selects = False
        self._depth = 0
        self._braces = 0

    @property
    def inner(self) -> bool:
        """Inside the braces of another query: a sub-select must not name a column twice."""
        return self._braces > 0

    @property
    def projects(self) -> bool:
        """Among the variables that a SELECT names, outside its expressions."""
        return self._selects and self._depth == 0

    def pass_over(self, token: Token) -> None:
        if token.kind == "word":
            word = token.text.upper()
            self.named = word == "AS"
            if word == "SELECT":
                self._selects, self._depth = True, 0
            elif word in ("WHERE", "FROM"):
                self._selects = False
            elif word in _BRACKETED:
                self.bracketed = True
            elif word in ("LIMIT", "OFFSET", "VALUES"):
                self.bracketed = False
        elif token.text == "(":
            self._depth += 1
        elif token.text == ")":
            self._depth -= 1
            self.named = False
        elif token.text in "{}":
            self._braces += 1 if token.text == "{" else -1
            self._selects = self.bracketed = False


def _text(term: Term) -> str:
    if isinstance(term, ox.NamedNode | ox.Literal):
        return str(term)
    raise QueryError("a parameter is an IRI or a literal", remedy="bind no blank node")
