"""Python's garbage collector, told to look less often: facts are many small objects that nearly all live as long as
their document, and looking through them every few hundred takes a fifth of the time of reading."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

NEW_OBJECTS = 20_000
"""The collector looks for garbage when there are so many more objects; a document makes some ten thousand."""


def look_seldom() -> None:
    """From now on, in this process: for workers, which do nothing else. What is loaded stays, and is not looked at."""
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])


@contextlib.contextmanager
def looking_seldom() -> Iterator[None]:
    """For a while, in a process that is not ours alone."""
    before = gc.get_threshold()
    gc.set_threshold(NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
