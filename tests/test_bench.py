"""The benchmarks still run: on a tiny glossary, with no regard to speed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

BENCH = Path(__file__).parent / "bench"
GRAPH = Path(__file__).parents[1] / "graph"


def run(program: str, *arguments: object) -> str:
    path = os.pathsep.join(filter(None, [str(GRAPH), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, str(BENCH / program), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path})
    assert done.returncode == 0, done.stderr
    return done.stdout


def generated(path: Path, size: int) -> list[dict[str, object]]:
    run("generate.py", size, path)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_the_generator_makes_the_same_glossary_each_time(tmp_path: Path) -> None:
    assert generated(tmp_path / "one.jsonl", 40) == generated(tmp_path / "other.jsonl", 40)


def test_a_generated_glossary_has_hubs_categories_and_wanted_terms(tmp_path: Path) -> None:
    terms = generated(tmp_path / "glossary.jsonl", 1000)
    category = {term["slug"]: term["category"] for term in terms}
    links = [(term["slug"], other) for term in terms for other in term["relatedTerms"]]  # type: ignore[attr-defined] # a list of slugs
    inside = [category[source] == category[target] for source, target in links if target in category]
    linked = Counter(target for _, target in links)
    assert len(category) == len(terms) == 1000
    assert 4 < len(links) / len(terms) < 6
    assert sum(inside) / len(inside) > 0.7
    assert max(linked.values()) > 5 * len(links) / len(terms)
    assert 5 < sum(target not in category for target in linked) < 200


def test_the_main_job_is_measured_against_the_script() -> None:
    out = run("main_job.py", "--sizes", "60", "--script", "--runs", 1)
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in out.splitlines() if line[:1] == "|"]
    named = {row[0]: row[1:] for row in rows}
    assert {"closeness", "linked data", "pyvis page", "same outputs, CPU s", "the whole main job, peak MB"} <= {*named}
    for script, ours, ratio in [row for name, row in named.items() if name.endswith((", CPU s", ", peak MB"))]:
        assert float(script.replace(",", "")) > 0
        assert float(ours.replace(",", "")) > 0
        assert float(ratio) > 0
    assert "The same to 1e-6 for each term: hub, authority, betweenness, closeness." in out


def test_turtle_is_measured_against_rdflib() -> None:
    out = run("export_turtle.py", "30")
    assert "Both files hold the same triples." in out


def test_measures_are_measured_against_networkx() -> None:
    out = run("measures.py", "60")
    lines = [line.split("|")[1:-1] for line in out.splitlines() if line.startswith("|")][2:]
    assert [line[0].strip() for line in lines] == ["PageRank", "hubs, authorities", "betweenness", "closeness", "core"]
    assert all(float(line[-1]) < 1e-6 for line in lines)
