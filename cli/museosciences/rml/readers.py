"""How each formulation reads references: columns of CSV, paths of JSON, paths of XML.

A reader serves one triples map. It makes the variables that hold the values of a reference, and
notes in the namespace what the compiled source needs for it.
"""

from __future__ import annotations

from museosciences.rml import jsonpath, values, xpath
from museosciences.rml.code import Source, Var
from museosciences.rml.expressions import Names, Terms, Value
from museosciences.rml.model import LogicalSource


class CsvReader:
    """References are column names; each column of the pass is one local variable."""

    def __init__(self, source: LogicalSource, columns: list[str], names: Names) -> None:
        self.columns = columns
        self.nulls = source.nulls
        self.names = names

    def value(self, terms: Terms, reference: str, part: str) -> Value:  # noqa: ARG002
        name = self._column(reference)
        if not self.nulls:
            return Value(terms.var(reference, "c", "plain", None, name=name), True)
        condition = name
        if self.nulls != {""}:
            condition = f"{name} not in {self._nulls()}"
        return Value(terms.var(reference, "c", "test", None, name=name, condition=condition), True)

    def raw(self, terms: Terms, reference: str, part: str) -> Var:  # noqa: ARG002
        name = self._column(reference)
        if not self.nulls:
            return terms.var(reference, "c", "plain", None, name=name)
        source = Source((f"({name} if {name} not in {self._nulls()} else None)",))
        return terms.var(("raw", reference), "r", "plain", source)

    def _nulls(self) -> str:
        return self.names.add("NULLS", self.nulls, lambda: self.nulls)

    def _column(self, reference: str) -> str:
        if reference not in self.columns:
            self.columns.append(reference)
        return f"c{self.columns.index(reference)}"


class JsonReader:
    """References are JSONPaths on ``item``, the current value of the iteration."""

    def __init__(self, item: str, nulls: frozenset[str], names: Names) -> None:
        self.item = item
        self.nulls = nulls
        self.names = names

    def value(self, terms: Terms, reference: str, part: str) -> Value:
        steps = jsonpath.steps(reference)
        single = steps is not None and jsonpath.is_single(steps)
        path, label = self._path(terms, reference, part), terms.part(part)
        if not single:
            code = f"each({path}, n, {label})"
        elif self.nulls:
            code = f"scalar({path}, n, {label})"
        else:  # most values are texts: they are taken without a call
            code = f"(x,) if type(x := {path}) is str else scalar(x, n, {label})"
        source = Source((code,))
        key = ("value", reference) if single else ("value", reference, part)
        return Value(terms.var(key, "v", "each", source), False)

    def raw(self, terms: Terms, reference: str, part: str) -> Var:
        steps = jsonpath.steps(reference)
        path = self._path(terms, reference, part)
        if steps is None or not jsonpath.is_single(steps):
            path = f"next(iter({path}), None)"
        return terms.var(("raw", reference), "r", "plain", Source((path,)))

    def _path(self, terms: Terms, reference: str, part: str) -> str:
        steps = jsonpath.steps(reference)
        if steps is None:
            try:
                query = jsonpath.query(reference)
            except jsonpath.JSONPathError as error:
                raise terms.error(part, str(error), "correct the reference") from error
            return f"{self.names.add('select', reference, lambda: query)}({self.item})"
        if not steps:
            return self.item
        if len(steps) == 1 and isinstance(steps[0], str):
            return f"{self.item}_get({steps[0]!r})"
        if jsonpath.is_single(steps):
            path = tuple(step for step in steps if not isinstance(step, jsonpath.Wildcard))
            return f"{self.names.add('path', path, lambda: values.getter(path))}({self.item})"
        query = jsonpath.query(reference)
        return f"{self.names.add('select', steps, lambda: query)}({self.item})"


class XmlReader:
    """References are XPaths on ``item``, the current element."""

    def __init__(self, item: str, source: LogicalSource, names: Names, wanted: set[str]) -> None:
        """``wanted`` collects the tags of children, which are read in one look."""
        self.item = item
        self.source = source
        self.names = names
        self.wanted = wanted

    def value(self, terms: Terms, reference: str, part: str) -> Value:
        source = Source((self._path(terms, reference, part),))
        single = xpath.is_single(reference)
        key = ("value", reference) if single else ("value", reference, part)
        return Value(terms.var(key, "v", "each", source), True)

    def raw(self, terms: Terms, reference: str, part: str) -> Var:
        source = Source((f"next(iter({self._path(terms, reference, part)}), None)",))
        return terms.var(("raw", reference), "r", "plain", source)

    def _path(self, terms: Terms, reference: str, part: str) -> str:
        try:
            tag = xpath.child_tag(reference, self.source.namespaces)
            if tag is not None:
                self.wanted.add(tag)
                return f"{self.item}_get({tag!r}, ())"
            query = xpath.query(reference, self.source.namespaces, self.source.nulls)
        except xpath.XPathError as error:
            raise terms.error(part, str(error), "correct the XPath") from error
        key = (reference, self.source.namespaces, self.source.nulls)
        return f"{self.names.add('xpath', key, lambda: query)}({self.item})"
