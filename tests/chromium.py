"""Headless Chromium for tests: pages as a browser shows them, and what it asks of the network meanwhile."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="no Chromium here (apt-get install chromium)")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--disable-dev-shm-usage", "--hide-scrollbars"),
)


class Browser:
    """Opens pages in a profile of its own. `asked`: all that it wanted of the network."""

    def __init__(self, profile: Path, proxy: int, asked: list[bytes]) -> None:
        """Nothing opened yet."""
        self.profile, self.proxy, self.asked = profile, proxy, asked

    def run(self, *words: str) -> str:
        """What Chromium prints."""
        command = [PROGRAM, *QUIET, f"--user-data-dir={self.profile}", f"--proxy-server=http://127.0.0.1:{self.proxy}"]
        done = subprocess.run([*command, *words], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def dom(self, path: Path) -> str:
        """The page after all that may run in it has run."""
        return self.run("--dump-dom", path.as_uri())

    def picture(self, path: Path, target: Path, anchor: str = "", size: tuple[int, int] = (1400, 900)) -> Path:
        """A screenshot of the page."""
        width, height = size
        link = path.as_uri() + (f"#{anchor}" if anchor else "")
        self.run(f"--window-size={width},{height}", f"--screenshot={target}", link)
        return target


@contextlib.contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A browser whose only way to the network is a socket that listens and answers nothing."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    caller, _ = server.accept()
                    with caller:
                        caller.settimeout(5)
                        with contextlib.suppress(OSError):
                            asked.append(caller.recv(4096))

        threading.Thread(target=listen, daemon=True).start()
        yield Browser(profile, server.getsockname()[1], asked)
