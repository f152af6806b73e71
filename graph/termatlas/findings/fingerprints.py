"""Names of findings that stay the same from one run to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from termatlas.findings.model import Finding
from termatlas.suggest.model import digest


def fingerprint(finding: Finding) -> str:
    """Name a finding so that it stays the same when lines move, files are renamed or terms reordered.

    Its rule, term and target count; of a finding that names neither term nor target, the message does.

    >>> from termatlas.model import Where
    >>> fingerprint(Finding(rule="orphan", level="warning", term="clip", message="…", where=Where(file="clip.md")))
    '126286ceb20ec62c'
    """
    said = "" if finding.term or finding.target else finding.message
    return digest("finding", finding.rule, finding.term, finding.target, said)


def numbered(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the name of each finding; of several with one fingerprint, the second ends in ``#2``, and so on.

    >>> from termatlas.model import Where
    >>> twice = Finding(rule="self-link", level="warning", term="a", target="a", message="…", where=Where(file="a.md"))
    >>> list(numbered([twice, twice]))
    ['ff4861e476fa1f42', 'ff4861e476fa1f42#2']
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        name = fingerprint(finding)
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}#{seen[name]}"
