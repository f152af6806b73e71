"""Drive Chromium over its own pipe, without a driver in between.

A driver listens to what the page loads, and Chromium then keeps and decodes a copy of every file: for a large page that
costs as much as the page itself. Here nothing is switched on that a reader's browser has switched off.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

Send = Callable[..., dict[str, Any]]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-extensions", "--disable-sync",
    "--disable-default-apps", "--mute-audio", "--force-color-profile=srgb", "--enable-unsafe-swiftshader",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]  # fmt: skip
SCREEN = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
AT_REST = 0.015  # CPU seconds in 0.3 s


class Unanswered(Exception):
    """Chromium did not answer in time."""


@contextmanager
def chromium() -> Iterator[Send]:
    """Start Chromium with an empty profile; give a function that sends a command and waits for the answer."""
    program = os.environ.get("TERMATLAS_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    (read_commands, write_commands), (read_answers, write_answers) = os.pipe(), os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        ends = f'exec "$0" "$@" 3<&{read_commands} 4>&{write_answers} 2>/dev/null'
        command = ["sh", "-c", ends, program, f"--user-data-dir={profile}", *FLAGS]
        process = subprocess.Popen(command, pass_fds=(read_commands, write_answers))
        os.close(read_commands)
        os.close(write_answers)
        try:
            send = _sender(write_commands, read_answers)
            yield send
            send("Browser.close")
        finally:
            process.kill()
            process.wait()
            os.close(write_commands)
            os.close(read_answers)


def _sender(commands: int, answers: int) -> Send:
    numbers, messages = count(1), _messages(answers)

    def send(method: str, session: str = "", seconds: float = 60, **params: object) -> dict[str, Any]:
        number = next(numbers)
        command = {"id": number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        os.write(commands, json.dumps(command).encode() + b"\0")
        until = time.monotonic() + seconds
        while (message := messages(until)).get("id") != number:
            pass
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']['message']}")
        result: dict[str, Any] = message["result"]
        return result

    return send


def _messages(answers: int) -> Callable[[float], dict[str, Any]]:
    rest = bytearray()

    def next_message(until: float) -> dict[str, Any]:
        while (end := rest.find(b"\0")) < 0:
            if not select.select([answers], [], [], max(0, until - time.monotonic()))[0]:
                raise Unanswered
            rest.extend(os.read(answers, 2**20))
        message: dict[str, Any] = json.loads(rest[:end])
        del rest[: end + 1]
        return message

    return next_message


def cpu(send: Send) -> float:
    """Give the CPU seconds that all processes of the browser have used so far."""
    return float(sum(each["cpuTime"] for each in send("SystemInfo.getProcessInfo")["processInfo"]))


def settled(send: Send, seconds: float = 30) -> float:
    """Wait until nothing is done any more, then give the CPU seconds."""
    before, until = -1.0, time.monotonic() + seconds
    while (now := cpu(send)) - before > AT_REST and time.monotonic() < until:
        before = now
        time.sleep(0.3)
    return now


@contextmanager
def tab(send: Send) -> Iterator[str]:
    """Open an empty tab, with a profile and so a process of its own; give its session."""
    context = send("Target.createBrowserContext")["browserContextId"]
    target = send("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
    session = send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    send("Emulation.setDeviceMetricsOverride", session, **SCREEN)
    try:
        yield session
    finally:
        send("Target.disposeBrowserContext", browserContextId=context)


def evaluate(send: Send, session: str, code: str, seconds: float = 60) -> Any:
    """Run a function of the page's and give what it returns or resolves to."""
    wanted = {"expression": f"({code})()", "awaitPromise": True, "returnByValue": True}
    answer = send("Runtime.evaluate", session, seconds, **wanted)
    if "exceptionDetails" in answer:
        raise RuntimeError(str(answer["exceptionDetails"].get("exception", {}).get("description")))
    return answer["result"].get("value")


def awaited(send: Send, session: str, code: str, most: float) -> None:
    """Wait until a function of the page's resolves.

    Raises `Unanswered` where that takes more CPU seconds than `most`, or where the page has stopped working on it.
    """
    until, before = cpu(send) + most, 0.0
    while True:
        try:
            evaluate(send, session, code, seconds=3)
        except Unanswered:  # an answer that comes later is passed over
            now = cpu(send)
            if now > until or now - before < AT_REST:
                raise
            before = now
        else:
            return


def address(page: Path) -> str:
    """Give the address of a file."""
    return page.resolve().as_uri()
