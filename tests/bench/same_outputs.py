"""What `plain_script.py` writes, by calling termatlas for that and nothing else.

The measures are the script's own: betweenness from the very pivots that networkx chooses, closeness from all terms.
What differs: PageRank is exact to 1e-11 (networkx stops at 1e-6 times the number of terms), the linked data says
more of each term, and the page shows the 2,000 most central terms at fixed places, where the script's shows all of
them while the browser looks for places.

Usage: python tests/bench/same_outputs.py GLOSSARY.jsonl FOLDER
"""

import time

_STARTED = time.process_time()

import json  # noqa: E402 -- imports are a step of their own
import random  # noqa: E402
import sys  # noqa: E402
from contextlib import ExitStack  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import numpy as np  # noqa: E402

from termatlas.analysis import as_csr, closeness, communities, hits, pagerank  # noqa: E402
from termatlas.analysis.brandes import betweenness_from  # noqa: E402
from termatlas.analysis.csr import by_node  # noqa: E402
from termatlas.build import build  # noqa: E402
from termatlas.export.network import network_page  # noqa: E402
from termatlas.export.rdf import write_rdf  # noqa: E402
from termatlas.sources.read import read  # noqa: E402

SYNTAXES = {"turtle": "ttl", "nt": "nt", "xml": "rdf", "jsonld": "jsonld"}
PIVOTS = 200


def main(source: str, out: str) -> None:  # noqa: PLR0915 -- a script reads from top to bottom
    """Do all steps."""
    started = report("imports", _STARTED)
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    glossary = read(source)
    graph = build(glossary)
    rows = as_csr(graph)
    started = report("graph", started)
    measures: dict[str, Any] = {"pagerank": pagerank(rows)}
    started = report("PageRank", started)
    measures["hub"], measures["authority"] = hits(rows)
    started = report("HITS", started)
    pivots = random.Random(1).sample(range(len(rows)), min(PIVOTS, len(rows)))  # as networkx chooses them
    measures["betweenness"] = by_node(rows, betweenness_from(rows, np.array(pivots, np.int64)))
    started = report("betweenness", started)
    measures["closeness"] = closeness(rows)
    started = report("closeness", started)
    measures["community"] = communities(rows)
    started = report("communities", started)
    (folder / "measures.json").write_text(json.dumps(measures), encoding="utf-8")
    with ExitStack() as files:
        write_rdf(
            glossary,
            {
                syntax: files.enter_context((folder / f"glossary.{suffix}").open("wb"))
                for syntax, suffix in SYNTAXES.items()
            },
        )
    started = report("linked data", started)
    page = network_page(graph, ranks=measures["pagerank"])
    (folder / "network.html").write_text(page, encoding="utf-8")
    report("pyvis page", started)


def report(step: str, started: float) -> float:
    """Say how long a step took, and start the next."""
    print(f"{step}\t{time.process_time() - started:.3f}", flush=True)
    return time.process_time()


if __name__ == "__main__":
    main(*sys.argv[1:])
