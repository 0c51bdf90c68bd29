"""Files in, triples out: what museums really send, and what must not pass."""

from __future__ import annotations

import ast
import gzip
import json
from pathlib import Path

import pytest

from museosciences import rml
from museosciences.errors import MappingError, MuseoError, UnreadableFile, UsageError

PREFIXES = """@prefix rml: <http://w3id.org/rml/> .
@prefix ex: <http://ex.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix csvw: <http://www.w3.org/ns/csvw#> .
@prefix ms: <https://museosciences.example/ns#> .
@base <http://map.example/> .
"""


def quoted(text: str) -> str:
    """A text as a Turtle literal."""
    return json.dumps(text, ensure_ascii=False)


def csv_map(
    objects: dict[str, str], subject: str = "http://s/{id}", source: str = 'rml:null ""'
) -> str:
    """A mapping of data.csv; ``objects``: predicate name -> body of the object map."""
    poms = "".join(
        f" ; rml:predicateObjectMap [ rml:predicate ex:{name} ; rml:objectMap [ {body} ] ]"
        for name, body in objects.items()
    )
    return (
        f"{PREFIXES}<#Row> a rml:TriplesMap ; rml:logicalSource [ "
        f'rml:source [ a rml:FilePath ; rml:path "data.csv" ; {source} ] ; '
        f"rml:referenceFormulation rml:CSV ] ; rml:subjectMap "
        f"[ rml:template {quoted(subject)} ]{poms} ."
    )


def reference(column: str, more: str = "") -> str:
    return f"rml:reference {quoted(column)}{more}"


def run(
    folder: Path, mapping: str, data: str | bytes | None = None, *, strict: bool = True
) -> tuple[list[str], rml.MapReport]:
    (folder / "map.ttl").write_text(mapping, encoding="utf-8")
    if data is not None:
        raw = data.encode() if isinstance(data, str) else data
        (folder / "data.csv").write_bytes(raw)
    out = folder / "out.nq"
    report = rml.map_files(folder / "map.ttl", out, strict=strict)
    return out.read_text(encoding="utf-8").splitlines(), report


def objects(lines: list[str]) -> list[str]:
    return [line.split(" ", 2)[2].removesuffix(" .") for line in lines]


# ---- cells as museums write them ----------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("007", '"007"'),
        ("1.10", '"1.10"'),
        ("nan", '"nan"'),
        ("NULL", '"NULL"'),
        ("True", '"True"'),
        ("Œuvre d'été", '"Œuvre d\'été"'),
        ('"dit ""le Jeune"""', r'"dit \"le Jeune\""'),
        ("a\\b", r'"a\\b"'),
        ('"deux\nlignes"', r'"deux\nlignes"'),
        ("\u2028\u0085\u00a0x", '"\u2028\u0085\u00a0x"'),
        ("{x}", '"{x}"'),
    ],
)
def test_a_cell_stays_as_it_is(tmp_path: Path, cell: str, expected: str) -> None:
    mapping = csv_map({"p": reference("x")})
    run(tmp_path, mapping, f"id,x\n1,{cell}\n")
    text = (tmp_path / "out.nq").read_text(encoding="utf-8")
    assert text == f"<http://s/1> <http://ex.org/p> {expected} .\n"


def test_an_empty_cell_is_a_value_unless_the_mapping_says_null(tmp_path: Path) -> None:
    data = "id,x\n1,\n2,-\n3,a\n"
    plain = csv_map({"p": reference("x")}, source='rml:encoding "utf-8"')
    assert objects(run(tmp_path, plain, data)[0]) == ['""', '"-"', '"a"']
    nulls = csv_map({"p": reference("x")}, source='rml:null "", "-"')
    assert objects(run(tmp_path, nulls, data)[0]) == ['"a"']


def test_a_column_named_subject_and_a_byte_order_mark(tmp_path: Path) -> None:
    data = "\ufeffsubject,predicate,object\nun,deux,trois\n"
    mapping = csv_map({"p": reference("object")}, "http://s/{subject}")
    assert run(tmp_path, mapping, data)[0] == ['<http://s/un> <http://ex.org/p> "trois" .']


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("é", "<http://s/é>"),
        ("a/b", "<http://s/a%2Fb>"),
        ("d'art", "<http://s/d%27art>"),
        ("a b", "<http://s/a%20b>"),
        ("Œ&%", "<http://s/Œ%26%25>"),
        ("日本", "<http://s/日本>"),
    ],
)
def test_a_template_encodes_what_an_iri_cannot_hold(
    tmp_path: Path, value: str, expected: str
) -> None:
    mapping = csv_map({"p": 'rml:constant "x"'}, "http://s/{id}")
    lines, _ = run(tmp_path, mapping, f"id\n{value}\n")
    assert lines[0].split(" ")[0] == expected


@pytest.mark.parametrize(
    ("body", "good", "bad"),
    [
        (reference("x", "; rml:termType rml:IRI"), "http://a.example/é", "http://a.example/a b"),
        (reference("x", "; rml:datatype xsd:gYear"), "1875", "187x"),
        (reference("x", "; rml:datatype xsd:gYear"), "-0044", "44"),
        (reference("x", "; rml:datatype xsd:date"), "2024-02-29", "2023-02-29"),
        (reference("x", "; rml:datatype xsd:integer"), "-7", "1.5"),
        (reference("x", "; rml:datatype xsd:decimal"), "1.50", "1,5"),
        (reference("x", "; rml:datatype xsd:boolean"), "true", "vrai"),
        (reference("x", "; rml:datatype xsd:byte"), "127", "128"),
        ('rml:constant "a"; rml:languageMap [ rml:reference "x" ]', "fr-BE", "français"),
    ],
)
def test_what_cannot_become_its_term_is_named(
    tmp_path: Path, body: str, good: str, bad: str
) -> None:
    mapping, data = csv_map({"p": body}), f'id,x\n1,{good}\n2,"{bad}"\n'
    with pytest.raises(MappingError) as caught:
        run(tmp_path, mapping, data)
    place = caught.value.place
    assert place is not None
    assert (place.file, place.row, place.value) == ("data.csv", 2, bad)
    assert place.part is not None
    assert place.part.startswith("triples map Row, object map of p")
    assert not (tmp_path / "out.nq").exists()
    lines, report = run(tmp_path, mapping, data, strict=False)
    assert len(lines) == 1
    assert report.problem_count == 1
    assert report.rows == {"data.csv": 2}


def test_a_misspelt_column_is_named_with_close_ones(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="no column 'titel'") as caught:
        run(tmp_path, csv_map({"p": reference("titel")}), "id,title\n1,a\n")
    assert caught.value.remedy == "close ones: title"


def test_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="there 2 times"):
        run(tmp_path, csv_map({"p": reference("x")}), "id,x,x\n1,a,b\n")


def test_a_row_of_another_width_is_reported_with_its_number(tmp_path: Path) -> None:
    data = "id,x\n1,a\n\n2\n3,c\n"
    lines, report = run(tmp_path, csv_map({"p": reference("x")}), data, strict=False)
    assert objects(lines) == ['"a"', '"c"']
    assert [problem.place.row for problem in report.problems] == [2]
    assert report.problems[0].cause == "1 cells instead of 2"


@pytest.mark.parametrize("data", [b"id,x\n1,\xe9\n", b'id,x\n1,"open\n', b""])
def test_a_broken_file_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(MuseoError) as caught:
        run(tmp_path, csv_map({"p": reference("x")}), data)
    assert "data.csv" in str(caught.value)
    assert not (tmp_path / "out.nq").exists()


def test_a_failed_run_leaves_the_older_output(tmp_path: Path) -> None:
    (tmp_path / "out.nq").write_text("old")
    with pytest.raises(MappingError):
        run(tmp_path, csv_map({"p": reference("y")}), "id,x\n1,a\n")
    assert (tmp_path / "out.nq").read_text() == "old"
    assert {file.name for file in tmp_path.iterdir()} == {"out.nq", "map.ttl", "data.csv"}


# ---- dialects, encodings, formats ---------------------------------------------------------


def test_csvw_dialect(tmp_path: Path) -> None:
    source = (
        'a csvw:Table ; csvw:dialect [ csvw:delimiter ";" ; csvw:quoteChar "\'" ; '
        'csvw:encoding "cp1252" ; csvw:skipRows 1 ; csvw:commentPrefix "#" ; csvw:trim true ]'
    )
    data = "export du 1er mai\nid;x\n# note\n1;'œuf;été'\n2; 'x\n3;'l''art'\n".encode("cp1252")
    lines, _ = run(tmp_path, csv_map({"p": reference("x")}, source=source), data)
    # A quote after a space is a character of the cell (RFC 4180); trim takes the spaces.
    assert objects(lines) == ['"œuf;été"', '"\'x"', '"l\'art"']


def test_a_file_without_header_is_read_by_column_number(tmp_path: Path) -> None:
    source = "a csvw:Table ; csvw:dialect [ csvw:header false ]"
    mapping = csv_map({"p": reference("2")}, "http://s/{1}", source)
    assert objects(run(tmp_path, mapping, "1,a\n2,b\n")[0]) == ['"a"', '"b"']


def test_formats(tmp_path: Path) -> None:
    mapping = csv_map({"p": reference("x")})
    run(tmp_path, mapping, "id,x\n1,é\n")
    out = tmp_path / "out.ttl"
    rml.map_files(tmp_path / "map.ttl", out, "turtle")
    assert '"é"' in out.read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="unknown"):
        rml.map_files(tmp_path / "map.ttl", out, "hdt")
    texts: list[str] = []
    report = rml.map_files(tmp_path / "map.ttl", write=texts.append)
    assert "".join(texts) == '<http://s/1> <http://ex.org/p> "é" .\n'
    assert report.triples == 1


def test_json_lines_and_gzip(tmp_path: Path) -> None:
    mapping = csv_map({"p": reference("$.x[*]")}, source="rml:compression rml:gzip")
    mapping = mapping.replace("rml:CSV", "rml:JSONPath").replace("data.csv", "data.jsonl.gz")
    (tmp_path / "data.jsonl.gz").write_bytes(
        gzip.compress(b'{"id": 1, "x": ["a", null]}\n\n{"id": 2, "x": [3]}\n')
    )
    lines, report = run(tmp_path, mapping)
    assert objects(lines) == ['"a"', '"3"^^<http://www.w3.org/2001/XMLSchema#integer>']
    assert sum(report.rows.values()) == 2


# ---- joins --------------------------------------------------------------------------------


def joined(conditions: str) -> str:
    return csv_map({"same": f"rml:parentTriplesMap <#Row> {conditions}"})


def test_a_self_join_on_two_conditions(tmp_path: Path) -> None:
    mapping = joined(
        '; rml:joinCondition [ rml:child "a" ; rml:parent "b" ] '
        '; rml:joinCondition [ rml:child "c" ; rml:parent "c" ]'
    )
    lines, _ = run(tmp_path, mapping, "id,a,b,c\n1,x,y,é\n2,y,x,é\n3,y,x,o\n4,,,\n")
    assert {(line.split()[0], line.split()[2]) for line in lines} == {
        ("<http://s/1>", "<http://s/2>"),
        ("<http://s/2>", "<http://s/1>"),
    }


def test_a_join_is_not_a_nested_loop(tmp_path: Path) -> None:
    count = 3000  # nine million comparisons, were it one
    data = "id,a,b\n" + "".join(f"{n},{n},{n + 1}\n" for n in range(count))
    mapping = joined('; rml:joinCondition [ rml:child "a" ; rml:parent "b" ]')
    lines, _ = run(tmp_path, mapping, data)
    assert len(lines) == count - 1


def test_without_condition_the_parent_is_of_the_same_row(tmp_path: Path) -> None:
    lines, _ = run(tmp_path, joined(""), "id\n1\n2\n")
    assert lines == [f"<http://s/{n}> <http://ex.org/same> <http://s/{n}> ." for n in (1, 2)]


# ---- safety -------------------------------------------------------------------------------

HOSTILE = [
    "x')}; import os #",
    'f\'{__import__("os").system("id")}\'',
    '"""',
    "\\x27 + open('/etc/passwd').read() + \\x27",
    "a\nimport os\nb",
    "{0.__class__}",
    "'\\",
    "%s%n\u2028\u0000é",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_never_become_code(name: str) -> None:
    template = "http://s/{id}#" + "".join(f"\\{char}" if char in "{}\\" else char for char in name)
    parts = {
        "a": reference(name),
        "b": f"rml:template {quoted(template)} ; rml:termType rml:Literal",
        "c": f"rml:constant {quoted(name)}",
        "d": f"rml:template {quoted('{' + template[13:] + '}')} ; rml:termType rml:Literal",
    }
    for formulation in ("CSV", "JSONPath"):
        mapping = csv_map(parts, source=f"rml:null {quoted(name)}")
        mapping = mapping.replace("rml:CSV", f"rml:{formulation}")
        try:
            compiled = rml.compile(mapping.encode())
        except MappingError:
            continue  # no JSONPath
        assert called(compiled.source) <= SAFE_CALLS


SAFE_CALLS = {
    "emit", "escape", "encode_iri", "text", "literal", "scalar", "each", "report", "document_get",
    "type", "select", "path", "call", "get",
}  # fmt: skip


def called(source: str) -> set[str]:
    """The names that some code calls, without their numbers; it must hold nothing else."""
    tree = ast.parse(source)
    found = set()
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Import | ast.ImportFrom | ast.Global | ast.Lambda)
        if isinstance(node, ast.Attribute):
            assert node.attr == "get"
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else "get"
            found.add(name.rstrip("0123456789").rstrip("_"))
    assert len(tree.body) == sum(isinstance(node, ast.FunctionDef) for node in tree.body)
    return found


def test_hostile_columns_are_read(tmp_path: Path) -> None:
    name = "x')}; import os #"
    lines, _ = run(tmp_path, csv_map({"p": reference(name)}), f'id,"{name}"\n1,ok\n')
    assert objects(lines) == ['"ok"']


def test_only_allowed_folders_are_read(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "data.csv").write_text("id,x\n1,a\n")
    mapping = csv_map({"p": reference("x")})
    for path in ("../out/data.csv", str(outside / "data.csv")):
        with pytest.raises(MappingError, match="outside the folders") as caught:
            run(inside, mapping.replace("data.csv", path))
        assert "--allow" in (caught.value.remedy or "")
    (inside / "data.csv").symlink_to(outside / "data.csv")
    with pytest.raises(MappingError, match="outside the folders"):
        run(inside, mapping)
    report = rml.map_files(inside / "map.ttl", inside / "out.nq", allow=(outside,))
    assert report.triples == 1


@pytest.mark.parametrize("path", ["http://a.example/data.csv", "ftp://a.example/x"])
def test_nothing_is_fetched(tmp_path: Path, path: str) -> None:
    with pytest.raises(MappingError, match="on the web"):
        run(tmp_path, csv_map({"p": reference("x")}).replace("data.csv", path))


def xml_map(folder: Path, data: str, iterator: str = "/a/b") -> list[str]:
    mapping = csv_map({"p": reference("x")}, "http://s/{@id}", source="a rml:FilePath")
    mapping = mapping.replace("rml:CSV", f"rml:XPath ; rml:iterator {quoted(iterator)}")
    (folder / "secret.txt").write_text("secret")
    (folder / "data.xml").write_text(data, encoding="utf-8")
    return run(folder, mapping.replace("data.csv", "data.xml"))[0]


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    external = '<!DOCTYPE a [<!ENTITY e SYSTEM "secret.txt">]><a><b id="1"><x>&e;</x></b></a>'
    assert "secret" not in "".join(xml_map(tmp_path, external))
    bomb = "<!DOCTYPE a [" + '<!ENTITY l0 "lol">'
    for n in range(1, 12):
        bomb += f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">'
    bomb += ']><a><b id="1"><x>&l11;</x></b></a>'
    with pytest.raises(UnreadableFile, match="amplification"):
        xml_map(tmp_path, bomb)


@pytest.mark.parametrize("iterator", ["/a/b", "//b", "/a/b[x]", "//*[@id]"])
def test_iterators_stream_or_not_with_one_result(tmp_path: Path, iterator: str) -> None:
    data = '<a><b id="1"><x>un</x><x>dé<i>ux</i></x></b><b id="2"><x/></b></a>'
    assert objects(xml_map(tmp_path, data, iterator)) == ['"un"', '"déux"', '""']


def test_broken_xml_and_deep_json_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="XML is broken"):
        xml_map(tmp_path, "<a><b></a>")
    mapping = csv_map({"p": reference("x")}).replace("rml:CSV", "rml:JSONPath")
    with pytest.raises(UnreadableFile, match="JSON is broken"):
        run(tmp_path, mapping, "[" * 100_000)


def test_functions_nested_too_deep_are_refused() -> None:
    body = 'rml:reference "x"'
    for _ in range(30):
        body = (
            "rml:functionExecution [ rml:function ms:slug ; rml:input [ rml:parameter ms:value ; "
            f"rml:inputValueMap [ {body} ] ] ]"
        )
    with pytest.raises(MappingError, match="nested more than"):
        rml.compile(csv_map({"p": body}).encode())
