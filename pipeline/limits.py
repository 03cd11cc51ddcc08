"""What one document may cost: time, memory, pages and pixels. Readers ask here; the worker pool enforces.

A reader that works page by page calls `alive()` for each: a document is given up when it is silent for too long or
takes too long altogether, so a thick scan may take its time and a file that makes a library loop may not.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one document."""

    silent_seconds: float = 120.0
    """Without a sign of life (a page done) for so long, the document is given up."""
    seconds: float = 1800.0
    """The longest that a document may take."""
    memory_mib: int = 2048
    """Memory that a document may take, over what the worker needs to live."""
    pages: int = 2_000
    pixels: int = 120_000_000
    """Of one picture or page: A3 at 600 dpi has 70 million."""


LIMITS = Limits()


def bounds(silent_seconds: float | None = None, memory_mib: int | None = None) -> Limits:
    """The usual bounds, with those that a user set."""
    return Limits(
        silent_seconds=silent_seconds or LIMITS.silent_seconds,
        seconds=max(LIMITS.seconds, silent_seconds or 0),
        memory_mib=memory_mib or LIMITS.memory_mib,
    )


class _Sign:
    """Where signs of life go; the worker puts its shared memory here."""

    give: Callable[[float], None] | None = None


def alive() -> None:
    """A sign of life: call it after each page. Costs nothing; does nothing outside a worker."""
    if _Sign.give is not None:
        _Sign.give(time.monotonic())


def give_signs_to(function: Callable[[float], None]) -> None:
    """From now on, `alive` tells `function` the time."""
    _Sign.give = function


def cores() -> int:
    """How many processes can run at once on this machine."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)
