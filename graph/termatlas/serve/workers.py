"""The processes that answer queries: whose turn it is, and what happens to those that run away.

A query cannot be stopped from outside while Oxigraph runs it, so each runs in a worker that can be ended and
replaced. Every worker has a socket of its own, closed with it: no reply can reach another's question.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import tempfile
from collections import deque
from collections.abc import Coroutine, Mapping
from typing import Any, Final

from termatlas.errors import SourceError
from termatlas.serve.sparql_run import Question, Reply
from termatlas.serve.workers_forked import forked
from termatlas.serve.workers_limits import Limits
from termatlas.serve.workers_spawned import spawned
from termatlas.serve.workers_worker import Data, Origin, Worker

__all__ = ["Limits", "Question", "Reply", "Workers", "open_workers"]

_CAN_FORK: Final = hasattr(os, "fork") and hasattr(socket, "send_fds")
_LAST_WORDS = 1.0  # seconds in which the reason of a worker's end is known
_AGAIN = 0.5  # seconds until another try to start what could not be started

_SIGNALS = {
    signal.SIGSEGV: "deep",  # the stack is used up
    getattr(signal, "SIGBUS", None): "deep",
    signal.SIGABRT: "memory",  # Rust's answer to memory that is refused
    getattr(signal, "SIGKILL", None): "memory",  # the system's choice where it has none left
    getattr(signal, "SIGALRM", None): "slow",
}


class Workers:
    """As many workers as may run at once, and those who wait for them."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._idle: deque[Worker] = deque()
        self._origin: Origin | None = None
        self._origins: set[Origin] = set()  #: it, and those whose last workers are still busy
        self._data: Data | None = None
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._all: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._changing = asyncio.Lock()
        self._is_closed = False

    @property
    def graphs(self) -> Mapping[str, int]:
        """Give the graphs there are, and how many triples each holds."""
        return self._origin.graphs if self._origin else {}

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Give the prefixes that queries need not declare."""
        return self._data.prefixes if self._data else {}

    @property
    def pids(self) -> tuple[int, ...]:
        """Give the numbers of the processes of the workers that have answered."""
        return tuple(sorted(worker.pid for worker in self._all if worker.pid and not worker.ended.done()))

    async def answer(self, question: Question) -> Reply:
        """Answer a question, or say why not: it is ``busy``, the query ``slow`` or ``deep``, or what `run` says.

        A caller that is cancelled ends the query.
        """
        worker = await self._turn()
        if worker is None:
            return Reply("busy", b"")
        is_well = False
        try:
            async with asyncio.timeout(self.limits.seconds):
                reply = await worker.ask(question)
            is_well = reply.outcome != "memory"
        except TimeoutError:
            reply = Reply("slow", b"")
        except (EOFError, OSError):
            reply = Reply(await _reason(worker), b"")
        finally:
            self._release(worker, is_well=is_well)
        return reply

    async def replace(self, trig: bytes, prefixes: Mapping[str, str]) -> None:
        """Answer from other data, once that has been loaded; questions under way are answered from what they had.

        Raises `SourceError` for data that cannot be loaded, and goes on with what there was.
        """
        async with self._changing:
            data = await _kept(trig, prefixes)
            try:
                await self._change(data)
            except BaseException:
                data.file.close()
                raise

    async def close(self) -> None:
        """End all processes, and wait for that."""
        self._is_closed = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._origin = None
        await asyncio.gather(*(origin.close() for origin in self._origins))
        if self._data:
            self._data.file.close()

    async def _change(self, data: Data) -> None:
        origin, workers = await _opened(data, self.limits)
        self._origins.add(origin)
        old, self._origin = self._origin, origin
        old_data, self._data = self._data, data
        while self._idle:
            self._dismiss(self._idle.popleft())
        for worker in workers:
            self._hold(worker)
        if old and old_data:
            old_data.file.close()
            self._later(self._retire(old))

    async def _turn(self) -> Worker | None:
        """Wait for a worker, in the order of arrival; None where too many wait, or it takes too long."""
        if self._is_closed:
            return None
        while self._idle:
            if not (worker := self._idle.popleft()).ended.done():
                return worker
            self._part_with(worker)
        if len(self._waiting) >= self.limits.waiting:
            return None
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await asyncio.shield(turn)
        except TimeoutError:
            self._give_up(turn)
            return None
        except BaseException:
            self._give_up(turn)
            raise

    def _give_up(self, turn: asyncio.Future[Worker]) -> None:
        """Leave the queue; a worker that came at the last moment goes to the next."""
        if turn.done():
            self._offer(turn.result())
        else:
            self._waiting.remove(turn)

    def _offer(self, worker: Worker) -> None:
        """Hand a worker to whoever waits longest: to put it down would let newcomers pass them."""
        if self._waiting:
            self._waiting.popleft().set_result(worker)
        else:
            self._idle.append(worker)

    def _hold(self, worker: Worker) -> None:
        self._all.add(worker)
        self._offer(worker)

    def _release(self, worker: Worker, *, is_well: bool) -> None:
        if not is_well:
            worker.end()
            self._part_with(worker)
        elif worker.origin is not self._origin or worker not in self._all:
            self._dismiss(worker)
        else:
            self._offer(worker)
            if worker.origin.is_quick and worker.asked % self.limits.questions == 0:
                self._later(self._relieve(worker))

    def _dismiss(self, worker: Worker) -> None:
        worker.dismiss()
        self._all.discard(worker)

    def _part_with(self, worker: Worker) -> None:
        """Forget a worker and have another in its place, unless it has been relieved."""
        is_missed = worker in self._all
        self._dismiss(worker)
        if is_missed and worker.origin is self._origin and not self._is_closed:
            self._later(self._hire(worker.origin))

    async def _relieve(self, worker: Worker) -> None:
        """Have another worker ready before one is let go, so that no question waits for that."""
        try:
            fresh = await worker.origin.start()
            await fresh.ask(Question("ASK {}"))
        except (EOFError, OSError):  # then it goes on
            return
        if worker not in self._all or worker.origin is not self._origin:  # it was replaced meanwhile
            fresh.dismiss()
            return
        self._all.discard(worker)  # if it is busy, this is its last question
        if worker in self._idle:
            self._idle.remove(worker)
            worker.dismiss()
        self._hold(fresh)

    async def _hire(self, origin: Origin) -> None:
        while origin is self._origin:
            try:
                worker = await origin.start()
            except OSError:
                await self._revive(origin)
                return
            if origin is self._origin:
                self._hold(worker)
            else:
                worker.dismiss()
            return

    async def _revive(self, origin: Origin) -> None:
        """Load the data once more where the process that had it is gone."""
        async with self._changing:
            while origin is self._origin and self._data:
                try:
                    self._origin, workers = await _opened(self._data, self.limits)
                except (SourceError, OSError):
                    await asyncio.sleep(_AGAIN)
                    continue
                self._origins.add(self._origin)
                for worker in workers:
                    self._hold(worker)
                self._later(self._retire(origin))

    async def _retire(self, origin: Origin) -> None:
        await origin.retire()
        self._origins.discard(origin)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def open_workers(trig: bytes, prefixes: Mapping[str, str], limits: Limits | None = None) -> Workers:
    """Start workers that answer from a dataset in TriG; a query without FROM sees all its graphs as one.

    Raises `SourceError` for what is no TriG.
    """
    workers = Workers(limits or Limits())
    await workers.replace(trig, prefixes)
    return workers


async def _kept(trig: bytes, prefixes: Mapping[str, str]) -> Data:
    """Put data in a file without a name: it is needed again if the process that has loaded it should be gone."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the workers)
    await asyncio.to_thread(file.write, trig)
    file.flush()
    return Data(file, prefixes)


async def _opened(data: Data, limits: Limits) -> tuple[Origin, list[Worker]]:
    """Start an origin and all its workers, and wait until they answer. Raises `SourceError`."""
    origin: Origin = await (forked if _CAN_FORK else spawned)(data, limits)
    try:
        workers = [await origin.start() for _ in range(limits.workers)]
        await asyncio.gather(*(worker.ask(Question("ASK {}")) for worker in workers))
    except (EOFError, OSError):
        await origin.close()
        raise SourceError("the linked data", "no worker could load it", "nothing was changed") from None
    except BaseException:
        await origin.close()
        raise
    return origin, workers


async def _reason(worker: Worker) -> str:
    """Tell from its end what a query did to a worker."""
    try:
        ended = await asyncio.wait_for(asyncio.shield(worker.ended), _LAST_WORDS)
    except TimeoutError:
        return "failed"
    return _SIGNALS.get(ended, "failed")
