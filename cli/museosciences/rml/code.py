"""Python code as data: variables, guards and f-strings, printed as readable source.

A statement of the output is a tuple of pieces: fixed texts and variables. A variable is plain
(always has a value), tested (its code runs under an ``if``) or iterated (under a ``for``).
Statements that share the same tests and loops share one block, and one f-string.

Texts of the mapping enter the source only through ``repr`` of a ``str``; names are made here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from museosciences.rml import octets

INDENT = "    "
#: The output whose lines are counted: one for each piece, and ``extra`` where pieces hold more.
COUNTED = "emit"
#: How the code that escapes a text for N-Triples begins.
ESCAPE = "escape("


@dataclass(frozen=True)
class Text:
    """A fixed text of the output."""

    text: str


@dataclass(eq=False)
class Var:
    """A local variable. ``source`` is code with variables inside, or pieces of a text.

    kind: ``plain`` assigned once; ``test`` guarded by its truth, or by ``condition``;
    ``each`` iterated over.
    """

    name: str
    number: int
    kind: Literal["plain", "test", "each"]
    source: Source | None
    condition: str | None = None
    depends: tuple[Var, ...] = ()
    keep: bool = False  # computed once for each iteration even when used once

    def guards(self) -> set[Var]:
        """The tests and loops under which this variable exists, itself included."""
        found = {guard for var in self.inside() for guard in var.guards()}
        if self.kind != "plain":
            found.add(self)
        return found

    def inside(self) -> tuple[Var, ...]:
        """The variables that its source uses."""
        source = self.source.items if self.source is not None else ()
        return (*self.depends, *(item for item in source if isinstance(item, Var)))


Piece = Text | Var


@dataclass(frozen=True)
class Source:
    """What a variable is computed from: code (strings and variables), or pieces of a text."""

    items: tuple[str | Piece, ...]
    is_text: bool = False


@dataclass(frozen=True)
class Statement:
    """Code to run for each combination of values: ``before`` text ``after``.

    Text statements are collected into one call of ``emit`` per block and output.
    """

    emit: str
    pieces: tuple[Piece, ...]
    guards: frozenset[Var] = frozenset()  # in addition to those of the pieces
    code: tuple[str | Var, ...] = ()  # raw code instead of an emission

    def variables(self) -> list[Var]:
        found = [piece for piece in self.pieces if isinstance(piece, Var)]
        return found + [item for item in self.code if isinstance(item, Var)]

    def all_guards(self) -> list[Var]:
        found = set(self.guards)
        for var in (*self.variables(), *self.guards):
            found |= var.guards()
        return sorted(found, key=lambda var: var.number)


@dataclass
class Block:
    """Statements under the same guards, and the blocks under one more guard."""

    statements: list[Statement] = field(default_factory=list)
    children: dict[Var, Block] = field(default_factory=dict)

    def add(self, statement: Statement) -> None:
        block = self
        for guard in statement.all_guards():
            block = block.children.setdefault(guard, Block())
        block.statements.append(statement)

    def uses(self) -> Counter[Var]:
        """How often each variable is used here and below."""
        count: Counter[Var] = Counter()
        for statement in self.statements:
            count.update(statement.variables())
        for guard, child in self.children.items():
            count.update(guard.inside())
            count.update(child.uses())
        return count


class Printer:
    """Prints the blocks of one triples map."""

    def __init__(self, root: Block, *, plain: bool = False, octets: bool = False) -> None:
        """``plain``: nothing needs escaping, so ``escape(x)`` is printed as ``x``.

        ``octets``: texts at run time hold UTF-8 octets as characters (see octets.py), and so
        must the fixed ones.
        """
        self.root = root
        self.plain = plain
        self.octets = octets
        self.uses = _with_indirect(root.uses())
        # A text inside code would need quotes inside quotes: it gets a name instead.
        self.in_code = {
            inner
            for var in self.uses
            if var.source is not None and not var.source.is_text
            for inner in var.inside()
        } | _in_statement_code(root)

    def lines(self, depth: int) -> list[str]:
        return list(self._block(self.root, depth, frozenset(), {}))

    def _block(
        self, block: Block, depth: int, open_guards: frozenset[Var], defined: dict[Var, None]
    ) -> Iterator[str]:
        defined = dict(defined)
        needed = _with_indirect(block.uses())
        for var in sorted(needed, key=lambda var: var.number):
            new = var.kind == "plain" and var not in defined and self._is_kept(var)
            if new and var.guards() <= open_guards:
                yield f"{INDENT * depth}{var.name} = {self._value(var, depth)}"
                defined[var] = None
        yield from self._statements(block, depth)
        for guard, child in block.children.items():
            yield f"{INDENT * depth}{self._opening(guard, depth)}"
            yield from self._block(child, depth + 1, open_guards | {guard}, defined)

    def _is_kept(self, var: Var) -> bool:
        """A value used once is written where it is used."""
        if var.source is None:
            return False
        return self.uses[var] > 1 or var.keep or (var.source.is_text and var in self.in_code)

    def _opening(self, guard: Var, depth: int) -> str:
        value = "" if guard.source is None else self._value(guard, depth)
        if guard.kind == "each":
            return f"for {guard.name} in {value}:"
        if guard.condition is not None:
            return f"if {guard.condition}:"
        return f"if ({guard.name} := {value}):" if value else f"if {guard.name}:"

    def _value(self, var: Var, depth: int) -> str:
        source = var.source
        if source is None:
            return var.name
        if self.plain and source.items[0] == ESCAPE:
            source = Source(source.items[1:-1])
        if source.is_text:
            return self._text([item for item in source.items if not isinstance(item, str)])
        return "".join(
            item if isinstance(item, str) else self._name(item, depth)
            for item in source.items
            if not isinstance(item, Text)
        )

    def _name(self, var: Var, depth: int) -> str:
        if var.kind == "plain" and var.source is not None and not self._is_kept(var):
            return self._value(var, depth)
        return var.name

    def _text(self, pieces: list[Piece]) -> str:
        """Pieces as adjacent literals, which Python joins into one f-string."""
        parts: list[str] = []
        fixed = ""
        for piece in self._flat(pieces):
            if isinstance(piece, Text):
                fixed += octets.of_text(piece.text) if self.octets else piece.text
                continue
            if fixed:
                parts.append(repr(fixed))
                fixed = ""
            parts.append("f'{" + self._name(piece, 0) + "}'")
        if fixed or not parts:
            parts.append(repr(fixed))
        return " ".join(parts)

    def _flat(self, pieces: list[Piece]) -> Iterator[Piece]:
        """Texts that are used once are spliced in."""
        for piece in pieces:
            source = piece.source if isinstance(piece, Var) else None
            kept = isinstance(piece, Var) and self._is_kept(piece)
            if source is not None and source.is_text and not kept:
                yield from self._flat([item for item in source.items if not isinstance(item, str)])
            else:
                yield piece

    def _statements(self, block: Block, depth: int) -> Iterator[str]:
        outputs: dict[str, list[Statement]] = {}
        for statement in block.statements:
            if statement.code:
                code = "".join(
                    item if isinstance(item, str) else self._name(item, depth)
                    for item in statement.code
                )
                yield f"{INDENT * depth}{code}"
            else:
                outputs.setdefault(statement.emit, []).append(statement)
        for emit, statements in outputs.items():
            yield f"{INDENT * depth}{emit}("
            for statement in statements:
                yield f"{INDENT * (depth + 1)}{self._text(list(statement.pieces))}"
            yield f"{INDENT * depth})"
            if emit == COUNTED and len(statements) > 1:
                yield f"{INDENT * depth}extra += {len(statements) - 1}"


def _in_statement_code(block: Block) -> set[Var]:
    found = {
        item for statement in block.statements for item in statement.code if isinstance(item, Var)
    }
    for child in block.children.values():
        found |= _in_statement_code(child)
    return found


def _with_indirect(count: Counter[Var]) -> Counter[Var]:
    """Add the uses that plain variables make of one another (each is computed once)."""
    total = Counter(count)
    waiting = [var for var in count if var.kind == "plain"]
    while waiting:
        var = waiting.pop()
        for inner in var.inside():
            if inner not in total and inner.kind == "plain":
                waiting.append(inner)
            total[inner] += 1
    return total
