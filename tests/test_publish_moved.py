"""Slugs of the past lead to their terms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from published import SITE, files, small, term
from termatlas.errors import SourceError
from termatlas.model import Glossary, Term
from termatlas.publish.job import publish
from termatlas.publish.manifest import MANIFEST, Entry, Manifest, entries, read_manifest
from termatlas.publish.moved import Moved, Redirect, moved_terms, read_redirects


def of(*terms: Term) -> Glossary:
    return replace(small(), terms=terms)


def known(glossary: Glossary) -> dict[str, Entry]:
    return entries(glossary, {each.slug: each.slug for each in glossary.terms})


def after(before: Glossary, now: Glossary, *given: Redirect, was: Manifest | None = None) -> Moved:
    return moved_terms(given, was or Manifest(terms=known(before)), known(now), now, "redirects.csv")


CLIP = term("clip", name="CLIP", definition="A model.")


@pytest.mark.parametrize(
    "now",
    [
        term("clip-model", name="Clip", definition="Another text."),
        term("contrastive", name="Contrastive pre-training", definition="A model."),
        term("contrastive", name="Contrastive pre-training", definition="Another text.", aliases=("CLIP",)),
    ],
    ids=["by its name", "by its text", "by an alias"],
)
def test_a_term_is_known_again(now: Term) -> None:
    assert after(of(CLIP, term("vit")), of(now, term("vit"))) == Moved({"clip": now.slug}, [])


def test_a_term_that_became_an_alias_of_an_older_one_leads_there() -> None:
    assert after(of(CLIP, term("vit")), of(term("vit", aliases=("clip",)))).to == {"clip": "vit"}


@pytest.mark.parametrize(
    "now",
    [
        (term("a", name="CLIP"), term("b", name="CLIP")),
        (term("a", name="A", definition="A model."), term("b", name="B", definition="A model.")),
        (term("other"),),
    ],
    ids=["two names", "two texts", "neither"],
)
def test_where_two_could_be_meant_or_none_the_slug_is_gone(now: tuple[Term, ...]) -> None:
    assert after(of(CLIP), of(*now)) == Moved({}, ["clip"])


def test_terms_without_texts_are_not_taken_for_each_other() -> None:
    empty = replace(CLIP, definition="")
    assert after(of(empty), of(replace(empty, slug="a", name="A"))) == Moved({}, ["clip"])


def test_chains_are_followed_to_their_end_and_kept_for_ever() -> None:
    was = Manifest(terms=known(of(replace(CLIP, slug="b"))), moved={"a": "b"})
    first = after(of(), of(replace(CLIP, slug="c")), was=was)
    assert first == Moved({"a": "c", "b": "c"}, [])
    again = Manifest(terms=known(of(replace(CLIP, slug="c"))), moved=first.to)
    assert after(of(), of(replace(CLIP, slug="c")), was=again) == first


def test_a_slug_that_is_in_use_again_is_no_redirect() -> None:
    was = Manifest(terms=known(of(replace(CLIP, slug="b"))), moved={"a": "b"}, gone=("x",))
    now = of(replace(CLIP, slug="a"), term("x"))
    assert after(of(), now, was=was) == Moved({"b": "a"}, [])


def test_redirects_to_a_term_that_is_no_more_are_gone() -> None:
    was = Manifest(terms=known(of(replace(CLIP, slug="b"))), moved={"a": "b"}, gone=("z",))
    assert after(of(), of(term("other")), was=was) == Moved({}, ["a", "b", "z"])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([Redirect("vit", "bert", 1)], 'line 1: "vit" is the slug of a term; redirect only slugs that no term has'),
        ([Redirect("a", "b", 1), Redirect("b", "a", 2)], 'line 1: "a" leads in a circle back to "b"'),
        ([Redirect("a", "a", 4)], 'line 4: "a" leads in a circle back to "a"'),
        ([Redirect("a", "b", 2), Redirect("b", "birt", 3)], 'line 2: no term has the slug "birt"; near it: bert'),
        ([Redirect("a", "§", 7)], 'line 7: no term has the slug "§"; give the slug of a term'),
    ],
)
def test_a_redirect_that_cannot_be_is_an_error_with_its_line(given: list[Redirect], message: str) -> None:
    with pytest.raises(SourceError) as caught:
        after(of(), of(term("vit"), term("bert")), *given)
    assert str(caught.value).startswith(f"redirects.csv, {message}")


SLUGS = st.sampled_from("abcdefgh")


@settings(deadline=None)
@given(st.dictionaries(SLUGS, SLUGS, max_size=8), st.sets(SLUGS, max_size=4), st.sets(SLUGS, max_size=4))
def test_whatever_was_every_slug_of_the_past_leads_to_a_term_or_is_gone(
    moved: dict[str, str], old: set[str], new: set[str]
) -> None:
    before, now = of(*map(term, sorted(old))), of(*map(term, sorted(new)))
    found = after(before, now, was=Manifest(terms=known(before), moved=moved))
    assert set(found.to.values()) <= new
    assert {*found.to, *found.gone} == (old | moved.keys()) - new
    assert not set(found.to) & set(found.gone)


def test_a_file_of_redirects_is_read_with_or_without_its_head(tmp_path: Path) -> None:
    path = tmp_path / "redirects.csv"
    path.write_bytes(b'\xef\xbb\xbfOld,New\r\n\r\n"a, b",c\r\nd , e\r\n')
    assert read_redirects(path) == [Redirect("a, b", "c", 3), Redirect("d", "e", 4)]
    path.write_text("old,older\n")
    assert read_redirects(path) == [Redirect("old", "older", 1)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"a,b\nc\n", ", line 2: not an old slug and a new one; write old,new"),
        (b"a,b,c\n", ", line 1: not an old slug and a new one; write old,new"),
        (b"a,\n", ", line 1: not an old slug and a new one; write old,new"),
        (b"a,b\na,c\n", ', line 2: "a" leads to "b" already, by line 1; keep one of the two lines'),
        (b"a,b\n\xff,c\n", ", line 2: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b'a,"b\n', ", line 1: not CSV: unexpected end of data; correct the line"),
    ],
)
def test_a_line_that_is_no_redirect_is_an_error(tmp_path: Path, text: bytes, message: str) -> None:
    path = tmp_path / "redirects.csv"
    path.write_bytes(text)
    with pytest.raises(SourceError) as caught:
        read_redirects(path)
    assert str(caught.value) == f"{path}{message}"


def test_a_file_of_redirects_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.csv: cannot be read \(no such file or directory\)"):
        publish(small(), tmp_path / "site", redirects=tmp_path / "none.csv")
    assert not (tmp_path / "site").exists()


def test_renamed_and_removed_terms_leave_their_traces_in_a_site(tmp_path: Path) -> None:
    publish(of(CLIP, term("vit", "clip"), term("old")), tmp_path, site_url=SITE)
    now = of(replace(CLIP, slug="clip & co"), term("vit", "clip & co"))
    done = publish(now, tmp_path, site_url=SITE)
    assert done.moved == {"clip": "clip & co"}
    made = files(tmp_path)
    stem = read_manifest(tmp_path / MANIFEST).terms["clip & co"].file
    page = made["clip.html"].decode()
    assert f'<meta http-equiv="refresh" content="0; url=./{stem}.html">' in page
    assert f'<link rel="canonical" href="{SITE}{stem}.html">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert b"dct:isReplacedBy <https://w3id.org/ai/clip%20%26%20co>" in made["clip.ttl"]
    assert f"/ai/clip.html /ai/{stem}.html 301\n" in made["_redirects"].decode()
    assert "clip.html" not in made["sitemap.xml"].decode()
    assert {"old.html", "old.ttl"}.isdisjoint(made)
    assert "RewriteRule ^old\\.(?:html|ttl)$ - [G]" in made[".htaccess"].decode()
    assert "RewriteRule ^(?:faq/)?old(?:/[0-9]+)?$ - [G]" in made["w3id/.htaccess"].decode()
    before = files(tmp_path)
    assert publish(now, tmp_path, site_url=SITE).written == 0
    assert files(tmp_path) == before


def test_a_page_for_a_slug_of_the_past_makes_way_for_a_term_of_that_name(tmp_path: Path) -> None:
    publish(of(CLIP, term("vit")), tmp_path, site_url=SITE)
    publish(of(replace(CLIP, slug="clip2"), term("vit")), tmp_path, site_url=SITE)
    publish(of(replace(CLIP, slug="clip2"), term("vit"), term("clip", name="Paper clip")), tmp_path, site_url=SITE)
    assert b"Paper clip" in files(tmp_path)["clip.html"]
    assert read_manifest(tmp_path / MANIFEST).moved == {}


def test_a_file_of_redirects_makes_pages_for_slugs_that_were_never_published(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("ancient,vit\nAncient,clip\n")
    publish(small(), tmp_path / "site", site_url=SITE, redirects=tmp_path / "r.csv")
    publish(small(), tmp_path / "site", site_url=SITE)
    pages = [name for name in files(tmp_path / "site") if "ncient" in name and name.endswith(".html")]
    assert len(pages) == 2
    assert read_manifest(tmp_path / "site" / MANIFEST).moved == {"ancient": "vit", "Ancient": "clip"}
