"""A process that loads the data once and then splits off workers, which share its memory (copy on write).

``python -m termatlas.serve.workers_template SOCKET`` reads TriG from standard input. It has one thread, so what it
splits off is whole; the server has many, and must not be forked itself. It starts a worker for every command
``fork``, which brings the worker's socket with it, and ends one for ``end``. As their parent it alone knows that a
process number is still that of the worker. When the server is gone, so are they.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import struct
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from termatlas.serve.workers_child import answer_questions, loaded, rehearse
from termatlas.serve.workers_messages import packed, read

if TYPE_CHECKING:
    import pyoxigraph

#: A command: ``f``\\ ork or ``e``\\ nd, and the worker's number.
COMMAND: Final = struct.Struct(">cQ")


def main() -> None:
    """Load, say so, and do as told until the server closes the socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server's own business
    control = socket.socket(fileno=int(sys.argv[1]))
    with control.makefile("rb") as stream:
        first = read(stream)
    if first is None:
        return
    try:
        store = loaded(sys.stdin.buffer)
    except (SyntaxError, ValueError) as error:
        control.sendall(packed({"refused": str(error)}))
        return
    rehearse()
    gc.collect()
    gc.freeze()  # else the collector would write to every page that is shared
    graphs = {graph.value: _size(store, graph) for graph in store.named_graphs() if hasattr(graph, "value")}
    control.sendall(packed({"loaded": len(store), "graphs": graphs}))
    _obey(control, store, first.head)


def _size(store: pyoxigraph.Store, graph: Any) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, None, None, graph))


def _obey(control: socket.socket, store: pyoxigraph.Store, known: Mapping[str, Any]) -> None:
    """Carry out commands, and report which workers have ended, until the server is gone."""
    import selectors

    woken, wakes = socket.socketpair()
    for end in (woken, wakes):
        end.setblocking(False)
    signal.set_wakeup_fd(wakes.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    waiting = selectors.DefaultSelector()
    waiting.register(control, selectors.EVENT_READ)
    waiting.register(woken, selectors.EVENT_READ)
    numbers: dict[int, int] = {}
    with suppress(ConnectionError):
        while True:
            ready = [key.fileobj for key, _ in waiting.select()]
            if woken in ready:
                woken.recv(4096)
                _report_ended(control, numbers)
            if control in ready and not _carry_out(control, numbers, store, known):
                break
    for pid in numbers:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _carry_out(
    control: socket.socket, numbers: dict[int, int], store: pyoxigraph.Store, known: Mapping[str, Any]
) -> bool:
    """Carry out the next command; False where the server is gone."""
    command, descriptors, _, _ = socket.recv_fds(control, COMMAND.size, 1)
    if len(command) < COMMAND.size:
        return False
    name, number = COMMAND.unpack(command)
    if name == b"f":
        _fork(control, descriptors[0], number, numbers, store, known)
    else:
        for pid in [pid for pid, other in numbers.items() if other == number]:
            os.kill(pid, signal.SIGKILL)
    return True


def _fork(
    control: socket.socket,
    descriptor: int,
    number: int,
    numbers: dict[int, int],
    store: pyoxigraph.Store,
    known: Mapping[str, Any],
) -> None:
    try:
        pid = os.fork()
    except OSError:  # no more processes
        os.close(descriptor)
        control.sendall(packed({"ended": number, "signal": 0}))
        return
    if pid:
        numbers[pid] = number
        os.close(descriptor)
    else:
        _work(control, descriptor, store, known)


def _work(control: socket.socket, descriptor: int, store: pyoxigraph.Store, known: Mapping[str, Any]) -> None:
    """Be a worker, and nothing after that."""
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        control.close()
        _leave_streams()
        with socket.socket(fileno=descriptor) as mine, mine.makefile("rb") as asked, mine.makefile("wb") as told:
            answer_questions(asked, told, store, known["prefixes"], known["limits"])
    except (BrokenPipeError, ConnectionResetError):  # the server no longer wants the answer
        pass
    finally:
        os._exit(0)


def _leave_streams() -> None:
    """Take the terminal and the data's file from a process that should have neither."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    os.close(nothing)


def _report_ended(control: socket.socket, numbers: dict[int, int]) -> None:
    """Take leave of the children that ended, so that none stays as a zombie."""
    with suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            control.sendall(packed({"ended": numbers.pop(pid), "signal": ended}))


if __name__ == "__main__":
    main()
