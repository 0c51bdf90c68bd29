"""Identifiers: what is encoded, what stays, and that RML templates mint the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from museosciences import iris


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("982.12.1", "982.12.1"),
        ("001.1", "001.1"),
        ("a b", "a%20b"),
        ("é", "é"),
        ("a/b#c?d", "a%2Fb%23c%3Fd"),
        ("l'œuf", "l%27œuf"),
        ("100%", "100%25"),
        ("<x>", "%3Cx%3E"),
    ],
)
def test_encode(text: str, encoded: str) -> None:
    assert iris.encode(text) == encoded


@given(st.text(min_size=1).filter(lambda t: not any("\ud800" <= c <= "\udfff" for c in t)))
def test_encode_is_reversible_and_safe(text: str) -> None:
    from urllib.parse import unquote

    encoded = iris.encode(text)
    assert unquote(encoded) == text
    assert not set(encoded) & set(" <>\"{}|\\^`/?#[]@!$&'()*+,;=:")


def test_digest_is_stable_and_separates_its_parts() -> None:
    assert iris.digest("a", "b") == iris.digest("a", "b")
    assert iris.digest("a", "b") != iris.digest("ab", "")
    assert len(iris.digest("x")) == 16
