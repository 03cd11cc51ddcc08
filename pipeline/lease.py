"""Who may publish to an object store: one run at a time, without a lock that a killed run leaves for ever.

Each run puts a ticket of its own into `<out>/lock/` and then lists the folder; who sees another run's living ticket
takes the own one back. Of two runs that begin together the later one to write sees the other's ticket, for stores list
what was written before; at worst both give way and try again. A ticket is renewed while its run lives, and one that was
not renewed for EXPIRY seconds is dead: ages are told by the store's own clock alone. This asks of a store nothing but
put, list and delete, since not every file system of Arrow and fsspec has a put on condition that nothing is there.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import socket
import threading
import time
import uuid
from pathlib import Path

from pipeline.exit_codes import AlreadyRunning
from pipeline.remote import Remote
from pipeline.store import HIDDEN

FOLDER = "lock"
EXPIRY = 120.0
"""Seconds without renewal after which a ticket's run counts as dead."""
RENEWED = 20.0
TRIES = 3
LONGEST_WAIT = 2.0
"""Seconds between two tries at most; by chance, so that two runs that gave way to each other do not do so again."""
RENEWAL = "kehoach lease"
"""The thread that renews a ticket."""
FAREWELL = 10.0
"""Seconds that the end of a run waits for a renewal under way."""


class Lease:
    """One run's right to publish to `out`. Whatever the store refuses is an OSError."""

    def __init__(self, out: Remote, holder: str) -> None:
        """`holder`: names machine and working folder; the caller sees to it that no two runs there are at once."""
        self.out = out
        self.ticket = out / FOLDER / f"{holder}.json"
        self.said = f"process {os.getpid()} on {socket.gethostname()} since {time.strftime('%Y-%m-%d %H:%M:%S')}"
        self.ended = threading.Event()
        self.renewal = threading.Thread(target=self.renew, name=RENEWAL, daemon=True)

    def take(self) -> None:
        """Take it and keep it. Raises AlreadyRunning."""
        for last in (*[False] * (TRIES - 1), True):
            self.write()
            other = self.other()
            if other is None:
                self.renewal.start()
                return
            said = holder_said(other)
            self.ticket.remove()
            if last:
                raise AlreadyRunning(
                    f"{self.out} is being written by {said}. Wait until it is done, or choose another --out. If it was "
                    f"killed, its claim ends {EXPIRY:.0f} seconds after its last sign of life."
                )
            time.sleep(random.uniform(LONGEST_WAIT / 4, LONGEST_WAIT))

    def write(self) -> None:
        """A sign of life."""
        self.ticket.write(json.dumps({"holder": self.said}, ensure_ascii=False).encode())

    def other(self) -> Remote | None:
        """Another run's living ticket; dead ones are taken away."""
        tickets = {ticket.name: ticket for _, ticket in (self.out / FOLDER).files()}
        mine = tickets.pop(self.ticket.name, None)
        if mine is None:  # a run that took ours for dead
            return self.ticket
        living = None
        for ticket in tickets.values():
            if mine.stat().st_mtime_ns - ticket.stat().st_mtime_ns > EXPIRY * 1e9:
                ticket.remove()
            else:
                living = ticket
        return living

    def renew(self) -> None:
        """Show now and then that this run lives, unless another one has taken over."""
        while not self.ended.wait(RENEWED):
            with contextlib.suppress(OSError):  # the network may be back the next time; `check` has the last word
                if not self.ticket.exists():
                    return
                self.write()

    def check(self) -> None:
        """Raises AlreadyRunning where another run took over because this one gave no sign of life."""
        if not self.ticket.exists():
            raise AlreadyRunning(
                f"another run took over {self.out}, since this one was not heard of for {EXPIRY:.0f} seconds; its "
                "tables stand. Run again to go on there."
            )

    def release(self) -> None:
        """Others may publish from now on."""
        self.ended.set()
        if self.renewal.is_alive():
            self.renewal.join(FAREWELL)
        with contextlib.suppress(OSError):  # then it ends by itself
            if self.ticket.exists():
                self.ticket.remove()


def is_renewed_here() -> bool:
    """Whether a thread of this process renews a ticket."""
    return any(thread.name == RENEWAL for thread in threading.enumerate())


def holder_said(ticket: Remote) -> str:
    """What a ticket says of its run."""
    try:
        with ticket.open() as file:
            return str(json.load(file)["holder"])[:200]
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def holder_of(work: Path) -> str:
    """The name of this machine's working folder: a run that was killed here does not keep the next one here waiting."""
    file = work / HIDDEN / "holder"
    if not file.exists():
        file.write_text(uuid.uuid4().hex, encoding="utf-8")
    return f"{re.sub(r'[^A-Za-z0-9.-]', '-', socket.gethostname())}-{file.read_text(encoding='utf-8')}"
