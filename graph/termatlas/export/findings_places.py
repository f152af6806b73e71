"""Where findings stand, as other programs look it up: addresses of files below the root of a repository."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

_LONE = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # halves of pairs that stand for no byte of a file's name


def relative_to(file: str, root: Path) -> str:
    """Give a file's path below `root`, with forward slashes; its full path where it lies elsewhere.

    >>> relative_to("/repo/terms/clip.md", Path("/repo")), relative_to("/tmp/clip.md", Path("/repo"))
    ('terms/clip.md', '/tmp/clip.md')
    """
    full = Path(os.path.abspath(file))  # noqa: PTH100 (resolving links would leave the repository)
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else full.as_posix()


def uri_reference(path: str) -> str:
    """Write a path as a relative reference or, if it is a full path, as a file address (RFC 3986, RFC 8089).

    >>> uri_reference("my terms/C#.md"), uri_reference("/tmp/x"), uri_reference("C:/x")
    ('my%20terms/C%23.md', 'file:///tmp/x', 'file:///C:/x')
    """
    quoted = quote(_LONE.sub("\ufffd", path).encode("utf-8", "surrogateescape"))
    if re.match(r"[A-Za-z]:/", path):
        return f"file:///{path[:2]}{quote(path[2:])}"
    return f"file://{quoted}" if path.startswith("/") else quoted
