"""Workers that are started one by one and load the data each: where processes cannot be forked."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress

from termatlas.serve.workers_limits import Limits
from termatlas.serve.workers_messages import packed
from termatlas.serve.workers_worker import Data, Worker, module, search_path, wire_limits


class Spawned:
    """The workers that were started with certain data."""

    is_quick = False

    def __init__(self, data: Data, limits: Limits) -> None:
        self.graphs: Mapping[str, int] = {}
        data.file.seek(0)
        said = {"prefixes": dict(data.prefixes), "limits": wire_limits(limits)}
        self._first = packed(said, data.file.read())
        self._ends: set[asyncio.Task[None]] = set()
        self._workers: set[Worker] = set()
        self._is_closed = False

    async def start(self) -> Worker:
        """Start a worker, which loads the data before its first question."""
        if self._is_closed:
            raise BrokenPipeError("no more workers are started")
        process = await asyncio.create_subprocess_exec(
            *module("termatlas.serve.workers_child"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": search_path()},
        )
        if process.stdin is None or process.stdout is None:
            raise BrokenPipeError("the worker has no streams")
        process.stdin.write(self._first)
        ended = asyncio.get_running_loop().create_future()
        worker = Worker(process.stdout, process.stdin, self, lambda: _kill(process), ended)
        self._workers.add(worker)
        end = asyncio.create_task(self._until_ended(process, worker))
        self._ends.add(end)
        end.add_done_callback(self._ends.discard)
        return worker

    async def retire(self) -> None:
        """Wait until the workers have ended."""
        self._is_closed = True
        await asyncio.gather(*self._ends)

    async def close(self) -> None:
        """End the workers, and wait for that."""
        for worker in self._workers:
            worker.end()
        await self.retire()

    async def _until_ended(self, process: asyncio.subprocess.Process, worker: Worker) -> None:
        code = await process.wait()
        self._workers.discard(worker)
        worker.writer.close()
        worker.ended.set_result(max(0, -code))


def _kill(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()


async def spawned(data: Data, limits: Limits) -> Spawned:
    """Make ready to start workers with the data; what cannot be loaded shows when the first is asked."""
    return Spawned(data, limits)
