"""Template expressions (rml-core): fixed text with references in braces."""

from __future__ import annotations

from museosciences.rml.model import Reference, Template


class TemplateSyntaxError(ValueError):
    """The template breaks the grammar; the message says where."""


def parse(text: str) -> Template:
    r"""Read a template; a backslash escapes ``{``, ``}`` and itself.

    >>> parse("http://example.com/{ID}/{$['Full name']}").parts
    ('http://example.com/', Reference(text='ID'), '/', Reference(text="$['Full name']"))
    >>> parse(r"\{ {x} \}").parts
    ('{ ', Reference(text='x'), ' }')

    Raises TemplateSyntaxError for a brace that is neither closed, opened nor escaped.
    """
    parts: list[str | Reference] = []
    current: list[str] = []
    inside = False
    position = 0
    while position < len(text):
        char = text[position]
        if char == "\\" and position + 1 < len(text) and text[position + 1] in "\\{}":
            position += 1
            current.append(text[position])
        elif char == "{":
            if inside:
                raise TemplateSyntaxError(_at("'{' inside a reference must be escaped", position))
            _flush(parts, current)
            inside = True
        elif char == "}":
            if not inside:
                raise TemplateSyntaxError(_at("'}' without '{'", position))
            if not current:
                raise TemplateSyntaxError(_at("a reference is empty", position))
            parts.append(Reference("".join(current)))
            current.clear()
            inside = False
        else:
            current.append(char)
        position += 1
    if inside:
        raise TemplateSyntaxError("a reference is not closed by '}'")
    _flush(parts, current)
    return Template(tuple(parts))


def _flush(parts: list[str | Reference], current: list[str]) -> None:
    if current:
        parts.append("".join(current))
        current.clear()


def _at(cause: str, position: int) -> str:
    return f"{cause} (character {position + 1})"
