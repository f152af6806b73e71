"""What stands in a site beside its pages: linked data, its description, and what crawlers and hosts want to know."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from published import SITE, files, hostile, small, term
from termatlas.errors import UsageError
from termatlas.export.blocks import plan
from termatlas.export.rdf import rdf_bytes
from termatlas.model import Agent, Description, Glossary
from termatlas.publish.htaccess import negotiation
from termatlas.publish.job import publish
from termatlas.publish.moved import Moved
from termatlas.publish.site import site
from termatlas.publish.sitemap import MOST, sitemaps
from termatlas.publish.siteurl import checked_site_url

ASK = "PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#> "


def described() -> Glossary:
    agent = Agent(name='A "B"', iri="https://example.org/#us", url="https://example.org/")
    about = Description(
        text="Words.\nMore.",
        creators=(agent,),
        publisher=agent,
        created="2026-01-31",
        modified="2026-02-01",
        license="https://creativecommons.org/licenses/by/4.0/",
        version="1.2",
    )
    return replace(small(), description=about)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("files") / "site"
    publish(described(), out, site_url=SITE)
    return out


def triples(path: Path, base: str = SITE) -> set[str]:
    forms = {"": ox.RdfFormat.TURTLE, ".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES}
    forms |= {".rdf": ox.RdfFormat.RDF_XML, ".jsonld": ox.RdfFormat.JSON_LD, ".trig": ox.RdfFormat.TRIG}
    return {str(quad.triple) for quad in ox.parse(path.read_bytes(), forms[path.suffix], base_iri=base)}


def test_the_whole_glossary_stands_in_five_syntaxes(folder: Path) -> None:
    files = sorted((folder / "data").iterdir())
    assert [file.name for file in files] == [f"glossary.{end}" for end in ("jsonld", "nt", "rdf", "trig", "ttl")]
    assert len({frozenset(triples(file)) for file in files}) == 1
    assert (folder / "data" / "glossary.ttl").read_bytes() == rdf_bytes(described(), "turtle")


def test_each_term_has_a_file_of_what_is_said_about_it(folder: Path) -> None:
    whole = triples(folder / "data" / "glossary.ttl")
    iris = plan(described()).iris
    for slug in ("clip", "vit", "bert"):
        own = triples(folder / f"{slug}.ttl")
        assert own <= whole
        assert {line for line in whole if line.startswith(f"<{iris[slug]}> ")} <= own


def described_store(folder: Path) -> ox.Store:
    store = ox.Store()
    store.load((folder / "void.ttl").read_bytes(), ox.RdfFormat.TURTLE, base_iri=f"{SITE}void.ttl")
    return store


def rows_of(folder: Path, question: str) -> list[Any]:
    found = described_store(folder).query(ASK + question)
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


def test_the_description_counts_what_the_files_hold(folder: Path) -> None:
    data = ox.Store()
    data.load((folder / "data" / "glossary.nt").read_bytes(), ox.RdfFormat.N_TRIPLES)
    question = "SELECT ?n ?s { <https://w3id.org/ai> a void:Dataset, dcat:Dataset ; void:triples ?n ; "
    [row] = rows_of(folder, question + "void:distinctSubjects ?s }")
    assert int(row["n"].value) == len(data)
    assert int(row["s"].value) == len({quad.subject for quad in data})
    partitions = "SELECT ?p ?n { ?x void:propertyPartition [ void:property ?p ; void:triples ?n ] }"
    for row in rows_of(folder, partitions):
        assert int(row["n"].value) == sum(1 for _ in data.quads_for_pattern(None, row["p"], None))
    classes = "SELECT ?c ?n { ?x void:classPartition [ void:class ?c ; void:entities ?n ] }"
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    found = {row["c"]: int(row["n"].value) for row in rows_of(folder, classes)}
    assert found == {each: sum(1 for _ in data.quads_for_pattern(None, kind, each)) for each in found}
    assert ox.NamedNode("http://www.w3.org/2004/02/skos/core#Concept") in found


def test_the_description_names_files_that_are_there_and_their_sizes(folder: Path) -> None:
    question = "SELECT ?f ?n { ?d dcat:distribution [ dcat:downloadURL ?f ; dcat:byteSize ?n ] ; void:dataDump ?f }"
    rows = rows_of(folder, question)
    assert len(rows) == 5
    for row in rows:
        path = folder / row["f"].value.removeprefix(SITE)
        assert path.stat().st_size == int(row["n"].value)


def test_the_description_says_what_the_glossary_says_about_itself(folder: Path) -> None:
    text = (folder / "void.ttl").read_text()
    for line in (
        'dct:description "Words.\\nMore."@en',
        "dct:license <https://creativecommons.org/licenses/by/4.0/>",
        "dct:creator <https://example.org/#us>",
        'dct:created "2026-01-31"^^xsd:date',
        'owl:versionInfo "1.2"',
        '<https://example.org/#us> a foaf:Organization ;\n    foaf:name "A \\"B\\""',
        "void:exampleResource <https://w3id.org/ai/vit>",
        "void:vocabulary <http://www.w3.org/2004/02/skos/core#>",
    ):
        assert line in text
    assert (folder / ".well-known" / "void").read_text() == text


def test_a_description_says_nothing_that_was_not_given(tmp_path: Path) -> None:
    publish(small(), tmp_path, site_url=SITE)
    text = (tmp_path / "void.ttl").read_text()
    assert not [name for name in ("license", "creator", "publisher", "created", "versionInfo") if name in text]


def addresses(data: bytes) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(data).iter() if each.tag.endswith("}loc")]  # noqa: S314


def test_the_sitemap_lists_every_page_that_is_to_be_found(folder: Path) -> None:
    made = files(folder)
    pages = {name for name in made if name.endswith(".html")} - {"404.html"}
    listed = {address.removeprefix(SITE) for address in addresses(made["sitemap.xml"])}
    assert {f"{name}index.html" if name.endswith("/") or not name else name for name in listed} == pages
    assert made["robots.txt"] == f"User-agent: *\nAllow: /\n\nSitemap: {SITE}sitemap.xml\n".encode()


def test_sitemaps_are_divided_at_the_most_that_one_may_list() -> None:
    made = dict(sitemaps(SITE, [f"é&{number}.html" for number in range(2 * MOST + 1)]))
    assert addresses(made["sitemap.xml"]) == [f"{SITE}sitemap-{number}.xml" for number in (1, 2, 3)]
    assert [len(addresses(made[f"sitemap-{number}.xml"])) for number in (1, 2, 3)] == [MOST, MOST, 1]
    assert addresses(made["sitemap-3.xml"]) == [f"{SITE}%C3%A9%26{2 * MOST}.html"]


def test_without_an_address_there_is_nothing_that_would_have_to_name_one(tmp_path: Path) -> None:
    publish(replace(small(), base_iri="urn:words:"), tmp_path)
    made = files(tmp_path)
    assert not {"sitemap.xml", ".htaccess", "w3id/.htaccess", ".well-known/void"} & made.keys()
    assert b"Sitemap" not in made["robots.txt"]
    assert b"canonical" not in made["clip.html"]
    assert triples(tmp_path / "void.ttl", base="https://elsewhere.example/void.ttl")


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "ftp://example.org/", "https://", "https:///x", "https://example.org/?a", "https://e.org/#a",
        "https://example.org/a b", "https://e.org/../", "https://e.org:port/", "https://u:p@e.org/", "https://[::1/",
        "https://e.org/\n", "javascript:alert(1)", 'https://e.org/"><script>',
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_folder_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="is no address of a folder on the web; give one without query or fragment"):
        checked_site_url(url)


@pytest.mark.parametrize(
    ("url", "checked"),
    [("https://e.org", "https://e.org/"), ("http://localhost:8000/a/", "http://localhost:8000/a/")],
)
def test_an_address_ends_in_a_slash(url: str, checked: str) -> None:
    assert checked_site_url(url) == checked


def test_files_for_hosts(folder: Path) -> None:
    made = files(folder)
    assert made[".nojekyll"] == b""
    assert "_redirects" not in made
    assert made[".htaccess"].startswith(b"ErrorDocument 404 /ai/404.html\n")
    assert b"https://w3id.org/ai/" in made["w3id/.htaccess"]


# Apache itself, where there is one.

MODULES = ("mpm_event", "authz_core", "mime", "dir", "headers", "rewrite")


@pytest.fixture(scope="module")
def apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """Run Apache over a folder; give both and the port."""
    program = os.environ.get("TERMATLAS_APACHE") or shutil.which("apache2") or shutil.which("httpd")
    if not program:
        pytest.skip("no Apache here; set TERMATLAS_APACHE to one")
    modules = next(Path(program).parents[1].glob("lib*/apache2/modules"), None)
    if not modules:
        pytest.skip(f"no modules of Apache near {program}")
    root = tmp_path_factory.mktemp("apache")
    root.chmod(0o755)
    for parent in root.parents[:2]:
        parent.chmod(0o755)
    (root / "docs").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lines = [f"LoadModule {name}_module {modules}/mod_{name}.so" for name in MODULES]
    lines += [f"ServerRoot {root}", "ServerName localhost", f"Listen 127.0.0.1:{port}", f"PidFile {root}/pid"]
    lines += [f"ErrorLog {root}/log", "TypesConfig /dev/null", f"DocumentRoot {root}/docs"]
    lines += ["User nobody", "Group nogroup"] if os.geteuid() == 0 else []
    lines += [f"<Directory {root}/docs>", "AllowOverride FileInfo", "Options FollowSymLinks", "</Directory>"]
    (root / "conf").write_text("\n".join(lines) + "\n")
    server = subprocess.Popen([program, "-f", str(root / "conf"), "-DFOREGROUND"])
    _wait_for(port)
    yield root / "docs", port
    server.terminate()
    server.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("Apache does not answer")


def asked(port: int, path: str, accept: str = "*/*") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={"Accept": accept})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status != 303 or answer.getheader("Vary") == "Accept"
    return answer.status, answer.getheader("Location") or ""


#: What a client asks for → the file that it is led to.
ACCEPT = {
    "*/*": "clip.html",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "clip.html",
    "text/turtle": "clip.ttl",
    "Text/Turtle; q=1.0": "clip.ttl",
    "text/turtle;q=0": "clip.html",
    "text/turtle;q=0.0, text/html;q=0.1": "clip.html",
    "text/html, text/turtle;q=0.5": "clip.html",
    "text/turtle;q=0.9, text/html;q=0.4": "clip.ttl",
    "text/turtle;q=0.001": "clip.ttl",
    "application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5, */*;q=0.1": "data/glossary.rdf",
    "application/ld+json": "data/glossary.jsonld",
    "application/n-triples": "data/glossary.nt",
    "application/trig": "data/glossary.trig",
    "image/png": "clip.html",
}


def test_apache_leads_each_iri_where_the_client_wants(apache: tuple[Path, int]) -> None:
    docs, port = apache
    (docs / "ai").mkdir()
    known = site(small(), root=SITE)
    (docs / "ai" / ".htaccess").write_text(negotiation(known, Moved({"old": "vit"}, ["bygone"])))
    for accept, target in ACCEPT.items():
        assert asked(port, "/ai/clip", accept) == (303, SITE + target), accept
    assert asked(port, "/ai/") == (303, SITE)
    assert asked(port, "/ai/", "text/turtle") == (303, f"{SITE}data/glossary.ttl")
    assert asked(port, "/ai/category/vision") == (303, f"{SITE}category/vision.html")
    assert asked(port, "/ai/category/vision", "text/turtle") == (303, f"{SITE}data/glossary.ttl")
    assert asked(port, "/ai/faq/clip/1", "text/turtle") == (303, f"{SITE}clip.ttl")
    assert asked(port, "/ai/old") == (301, "https://w3id.org/ai/vit")
    assert asked(port, "/ai/bygone") == (410, "")


def test_apache_finds_terms_whatever_their_slug(apache: tuple[Path, int]) -> None:
    docs, port = apache
    known = site(hostile(), root=SITE)
    (docs / "h").mkdir()
    (docs / "h" / ".htaccess").write_text(negotiation(known, Moved({}, [])))
    refused = 0
    for slug, address in known.addresses.items():
        local = quote(known.plan.iris[slug].removeprefix(known.plan.base), safe="%~")
        if any(sign in local for sign in ("%2F", "%3F", "%0A", "%00", "%2E%2E")) or len(local) > 255:
            refused += 1  # by Apache itself, or by the file system below it
            continue
        status, location = asked(port, f"/h/{local}", "text/turtle")
        assert (status, location.lower()) == (303, f"{SITE}{address}.ttl".lower()), slug
    assert refused < 8


def test_apache_answers_at_the_iris_of_a_site_of_its_own(apache: tuple[Path, int]) -> None:
    docs, port = apache
    base = f"http://127.0.0.1:{port}/own/"
    first = replace(small(), base_iri=base)
    publish(first, docs / "own")
    publish(replace(first, terms=(*first.terms[:2], term("bert2", name="BERT"))), docs / "own")
    for path in (docs / "own").rglob("*"):
        path.chmod(0o755)
    (docs / "own").chmod(0o755)
    assert asked(port, "/own/clip") == (303, f"{base}clip.html")
    assert asked(port, "/own/clip", "text/turtle") == (303, f"{base}clip.ttl")
    assert asked(port, "/own/") == (200, "")
    assert asked(port, "/own/", "text/turtle") == (303, f"{base}data/glossary.ttl")
    assert asked(port, "/own/clip.html", "text/turtle") == (200, "")
    assert asked(port, "/own/bert") == (301, f"{base}bert2")
    assert asked(port, "/own/bert.html") == (301, f"{base}bert2.html")
    assert asked(port, "/own/category/") == (200, "")
    assert asked(port, "/own/a/b/c") == (404, "")
