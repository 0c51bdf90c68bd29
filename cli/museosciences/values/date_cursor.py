"""The cursor that the rules of the date grammar move over the tokens of a segment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from museosciences.values.date_words import Token

T = TypeVar("T")
_SKIPPED = frozenset({"FILLER", "TO"})


class Cursor:
    """A position in the tokens of a segment."""

    def __init__(self, tokens: list[Token], text: str, *, day_first: bool, typed: bool) -> None:
        # "entré en 1906" is not "entre".
        self.tokens = [
            token._replace(kind="WORD")
            if token.kind == "BETWEEN" and text[token.start : token.end].endswith("é")
            else token
            for token in tokens
        ]
        self.text = text
        self.position = 0
        self.day_first = day_first
        self.typed = typed

    def at_end(self) -> bool:
        """No token is left."""
        return self.position >= len(self.tokens)

    def peek_kind(self, ahead: int = 0) -> str:
        """The kind of the token at the cursor or further on, "" after the last."""
        index = self.position + ahead
        return self.tokens[index].kind if index < len(self.tokens) else ""

    def peek(self, kind: str) -> str | None:
        """The value of the current token when it is of a kind."""
        return str(self.tokens[self.position].value) if self.peek_kind() == kind else None

    def next(self) -> Token:
        """Consume a token."""
        self.position += 1
        return self.tokens[self.position - 1]

    def take(self, *kinds: str) -> Token | None:
        """Consume the token at the cursor when it is of one of some kinds."""
        return self.next() if self.peek_kind() in kinds else None

    def take_word(self, *words: str) -> Token | None:
        """Consume one of some plain words."""
        return self.next() if self.peek("WORD") in words else None

    def skip(self) -> None:
        """Pass over articles and prepositions."""
        while self.peek_kind() in _SKIPPED:
            self.position += 1

    def attempt(self, rule: Callable[[], T | None]) -> T | None:
        """Apply a rule; when it gives None, the position is as before."""
        start = self.position
        found = rule()
        if found is None:
            self.position = start
        return found

    def doubts(self, *, postfix: bool = False) -> tuple[bool, bool]:
        """Words and marks of approximation and of uncertainty at the cursor."""
        approximate = uncertain = False
        while True:
            start = self.position
            if not postfix:
                self.skip()
            token = self.take("APPROX", "UNCERTAIN", "BOTH")
            if token is None:
                self.position = start
                return approximate, uncertain
            if postfix and token.kind != "BOTH" and token.value not in ("?", "~"):
                self.position = start
                return approximate, uncertain
            approximate |= token.kind in ("APPROX", "BOTH")
            uncertain |= token.kind in ("UNCERTAIN", "BOTH")
