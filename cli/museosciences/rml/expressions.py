"""Term maps -> pieces of code: what each term of the output is made of.

One ``Terms`` serves one triples map in one pass. It turns references into variables, term maps
into pieces in N-Triples form, and keeps the constants of the mapping in ``names``: the
namespace in which the compiled source runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from museosciences.errors import MappingError, Place
from museosciences.rml import functions, terms
from museosciences.rml.code import Piece, Source, Text, Var
from museosciences.rml.model import (
    IRI_TYPES,
    Call,
    Constant,
    Fresh,
    Reference,
    Template,
    TermMap,
    TermType,
)


@dataclass(frozen=True)
class Value:
    """A variable that holds one scalar: a ``str``, or any value of JSON or a function."""

    var: Var
    is_text: bool


class Reader(Protocol):
    """How one formulation reads a reference from the current iteration."""

    def value(self, terms: Terms, reference: str, part: str) -> Value:
        """The value under its guard: where it is null, nothing is generated."""
        ...

    def raw(self, terms: Terms, reference: str, part: str) -> Var:
        """The value without guard, None where it is null (for functions that ask)."""
        ...


class Names:
    """The namespace of the compiled source; equal things get one name."""

    def __init__(self) -> None:
        self.space: dict[str, Any] = {}
        self._known: dict[tuple[str, object], str] = {}
        self._count: dict[str, int] = {}

    def add(self, prefix: str, key: object, make: Callable[[], Any]) -> str:
        if (prefix, key) not in self._known:
            self._count[prefix] = number = self._count.get(prefix, 0) + 1
            self._known[prefix, key] = name = f"{prefix}_{number}"
            self.space[name] = make()
        return self._known[prefix, key]


#: What the compiled source calls without a number: fixed, the same for all mappings.
HELPERS: dict[str, Any] = {
    "escape": terms.escape,
    "blank_label": terms.blank_label,
    "text": terms.text,
    "literal": terms.literal,
    "language": terms.language,
    "truth": terms.truth,
}


class Terms:
    """Compiles the term maps of one triples map."""

    def __init__(self, reader: Reader, names: Names, file: str | None) -> None:
        self.reader = reader
        self.names = names
        self.file = file
        self._vars: dict[object, Var] = {}
        self._count = 0

    # ---- variables ----------------------------------------------------------------------

    def var(
        self,
        key: object,
        prefix: str,
        kind: Literal["plain", "test", "each"],
        source: Source | None,
        *,
        name: str | None = None,
        condition: str | None = None,
        depends: tuple[Var, ...] = (),
        keep: bool = False,
    ) -> Var:
        """The variable of a key, made on first use."""
        if key not in self._vars:
            self._count += 1
            label = name or f"{prefix}{self._count}"
            self._vars[key] = Var(label, self._count, kind, source, condition, depends, keep)
        return self._vars[key]

    def derived(self, function: str, var: Var, prefix: str) -> Var:
        """``function(var)``, computed once."""
        source = Source((f"{function}(", var, ")"))
        return self.var(("derived", function, var), prefix, "plain", source)

    def part(self, part: str) -> str:
        """The name under which the compiled source holds a part, for its reports."""
        return self.names.add("PART", part, lambda: part)

    def error(self, part: str, cause: str, remedy: str | None = None) -> MappingError:
        return MappingError(cause, place=Place(file=self.file, part=part), remedy=remedy)

    # ---- terms --------------------------------------------------------------------------

    def term(self, term_map: TermMap) -> tuple[Piece, ...]:
        """The term in N-Triples form."""
        expression, kind = term_map.expression, term_map.term_type
        if isinstance(expression, Constant):
            return self._constant(term_map, expression)
        if isinstance(expression, Fresh):
            new = Source(("next(fresh)",))
            return (self.var(("fresh", term_map), "b", "plain", new, keep=True),)
        if kind is TermType.LITERAL:
            return self._literal(term_map)
        if kind is TermType.BLANK_NODE:
            label = Source(("blank_label(", self._plain_text(term_map), ")"))
            return Text("_:b"), self.var(("label", term_map), "b", "plain", label)
        if isinstance(expression, Template) and kind in (TermType.IRI, TermType.URI):
            return self._template_iri(term_map, expression)
        return (self._checked_iri(term_map),)

    def conditions(self, conditions: tuple[TermMap, ...]) -> frozenset[Var]:
        """Guards: the values of the conditions must be true."""
        found = set()
        for condition in conditions:
            value = self.scalar(condition)
            source = Source(("truth(", value.var, ")"))
            found.add(self.var(("condition", condition), "ok", "test", source))
        return frozenset(found)

    def _constant(self, term_map: TermMap, constant: Constant) -> tuple[Piece, ...]:
        text = constant.text
        if term_map.term_type is TermType.LITERAL and (term_map.language or term_map.datatype):
            return self._qualified(term_map, (Text(terms.escape(text)),), None)
        return (Text(constant.term),)

    def _template_iri(self, term_map: TermMap, template: Template) -> tuple[Piece, ...]:
        encode = "encode_uri" if term_map.term_type is TermType.URI else "encode_iri"
        pieces: list[Piece] = []
        first = template.parts[0] if template.parts else ""
        if not (isinstance(first, str) and terms.is_absolute(first)):
            pieces.append(Text(term_map.base))
        for item in template.parts:
            if isinstance(item, str):
                if not terms.is_iri(f"x:{item}"):
                    raise self.error(
                        term_map.part,
                        f"the template part {item!r} cannot stand in an IRI",
                        "percent-encode what is not allowed, or set rml:termType rml:Literal",
                    )
                pieces.append(Text(item))
            else:
                value = self.reader.value(self, item.text, term_map.part)
                pieces.append(self.derived(encode, self.text(value), "e"))
        return Text("<"), *pieces, Text(">")

    def _checked_iri(self, term_map: TermMap) -> Var:
        """An IRI whose validity depends on the data: reported where it is wrong."""
        base, kind = term_map.base, term_map.term_type
        if kind in (TermType.UNSAFE_IRI, TermType.UNSAFE_URI):
            convert = self.names.add("unsafe_iri", base, lambda: terms.unsafe_iri(base))
        else:
            ascii_only = kind is TermType.URI
            convert = self.names.add("iri", (base, ascii_only), lambda: terms.iri(base, ascii_only))
        value = self.scalar(term_map)
        return self._checked(convert, value.var, term_map.part, ("iri", term_map), "i")

    def _checked(self, convert: str, var: Var, part: str, key: object, prefix: str) -> Var:
        source = Source((f"{convert}(", var, f") or report(n, {self.part(part)}, ", var, ")"))
        return self.var(key, prefix, "test", source)

    def _literal(self, term_map: TermMap) -> tuple[Piece, ...]:
        value = self.scalar(term_map)
        if term_map.datatype is not None or term_map.language is not None:
            return self._qualified(term_map, (), value)
        if value.is_text:
            return Text('"'), self.derived("escape", value.var, "x"), Text('"')
        return (self.derived("literal", value.var, "x"),)

    def _qualified(
        self, term_map: TermMap, fixed: tuple[Piece, ...], value: Value | None
    ) -> tuple[Piece, ...]:
        """A literal with a language or a datatype, constant or computed."""
        if term_map.language is not None:
            body = fixed or (self._escaped(value),)
            return Text('"'), *body, Text('"@'), *self._language(term_map.language)
        assert term_map.datatype is not None
        datatype = self.term(term_map.datatype)
        known = datatype[0].text if len(datatype) == 1 and isinstance(datatype[0], Text) else ""
        name = known[1:-1]
        if value is None:
            body = fixed
        elif name in terms.CHECKS:
            body = (self._typed(term_map, name, value),)
        else:
            body = (self._escaped(value),)
        if name == f"{terms.XSD}string":
            return Text('"'), *body, Text('"')
        return Text('"'), *body, Text('"^^'), *datatype

    def _typed(self, term_map: TermMap, datatype: str, value: Value) -> Var:
        """A lexical form that must be of its datatype: reported where it is not."""
        var = value.var
        if not value.is_text:
            convert = self.names.add("lexical", datatype, lambda: terms.lexical(datatype))
            var = self.derived(convert, var, "t")
        check = self.names.add("is_valid", datatype, lambda: _check(datatype))
        part = self.part(term_map.part)
        source = Source((var, f" if {check}(", var, f") else report(n, {part}, ", var, ")"))
        return self.var(("typed", term_map), "t", "test", source)

    def _escaped(self, value: Value | None) -> Var:
        assert value is not None
        return self.derived("escape", self.text(value), "x")

    def _language(self, language: TermMap) -> tuple[Piece, ...]:
        if isinstance(language.expression, Constant):
            return (Text(language.expression.text),)
        var = self.text(self.scalar(language))
        return (self._checked("language", var, language.part, ("language", language), "l"),)

    # ---- scalars ------------------------------------------------------------------------

    def text(self, value: Value) -> Var:
        """The lexical form of a value."""
        if value.is_text:
            return value.var
        var = value.var
        source = Source(("(", var, " if type(", var, ") is str else text(", var, "))"))
        return self.var(("text", var), "t", "plain", source)

    def _plain_text(self, term_map: TermMap) -> Var:
        return self.text(self.scalar(term_map))

    def scalar(self, term_map: TermMap) -> Value:
        """The value of a term map before it becomes a term (join sides, inputs, conditions)."""
        expression = term_map.expression
        if isinstance(expression, Reference):
            return self.reader.value(self, expression.text, term_map.part)
        if isinstance(expression, Template):
            return Value(self._template_text(term_map, expression), True)
        if isinstance(expression, Call):
            return self._call(term_map, expression)
        if isinstance(expression, Constant):
            text = expression.text
            name = self.names.add("CONSTANT", text, lambda: text)
            return Value(self.var(("constant", text), "k", "plain", None, name=name), True)
        raise self.error(term_map.part, "it has no expression")

    def _template_text(self, term_map: TermMap, template: Template) -> Var:
        """A template as text: nothing is encoded, except for IRIs."""
        if term_map.term_type in IRI_TYPES and term_map.term_type in (TermType.IRI, TermType.URI):
            pieces = self._template_iri(term_map, template)[1:-1]
        else:
            pieces = tuple(
                Text(item)
                if isinstance(item, str)
                else self.text(self.reader.value(self, item.text, term_map.part))
                for item in template.parts
            )
        key = ("template", template, term_map.part)
        return self.var(key, "t", "plain", Source(pieces, is_text=True))

    def _call(self, term_map: TermMap, call: Call) -> Value:
        function = functions.REGISTRY[call.function]
        run = self.names.add("function", _call_key(call), lambda: functions.runner(call))
        items: list[str | Piece] = [f"call({run}, n, {self.part(term_map.part)}"]
        for _, given in call.inputs:
            items.append(", ")
            if function.null_aware and isinstance(given.expression, Reference):
                items.append(self.reader.raw(self, given.expression.text, given.part))
            else:
                items.append(self.scalar(given).var)
        items.append(")")
        key = ("call", term_map.part, call)
        return Value(self.var(key, "f", "each", Source(tuple(items))), False)


def _check(datatype: str) -> terms.Check:
    """The lexical check; cached, since numbers and dates of a column repeat."""
    check = terms.CHECKS[datatype]
    return terms.cached(lambda value: bool(check(value)))


def _call_key(call: Call) -> object:
    return call.function, call.output, tuple(parameter for parameter, _ in call.inputs)
