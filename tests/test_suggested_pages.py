"""Suggestions in the pages: the report's worklists, the explorer's lens and panel, what `build --suggest` writes."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from explorer_page import small
from offline import wait_until
from running import Command
from termatlas.explorer import explorer_page
from termatlas.export.report import report_page
from termatlas.suggest import Reason, Suggestion
from termatlas.suggest.duplicates import Duplicate, Likeness
from termatlas.suggest.passages import Passage
from termatlas.suggest.suggested import Suggested
from termatlas.suggest.terms import MissingTerm
from termatlas.survey import Survey, survey

if TYPE_CHECKING:
    from offline import OfflinePage

HOSTILE = "</script><img src=x onerror=alert(1)>"
LINK = Suggestion(
    source="model",
    target="loss",
    probability=0.62,
    reasons=(
        Reason(kind="mention", message=f"mentioned once {HOSTILE}", sentence=f"A {HOSTILE} loss is", start=40, end=44),
        Reason(kind="shared-neighbours", message="both are linked with Training"),
        Reason(kind="similar-text", message="the texts share gradient"),
        Reason(kind="same-category", message="a fourth reason"),
    ),
)
SUGGESTED = Suggested(
    links=(LINK, replace(LINK, source="alone", target="model", probability=0.3, reasons=LINK.reasons[1:2])),
    terms=(
        MissingTerm(
            name=f"Step {HOSTILE}",
            slug="step",
            wanted=False,
            texts=4,
            nearest=("descent",),
            sentences=(Passage(term="descent", sentence="Each step goes down.", start=5, end=9),),
        ),
    ),
    duplicates=(
        Duplicate(
            first="north",
            second="south",
            kind="merge",
            score=0.9,
            reasons=(Likeness(kind="text", message="same text"),),
        ),
    ),
)


@pytest.fixture(scope="module")
def known() -> Survey:
    return replace(survey(small()), suggested=SUGGESTED)


def test_the_report_lists_what_is_suggested_with_the_evidence(known: Survey) -> None:
    page = report_page(known)
    assert page.count("<mark>loss</mark>") == 1
    assert "<mark>step</mark>" in page
    assert "62\u00a0%" in page
    assert "both are linked with Training" in page
    assert "a fourth reason" not in page, "three reasons are enough to read"
    assert "two pages to merge" in page
    assert HOSTILE not in page


def test_a_report_without_suggestions_does_not_speak_of_them(known: Survey) -> None:
    assert 'id="missing-links"' in report_page(known)
    assert 'id="missing-links"' not in report_page(replace(known, suggested=None))


def test_nothing_suggested_is_said(known: Survey) -> None:
    page = report_page(replace(known, suggested=Suggested(links=())))
    assert "The evidence asks for no link that is not there." in page


def test_the_explorer_has_a_lens_and_the_evidence_in_the_panel(
    offline_page: Callable[..., OfflinePage], tmp_path: Path, known: Survey
) -> None:
    opened = offline_page()
    page = opened.show(tmp_path / "explorer.html", explorer_page(known))
    page.wait_for_selector("body:not(.loading)")
    lens = page.locator('[data-lens="suggested"]')
    assert lens.locator(".n").inner_text() == "2"
    lens.click()
    wait_until(page, "document.querySelector('#status').textContent.startsWith('3 of ')")
    page.fill("#search", "loss")
    page.keyboard.press("Enter")
    section = page.locator(".suggestions")
    section.wait_for()
    assert section.locator("li").count() == 1
    assert section.locator("a").inner_text() == "Model"
    assert section.locator("small").inner_text() == "to here · 62 %"
    assert section.locator("mark").inner_text() == "loss"
    assert section.locator("q").inner_text() == LINK.reasons[0].sentence
    assert section.locator("p").inner_text() == "; ".join(reason.message for reason in LINK.reasons[:3])
    section.locator("a").click()
    wait_until(page, "document.querySelector('#panel-title').textContent === 'Model'")
    assert page.locator(".suggestions li").count() == 2
    assert opened.errors == []


def test_the_explorer_without_suggestions_has_no_lens_for_them(
    offline_page: Callable[..., OfflinePage], tmp_path: Path, known: Survey
) -> None:
    page = offline_page().show(tmp_path / "explorer.html", explorer_page(replace(known, suggested=None)))
    page.wait_for_selector("body:not(.loading)")
    assert page.locator('[data-lens="orphans"]').is_visible()
    assert not page.locator('[data-lens="suggested"]').is_visible()


def _rows(path: Path) -> list[dict[str, str]]:
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    return [{**row, **{key: row[key].lstrip("#") for key in ("fingerprint", "evidence_id")}} for row in rows]


def test_build_writes_a_checklist_and_leaves_out_what_was_rejected(termatlas: Command, tmp_path: Path) -> None:
    terms = tmp_path / "terms.jsonl"
    names = [f"Alpha{at} net" for at in range(12)]
    rows = [
        {
            "term": name,
            "definition": f"A net like {names[(at + 1) % 12]} and {names[(at + 5) % 12]}.",
            "related": [names[(at + step) % 12] for step in (1, 2)],
        }
        for at, name in enumerate(names)
    ]
    terms.write_text("".join(json.dumps(row) + "\n" for row in rows))
    out = tmp_path / "out"
    assert termatlas("build", terms, "--out", out, "--suggest").code == 0
    found = _rows(out / "suggestions.csv")
    assert found
    first = found[0]
    rejected = {
        "fingerprint": first["fingerprint"], "evidence": first["evidence_id"], "kind": "link", "verdict": "reject",
        "source": first["source"], "target": first["target"], "who": "Ada", "when": "2026-01-01", "why": "no",
    }  # fmt: skip
    (tmp_path / "termatlas.decisions.jsonl").write_text(json.dumps(rejected) + "\n")
    run = termatlas("build", terms, "--out", out, "--suggest")
    left = _rows(out / "suggestions.csv")
    assert [row["fingerprint"] for row in left] == [row["fingerprint"] for row in found[1:]]
    assert f"{len(left)} links suggested" in run.out
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["counts"]["suggested_links"] == len(left)
    assert "suggestions.csv" in manifest["outputs"]
