"""The processes that answer queries: started, replaced, ended, and none left behind."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Set
from contextlib import suppress
from pathlib import Path

import pytest

from asgi import finished
from sparql_endpoint import RUNAWAY
from termatlas.errors import SourceError
from termatlas.serve.workers import Limits, Question, Workers, open_workers
from termatlas.serve.workers_messages import Message, packed, read

LIMITS = Limits(seconds=5, workers=2)
MIB = 1 << 20
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def dataset(number: int, size: int = 100) -> bytes:
    return b"\n".join(b"<urn:s%d> <urn:p> %d ." % (i, number) for i in range(size))


def with_workers(
    act: Callable[[Workers], Awaitable[None]],
    limits: Limits = LIMITS,
    data: bytes = dataset(1),
) -> None:
    async def run() -> None:
        workers = await open_workers(data, {"e": "urn:"}, limits)
        try:
            await act(workers)
        finally:
            await workers.close()

    finished(run())


async def csv(workers: Workers, query: str) -> str:
    reply = await workers.answer(Question(query, solutions="csv"))
    assert reply.outcome in ("solutions", "boolean"), reply
    return reply.body.decode()


async def outcome(workers: Workers, query: str) -> str:
    return (await workers.answer(Question(query))).outcome


def children(pid: int, besides: Set[int] = frozenset()) -> set[int]:
    """Give the processes that a process has started, zombies included, and theirs; but for some, and for theirs."""
    found: set[int] = set()
    with suppress(OSError):  # it has just ended
        for file in Path(f"/proc/{pid}/task").glob("*/children"):
            found |= {int(child) for child in file.read_text().split()}
    found -= besides
    return found.union(*map(children, found))


def open_files(pid: int | str) -> list[int]:
    return sorted(int(file.name) for file in Path(f"/proc/{pid}/fd").iterdir() if file.exists() or file.is_symlink())


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def eventually(is_so: Callable[[], bool], seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


@linux
def test_nothing_is_left_behind() -> None:
    finished(asyncio.sleep(0))  # what asyncio keeps open is open now
    gc.collect()  # and what other tests have left is closed
    others, before_files = children(os.getpid()), open_files("self")  # a browser's processes may come and go
    seen: set[int] = set()

    def started() -> set[int]:
        return children(os.getpid(), besides=others)

    async def act(workers: Workers) -> None:
        for _ in range(3):
            assert await outcome(workers, RUNAWAY) == "slow"
            seen.update(started())
        await workers.replace(dataset(2), {})
        assert await csv(workers, "SELECT DISTINCT ?o { ?s ?p ?o }") == "o\r\n2\r\n"
        # Soon there is a template with two workers, and no zombie.
        assert await asyncio.to_thread(eventually, lambda: len(started()) == 3)
        assert all(map(is_there, started()))

    with_workers(act, Limits(seconds=0.2, workers=2))
    gc.collect()
    assert len(seen) >= 3
    assert not started()
    assert open_files("self") == before_files


def test_new_data_are_taken_up_without_a_failed_question() -> None:
    async def act(workers: Workers) -> None:
        answers: list[str] = []
        is_over = False

        async def asks() -> None:
            while not is_over:
                answers.append(await csv(workers, "SELECT DISTINCT ?o { ?s ?p ?o }"))

        asking = [asyncio.create_task(asks()) for _ in range(4)]
        for number in (2, 3, 4):
            await workers.replace(dataset(number), {})
            assert await csv(workers, "SELECT DISTINCT ?o { ?s ?p ?o }") == f"o\r\n{number}\r\n"
        is_over = True
        await asyncio.gather(*asking)
        assert {int(answer.split()[1]) for answer in answers} <= {1, 2, 3, 4}
        assert len(answers) > 20

    with_workers(act)


def test_a_question_under_way_is_answered_from_the_data_it_was_put_to() -> None:
    async def act(workers: Workers) -> None:
        slow = "SELECT (COUNT(*) AS ?n) (SAMPLE(?o) AS ?one) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f FILTER(?c != 9) }"
        under_way = asyncio.create_task(csv(workers, slow))
        await asyncio.sleep(0.05)
        await workers.replace(dataset(2), {})
        assert await csv(workers, "SELECT DISTINCT ?o { ?s ?p ?o }") == "o\r\n2\r\n"
        assert (await under_way).split()[1] == "1000000,1"

    with_workers(act)


def test_data_that_cannot_be_loaded_change_nothing() -> None:
    async def act(workers: Workers) -> None:
        with pytest.raises(SourceError, match=r"the linked data: Parser error at line 2.*; nothing was changed"):
            await workers.replace(b"<urn:a> <urn:b> 1 .\n<urn:a> nope:b 1 .", {})
        assert await csv(workers, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == "n\r\n100\r\n"

    with_workers(act)


def test_a_template_or_worker_that_is_gone_is_replaced() -> None:
    async def act(workers: Workers) -> None:
        for pid in workers.pids:
            os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(0.1)
        assert await csv(workers, "ASK {}") == "true"
        (template,) = {int(Path(f"/proc/{pid}/stat").read_text().split()[3]) for pid in workers.pids}
        os.kill(template, signal.SIGKILL)
        await asyncio.sleep(0.1)
        for _ in range(4):
            assert await csv(workers, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == "n\r\n100\r\n"

    if sys.platform == "linux":
        with_workers(act)


@linux
def test_a_query_cannot_take_all_the_memory() -> None:
    async def act(workers: Workers) -> None:
        assert (
            await outcome(workers, RUNAWAY.replace("SELECT (COUNT(*) AS ?n)", "SELECT *") + " ORDER BY ?a1") == "memory"
        )
        assert await outcome(workers, "ASK {}") == "boolean"

    with_workers(act, Limits(seconds=20, memory_bytes=64 * MIB, workers=1))


def test_questions_that_would_wait_too_long_are_turned_away() -> None:
    async def act(workers: Workers) -> None:
        many = await asyncio.gather(*(outcome(workers, RUNAWAY) for _ in range(5)))
        assert many[0] == "slow"
        assert many[3:] == ["busy", "busy"]  # two wait already
        assert set(many[1:3]) <= {"busy", "slow"}

    with_workers(act, Limits(seconds=0.3, workers=1, waiting=2))


@linux
def test_a_worker_that_has_answered_enough_is_replaced_and_no_answer_is_lost() -> None:
    seen: set[int] = set()
    others = children(os.getpid())

    async def act(workers: Workers) -> None:
        async def asks(asker: int) -> None:
            for number in range(100):
                written = f"{asker}{number:02}"
                assert await csv(workers, f"SELECT (1{written} AS ?n) {{}}") == f"n\r\n1{written}\r\n"
                seen.update(workers.pids)

        await asyncio.gather(*map(asks, range(4)))
        assert await asyncio.to_thread(eventually, lambda: len(children(os.getpid(), others)) == 3)

    with_workers(act, Limits(workers=2, questions=10))
    assert len(seen) > 5  # of some forty


def test_a_question_under_way_is_answered_by_the_worker_that_is_replaced() -> None:
    async def act(workers: Workers) -> None:
        slow = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f FILTER(?c != 9) }"
        (first,) = workers.pids
        _, answer, _ = await asyncio.gather(*(csv(workers, query) for query in ("ASK {}", slow, "ASK {}")))
        assert answer.split()[1] == "1000000"
        assert first not in workers.pids

    with_workers(act, Limits(workers=1, questions=1))


def test_nobody_is_overtaken() -> None:
    answered: list[int] = []

    async def act(workers: Workers) -> None:
        async def asks(asker: int) -> None:
            for _ in range(25):
                assert await csv(workers, "ASK {}") == "true"
                answered.append(asker)

        await asyncio.gather(*map(asks, range(4)))

    with_workers(act, Limits(workers=1))
    assert answered == [0, 1, 2, 3] * 25


def test_a_caller_who_gives_up_ends_the_query() -> None:
    async def act(workers: Workers) -> None:
        for _ in range(3):
            task = asyncio.create_task(outcome(workers, RUNAWAY))
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert await asyncio.wait_for(outcome(workers, "ASK {}"), 1) == "boolean"

    with_workers(act, Limits(seconds=30, workers=1))


@linux
def test_workers_cannot_open_a_file_or_a_connection() -> None:
    async def act(workers: Workers) -> None:
        (pid,) = workers.pids
        limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
        (files,) = (line.split() for line in limits if line.startswith("Max open files"))
        assert set(range(int(files[3]))) <= set(open_files(pid))  # the next one would be one too many

    with_workers(act, Limits(workers=1))


def test_processes_are_left_alone_by_the_keyboard_and_end_with_the_server(tmp_path: Path) -> None:
    script = """
import asyncio, os, signal, sys
from termatlas.serve.workers import Limits, Question, open_workers
async def main():
    workers = await open_workers(b"<urn:a> <urn:b> 1 .", {}, Limits(workers=2, seconds=60))
    for pid in workers.pids:
        os.kill(pid, signal.SIGINT)
    assert (await workers.answer(Question("ASK {}"))).outcome == "boolean"
    asyncio.create_task(workers.answer(Question(sys.argv[1])))
    await asyncio.sleep(0.2)
    print(*workers.pids, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    graph = str(Path(__file__).parents[1] / "graph")
    run = subprocess.run(  # noqa: PLW1510 (it ends itself by a signal)
        [sys.executable, "-c", script, RUNAWAY], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": graph}
    )
    pids = [int(pid) for pid in run.stdout.split()]
    assert len(pids) == 2, run.stderr
    assert run.stderr == ""
    if sys.platform == "linux":
        assert eventually(lambda: not any(is_there(pid) for pid in pids))


def test_without_fork_workers_load_the_data_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termatlas.serve.workers._CAN_FORK", False)

    async def act(workers: Workers) -> None:
        assert await csv(workers, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == "n\r\n100\r\n"
        assert await outcome(workers, RUNAWAY) == "slow"
        await workers.replace(dataset(2), {})
        assert await csv(workers, "SELECT DISTINCT ?o { ?s ?p ?o }") == "o\r\n2\r\n"
        with pytest.raises(SourceError, match="no worker could load it"):
            await workers.replace(b"<", {})
        assert await csv(workers, "SELECT DISTINCT ?o { ?s ?p ?o }") == "o\r\n2\r\n"

    with_workers(act, Limits(seconds=2, workers=1))


def test_closing_twice_and_asking_after(tmp_path: Path) -> None:
    async def act(workers: Workers) -> None:
        await workers.close()
        assert await outcome(workers, "ASK {}") == "busy"

    with_workers(act)


def test_a_message_that_ends_early_is_none(tmp_path: Path) -> None:
    whole = packed({"id": 1}, b"ASK {}")
    file = tmp_path / "messages"
    file.write_bytes(whole + whole[:3])
    with file.open("rb") as stream:
        assert read(stream) == Message({"id": 1}, b"ASK {}")
        assert read(stream) is None
