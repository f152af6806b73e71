"""A small glossary as an explorer page, and what tests read from the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from termatlas.model import Glossary, Question, Reference, Term
from termatlas.resolve import resolve

if TYPE_CHECKING:
    from playwright.sync_api import Page


PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}

DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}

LINKS = {
    "model": ["training", "data", "wish"],
    "training": ["model", "data", "loss"],
    "data": ["training"],
    "loss": ["gradient"],
    "gradient": ["training", "descent"],
    "descent": ["gradient", "loss"],
    "orphan": ["model", "wish"],
    "end": [],
    "leads": ["end", "model"],
    "north": ["south"],
    "south": ["north"],
    "alone": [],
}

CATEGORIES = {"model": "Models", "training": "Learning", "data": "Learning", "loss": "Learning", "gradient": "Learning"}

LONG = "A sentence of the explanation. " * 40_000  # more than a megabyte

Open = Callable[..., "Page"]


def term(slug: str, targets: list[str]) -> Term:
    return Term(
        slug=slug,
        name=slug.capitalize(),
        aliases=("machine", "ML model") if slug == "model" else (),
        categories=(CATEGORIES[slug],) if slug in CATEGORIES else (),
        definition=f"What {slug} means; training is part of it.",
        explanation=LONG if slug == "loss" else "First paragraph.\n\nSecond paragraph about data.",
        questions=(Question(question="Why?", answer="Because of data."),) if slug == "model" else (),
        related=tuple(Reference(written=target, kind="see" if target == "wish" else "related") for target in targets),
        file="glossary.md",
        line=7,
    )


def small() -> Glossary:
    return Glossary(terms=tuple(resolve([term(*each) for each in LINKS.items()])), title="Small glossary")


def generated(count: int) -> Glossary:
    terms = [
        Term(
            slug=f"t{at}", name=f"Term {at}", definition="A term.", related=(Reference(written=f"t{(at * 7) % count}"),)
        )
        for at in range(count)
    ]
    return Glossary(terms=tuple(resolve(terms)), title="Generated")


def show(page: Page, path: Path, fragment: str) -> Page:
    page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
    page.wait_for_selector("body:not(.loading)")
    return page


def heading(page: Page) -> str:
    return page.inner_text("#panel-title")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def rows(page: Page) -> list[str]:
    return page.locator("#table tbody tr:not(.gap) a").all_inner_texts()


def fragment(page: Page) -> str:
    page.wait_for_timeout(320)  # the address is written when the view has rested for a quarter of a second
    return page.url.partition("#")[2]
