"""A worker as the server sees it: where to put a question, where the reply comes from, how to end it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from termatlas.serve.sparql_run import Question, Reply
from termatlas.serve.workers_limits import Limits
from termatlas.serve.workers_messages import packed, received


@dataclass(frozen=True, slots=True)
class Data:
    """What workers answer from: a file of TriG, and the prefixes that queries need not declare."""

    file: IO[bytes]
    prefixes: Mapping[str, str]


@dataclass(eq=False, slots=True)
class Worker:
    """A process that answers one question at a time."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    origin: Origin
    end: Callable[[], None]  #: at once, whatever it is doing
    ended: asyncio.Future[int]  #: the signal that ended it, or 0
    pid: int = 0
    asked: int = 0  #: how many questions

    async def ask(self, question: Question) -> Reply:
        """Put a question and wait for its reply. Raises `OSError` or `EOFError` where the worker ends before."""
        self.asked += 1
        query, *others = question
        said = dict(zip(Question._fields[1:], others, strict=True))
        self.writer.write(packed({"id": self.asked, "question": said}, query.encode()))
        await self.writer.drain()
        head, body = await received(self.reader)
        if head["id"] != self.asked:
            raise EOFError("the reply is to another question")
        self.pid = head["pid"]
        return Reply(head["outcome"], body)

    def dismiss(self) -> None:
        """Tell it that there are no more questions, on which it ends itself."""
        self.writer.close()


class Origin(Protocol):
    """What starts workers with certain data."""

    @property
    def is_quick(self) -> bool:
        """Tell whether a worker is started at next to no cost."""

    @property
    def graphs(self) -> Mapping[str, int]:
        """Give the graphs there are, and how many triples each holds."""

    async def start(self) -> Worker:
        """Start a worker. Raises `OSError` where that is not possible any more."""

    async def close(self) -> None:
        """End all its workers and itself, and wait until they have ended."""

    async def retire(self) -> None:
        """Wait until its workers have ended, then close."""


def module(name: str) -> list[str]:
    """Give the command that runs a module of ours; never one of that name in the current folder."""
    return [sys.executable, "-P", "-m", name]


def search_path() -> str:
    """Give where this process finds modules, for one that is to find the same."""
    import os

    return os.pathsep.join(str(Path(folder).absolute()) for folder in sys.path if folder)


def wire_limits(limits: Limits) -> dict[str, Any]:
    """Give the limits that a worker keeps itself."""
    return {"memory": limits.memory_bytes, "result": limits.result_bytes, "seconds": limits.seconds}
