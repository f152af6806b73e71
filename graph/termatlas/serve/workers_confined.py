"""What a process that runs queries may not do, where the operating system can see to it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

_STACK = 64 << 20  # what a query may be nested to: a parser that runs out of it ends the process
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, <linux/prctl.h>


def confine(memory: int) -> None:
    """Let this process take so much more memory and open no file or connection; end it with its parent."""
    with suppress(ValueError):  # raised outside the main thread, where no signal arrives either
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        _end_with_parent()
    if sys.platform != "win32":
        _limit(memory)


def end_in(seconds: float) -> None:
    """End this process in so many seconds, whatever it is doing then; 0 calls that off.

    The server ends it before. This is for a server that is stopped itself, or gone.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit(memory: int) -> None:
    import resource

    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_STACK: _STACK,
        # The next file descriptor is one too many: no socket for SERVICE, no file for anything.
        resource.RLIMIT_NOFILE: _first_free_descriptor(),
    }
    if sys.platform == "linux":
        wanted[resource.RLIMIT_AS] = _address_space() + memory
    for kind, most in wanted.items():
        hard = resource.getrlimit(kind)[1]
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _first_free_descriptor() -> int:
    descriptor = os.open(os.devnull, os.O_RDONLY)
    os.close(descriptor)
    return descriptor


def _address_space() -> int:
    pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _end_with_parent() -> None:
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before it was asked for
        os._exit(0)
