from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termatlas.errors import SourceError, UsageError
from termatlas.model import Problem, Reference, Term
from termatlas.resolve import resolve
from termatlas.sources.csvfile import CSV
from termatlas.sources.files import SourceFile, find_files
from termatlas.sources.options import Options
from termatlas.sources.reader import Link
from termatlas.terminal import guarded, unguarded

Read = Callable[..., Sequence[object]]


def file_of(path: Path) -> SourceFile:
    (file,) = find_files([path])
    return file


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(text: str | bytes, options: Options | None = None, name: str = "t.csv") -> Sequence[object]:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(CSV.read(file_of(path), options or Options()))

    return read


@pytest.fixture(autouse=True)
def _cell_limit() -> Iterator[None]:
    before = csv.field_size_limit()
    yield
    csv.field_size_limit(before)


def terms(found: Sequence[object]) -> list[Term]:
    return [item for item in found if isinstance(item, Term)]


def problems(found: Sequence[object]) -> list[str]:
    return [str(item).partition("t.csv, ")[2] for item in found if isinstance(item, Problem)]


def test_a_table_of_terms(read: Read) -> None:
    (clip,) = read(
        "Term,Slug,Category,Synonyms,Definition,See also\n"
        'CLIP,clip,Vision,"C-LIP, LIP","A model, contrastive.",vit; bert|t5\n'
    )
    assert isinstance(clip, Term)
    assert (clip.name, clip.slug, clip.categories, clip.aliases) == ("CLIP", "clip", ("Vision",), ("C-LIP", "LIP"))
    assert clip.definition == "A model, contrastive."
    assert [link.written for link in clip.related] == ["vit", "bert", "t5"]
    assert str(clip.where).endswith("t.csv, line 2, row 2")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read: Read, delimiter: str) -> None:
    rows = [["term", "definition", "related"], ["A", "One, two; three | four", "B"], ["B", "Two", ""]]
    text = "".join(delimiter.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    found = terms(read("\ufeff" + text))
    assert [(term.name, term.definition) for term in found] == [("A", "One, two; three | four"), ("B", "Two")]


def test_separators_of_related_terms_are_not_taken_for_the_delimiter(read: Read) -> None:
    (a,) = terms(read("name,related\nA,b;c;d;e\n"))
    assert [link.written for link in a.related] == ["b", "c", "d", "e"]


@pytest.mark.parametrize(("delimiter", "sign"), [("tab", "\t"), (r"\t", "\t"), (";", ";"), ("/", "/")])
def test_the_delimiter_can_be_given(read: Read, delimiter: str, sign: str) -> None:
    (a,) = terms(read(f"term{sign}definition\nA{sign}x, y", Options(delimiter=delimiter)))
    assert (a.name, a.definition) == ("A", "x, y")


def test_a_delimiter_of_two_characters_is_refused(read: Read) -> None:
    with pytest.raises(UsageError, match='"::" cannot part columns; the delimiter is one character, or "tab"'):
        read("term::definition\n", Options(delimiter="::"))


def test_excels_own_first_line_names_the_delimiter(read: Read) -> None:
    (a,) = terms(read("sep=;\r\nterm;definition\r\nA;x,y,z\r\n"))
    assert (a.name, a.definition, a.line) == ("A", "x,y,z", 3)


def test_cells_of_several_lines_keep_the_line_numbers_right(read: Read) -> None:
    found = terms(read('term,definition\nA,"one\n\ntwo, ""three"""\n\nB,x\n'))
    assert [(term.name, term.line, term.field) for term in found] == [("A", 2, "row 2"), ("B", 6, "row 4")]
    assert found[0].definition == 'one\n\ntwo, "three"'


def test_columns_by_number_without_a_header(read: Read) -> None:
    options = Options(fields={"term": "1", "explanation": "3"})
    found = terms(read("A,x,Text one\nB,y,Text two\n", options))
    assert [(term.name, term.definition, term.line) for term in found] == [("A", "Text one", 1), ("B", "Text two", 2)]


def test_columns_by_number_under_a_header(read: Read) -> None:
    (a,) = terms(read("Headword,Term\nx,A\n", Options(fields={"term": "2", "definition": "1"})))
    assert (a.name, a.definition) == ("A", "x")


def test_columns_by_other_names(read: Read) -> None:
    (a,) = terms(
        read("Stichwort,Siehe\nA!,b;c\n", Options(fields={"term": "Stichwort", "related": "Siehe"}, strip="!"))
    )
    assert (a.name, [link.written for link in a.related]) == ("A", ["b", "c"])


def test_of_two_columns_with_one_name_the_first_counts(read: Read) -> None:
    (a,) = terms(read("term,definition,definition\nA,first,second\n"))
    assert a.definition == "first"


def test_ragged_rows(read: Read) -> None:
    found = read("term,definition,related\nA\nB,x,y,,\nC,x, with a comma,y\n\n,,\n ,x\n")
    assert [(term.name, term.definition) for term in terms(found)] == [("A", ""), ("B", "x"), ("C", "x")]
    assert problems(found) == [
        "line 4, row 4: 4 cells, though the table has 3 columns; "
        "put a cell that holds the delimiter between quotation marks",
        "line 7, row 7: neither a name nor a slug; give the term a name",
    ]


def test_an_open_quotation_mark_is_told(read: Read) -> None:
    found = read('term,definition\nA,x\nB,"never closed\nC,x\n')
    assert [term.name for term in terms(found)] == ["A", "B"]
    assert problems(found) == [
        "line 3, row 3: a quotation mark is opened and not closed; "
        "close the quotation mark, or double it if it is part of the text"
    ]


def test_a_quotation_mark_within_a_cell_opens_nothing(read: Read) -> None:
    found = read('term,definition\nFloppy disk,"no, 3.5"" wide"\nDisk,8" wide\n')
    assert [term.definition for term in terms(found)] == ['no, 3.5" wide', '8" wide']
    assert problems(found) == []


def test_the_last_quotation_mark_may_be_the_open_one(read: Read) -> None:
    (problem,) = problems(read('term,definition\nA,"never closed\n'))
    assert problem.startswith("line 2, row 2: a quotation mark is opened and not closed")


def test_large_cells_and_nul_bytes_are_read(read: Read) -> None:
    (a,) = terms(read("term,definition\nA," + "x" * 200_000 + "\0\n"))
    assert a.definition == "x" * 200_000 + "\ufffd"


def test_a_cell_of_many_megabytes_is_refused(read: Read) -> None:
    with pytest.raises(SourceError) as caught:
        read('term,definition\nA,x\nB,"' + ("word " * 200 + "\n") * 20_000)
    assert str(caught.value).endswith(
        "t.csv, line 3: the row cannot be read (field larger than field limit (16777216)); "
        "close the quotation mark, or double it if it is part of the text"
    )


def test_a_table_without_names_is_refused(read: Read) -> None:
    with pytest.raises(SourceError) as caught:
        read("Datum,Betrag\n1.1.,5\n")
    assert str(caught.value).endswith(
        't.csv, line 1: no column is known to hold the terms\' names; the first row is "Datum, Betrag"; '
        "name the column with --map term=HEADER, or by its number with --map term=1"
    )


def test_not_utf_8(read: Read) -> None:
    with pytest.raises(SourceError, match=r"t\.csv, line 2: byte 0xe9 is not UTF-8; save the file as UTF-8"):
        read(b"term,definition\nCaf\xe9,x\n")


def test_empty_tables(read: Read) -> None:
    assert read("") == read("\n\n") == read("term,definition\n") == []


def test_a_table_of_links(read: Read) -> None:
    found = read("source,target,kind,reciprocal\na,b,related,true\na,c,broader,false\nd,a,,\n,a\nb,\n")
    file = found[0].file if isinstance(found[0], Link) else ""
    assert found[:3] == [
        Link(source="a", reference=Reference(written="b", line=2, field="row 2"), file=file),
        Link(source="a", reference=Reference(written="c", kind="broader", line=3, field="row 3"), file=file),
        Link(source="d", reference=Reference(written="a", line=4, field="row 4"), file=file),
    ]
    assert problems(found) == [
        "line 5, row 5: a link without a source; fill both columns or delete the row",
        "line 6, row 6: a link without a target; fill both columns or delete the row",
    ]


@pytest.mark.parametrize("header", ["Source;Target;Type", "from;to;relation", "Subject;Object;Predicate", "kind;x;y"])
def test_links_go_by_other_names(read: Read, header: str) -> None:
    found = read(f"{header}\na;b;Directed\n" if "kind" not in header else "target;kind;source\nb;related;a\n")
    assert [(link.source, link.reference.written) for link in found if isinstance(link, Link)] == [("a", "b")]
    assert [link.reference.kind.lower() for link in found if isinstance(link, Link)] == ["related"]


def test_our_own_export_comes_back(read: Read) -> None:
    found = read(
        "slug,name,category,defined,in_degree,out_degree,core,community,component,status\n"
        "a,A,Vision,true,0,1,1,0,0,orphan\nb,'=1+1,,True,1,1,1,0,0,ok\nc,'@c,,false,1,0,1,0,0,wanted\n"
    )
    assert [(term.slug, term.name, term.categories) for term in terms(found)] == [
        ("a", "A", ("Vision",)),
        ("b", "=1+1", ()),
    ]


@given(st.text(alphabet="=+-@\t\r＝＋－＠'a", min_size=1, max_size=6))
def test_the_guard_against_formulas_is_taken_off(name: str) -> None:
    if not name.startswith("'"):
        assert unguarded(guarded(name)) == name


CELLS = st.text(alphabet="ab ,;|\"'\n=é", max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6), st.sampled_from([",", ";", "\t", "|"]))
@example([("'\n", "")], ",")
@settings(deadline=None, max_examples=100)
def test_what_a_spreadsheet_writes_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows([("term", "definition"), *rows])
    found = list(CSV.read(file_of(path), Options(markup="plain")))
    names = [name.strip() for name, definition in rows if name.strip()]
    assert [term.name for term in terms(found) if "=" not in term.name] == [name for name in names if "=" not in name]


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("a.csv", "x,y", True),
        ("a.TSV", "x\ty", True),
        ("a.csv", '{"term": "x"}', False),
        ("a.csv", "<!doctype html>", False),
        ("a.txt", "term;definition\nA;x", True),
        ("a", "source,target\na,b", True),
        ("a.txt", "A term, and its definition", False),
        ("a.md", "term,definition", False),
    ],
)
def test_which_files_are_tables(tmp_path: Path, name: str, text: str, known: bool) -> None:
    (tmp_path / name).write_text(text)
    file = file_of(tmp_path / name)
    assert CSV.knows(file, file.head()) is known


def test_flashcards(corpora: Path) -> None:
    home = "https://developers.google.com/machine-learning/glossary/#"
    options = Options(
        fields={"term": "1", "explanation": "2"}, delimiter="|", strip=" (Google Machine Learning Glossary)", home=home
    )
    found = list(CSV.read(file_of(corpora / "google-ml-flashcards" / "google-ml-glossary-en.csv"), options))
    cards = terms(found)
    assert len({term.slug for term in cards}) == len(cards) == 413
    assert not any(term.name.endswith(")") and "Google" in term.name for term in cards)
    assert len({(t.slug, link.written) for t in cards for link in t.related if link.written.startswith(home)}) == 782
    # The file itself ends within a cell.
    assert [item.where.line for item in found if isinstance(item, Problem)] == [5105]
    accuracy = next(term for term in resolve(cards, home) if term.slug == "accuracy")
    assert accuracy.definition.startswith("The fraction of predictions that a classification model got right.")
    assert accuracy.related[0].written == f"{home}prediction"
