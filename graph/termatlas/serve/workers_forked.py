"""Workers that are split off a process which has loaded the data."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
from contextlib import suppress
from typing import Any

from termatlas.errors import SourceError
from termatlas.serve.workers_limits import Limits
from termatlas.serve.workers_messages import packed, received
from termatlas.serve.workers_template import COMMAND
from termatlas.serve.workers_worker import Data, Worker, module, search_path, wire_limits

_ENDS = 5.0  # seconds for the template to end by itself


class Forked:
    """A template process, and the workers that it has split off."""

    is_quick = True

    def __init__(self, process: subprocess.Popen[bytes], control: socket.socket) -> None:
        self.graphs: dict[str, int] = {}
        self._process, self._control = process, control
        self._workers: dict[int, Worker] = {}
        self._number = 0
        self._all_ended = asyncio.Event()
        self._all_ended.set()
        self._listener: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def load(self, data: Data, limits: Limits) -> None:
        """Wait until the data are loaded. Raises `SourceError` where they cannot be."""
        reader, self._writer = await asyncio.open_connection(sock=self._control.dup())
        self._writer.write(packed({"prefixes": dict(data.prefixes), "limits": wire_limits(limits)}))
        try:
            head, _ = await received(reader)
        except (EOFError, OSError):
            head = {"refused": "the process that loads it has ended, perhaps for want of memory"}
        if "refused" in head:
            raise SourceError("the linked data", head["refused"], "nothing was changed")
        self.graphs = head["graphs"]
        self._listener = asyncio.create_task(self._listen(reader))

    async def start(self) -> Worker:
        """Split off a worker. Raises `OSError` where the template is gone."""
        if self._listener is None or self._listener.done():
            raise BrokenPipeError("the template has ended")
        ours, its = socket.socketpair()
        self._number += 1
        number = self._number
        try:
            socket.send_fds(self._control, [COMMAND.pack(b"f", number)], [its.fileno()])
        except OSError:
            ours.close()
            raise
        finally:
            its.close()
        reader, writer = await asyncio.open_connection(sock=ours)
        ended = asyncio.get_running_loop().create_future()
        worker = Worker(reader, writer, self, lambda: self._end(number), ended)
        self._workers[number] = worker
        self._all_ended.clear()
        return worker

    async def retire(self) -> None:
        """Wait until the workers have ended, then close."""
        await self._all_ended.wait()
        await self.close()

    async def close(self) -> None:
        """Close the socket, on which the template ends its workers and itself."""
        if self._listener:
            self._listener.cancel()
            with suppress(asyncio.CancelledError):
                await self._listener
        if self._writer:
            self._writer.close()
        self._control.close()
        for number in list(self._workers):
            self._forget(number, 0)
        await asyncio.to_thread(self._wait)

    def _wait(self) -> None:
        try:
            self._process.wait(_ENDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _end(self, number: int) -> None:
        with suppress(OSError):  # the template is gone, and its workers with it
            self._control.send(COMMAND.pack(b"e", number))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        """Hear which workers have ended; all have when the template does."""
        with suppress(EOFError, OSError):
            while True:
                head, _ = await received(reader)
                self._forget(head["ended"], head["signal"])
        for number in list(self._workers):
            self._forget(number, 0)

    def _forget(self, number: int, signal: int) -> None:
        worker = self._workers.pop(number, None)
        if worker is not None:
            worker.writer.close()
            if not worker.ended.done():
                worker.ended.set_result(signal)
        if not self._workers:
            self._all_ended.set()


async def forked(data: Data, limits: Limits) -> Forked:
    """Start a template with the data. Raises `SourceError` where they cannot be loaded."""
    ours, its = socket.socketpair()
    data.file.seek(0)
    with its:
        options: dict[str, Any] = {"stdin": data.file, "stdout": subprocess.DEVNULL, "pass_fds": [its.fileno()]}
        command = [*module("termatlas.serve.workers_template"), str(its.fileno())]
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": search_path()}, **options)  # noqa: S603 (our own), ASYNC220
    ours.setblocking(False)
    origin = Forked(process, ours)
    try:
        await origin.load(data, limits)
    except BaseException:
        await origin.close()
        raise
    return origin
