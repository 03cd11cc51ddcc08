"""Patterns that an earlier process compiled and looked into, kept in the user's cache as Python keeps `__pycache__`.

Both take most of the time in which the extractors start. What is kept of a pattern is found by its letters and flags,
so a rule file may change at any time, and a pattern that does not compile is never kept: it is told of as ever. The
file counts only if it is this user's, whole, and of the same Python, `regex` and code; otherwise, and where it cannot
be read or written, all is made anew. It is read when the first pattern is asked for; `keep_patterns` alone writes it.
"""

from __future__ import annotations

import contextlib
import copyreg
import hashlib
import marshal
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import regex

from schemas.user_cache import user_cache

Key = tuple[Any, ...]
FILE = f"patterns-{sys.implementation.cache_tag}.bin"
"""One for each Python; what another version of kehoach or `regex` left there is replaced."""
SEAL = hashlib.sha256().digest_size
REDUCED = copyreg.dispatch_table.get(regex.Pattern)
"""What a pattern is pickled by: it gives a function with plain values of which that makes the pattern again."""
RESTORE = REDUCED(regex.compile(""))[0] if REDUCED else None


class Kept:
    """What is known from a file, and what this process has asked for."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.known: dict[Key, Any] = _read(path) if path else {}
        self.asked: dict[Key, Any] | None = {}

    def get(self, key: Key, work: Callable[[], Any]) -> Any:
        """What `work` gives for the key, in plain values; what it raises is not kept."""
        value = self.known[key] if key in self.known else work()
        if self.asked is not None:
            self.asked[key] = value
        return value

    def write(self) -> None:
        """Write what was asked for where something of it is new, in one step: another process sees all or nothing.
        Nothing of it stays in memory."""
        asked, self.asked = self.asked, None
        known, self.known = self.known, {}
        if self.path and asked and asked.keys() - known.keys():
            with contextlib.suppress(OSError, ValueError):
                body = marshal.dumps(asked)
                self.path.parent.mkdir(parents=True, exist_ok=True)
                descriptor, name = tempfile.mkstemp(prefix=FILE, dir=self.path.parent)
                try:
                    with os.fdopen(descriptor, "wb") as file:
                        file.write(_seal(body) + body)
                    os.replace(name, self.path)
                except BaseException:
                    os.unlink(name)
                    raise


_KEPT: Kept | None = None


def kept() -> Kept:
    """What is kept for this process."""
    global _KEPT
    if _KEPT is None:
        _KEPT = Kept(_usual_path())
    return _KEPT


def keep_patterns() -> None:
    """Keep for later processes what this one has asked for by now."""
    kept().write()


def compiled(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    """As `regex.compile`, by what was kept of the pattern if there is something."""
    if REDUCED is None:
        return regex.compile(pattern, flags)
    made: list[regex.Pattern[str]] = []

    def work() -> tuple:
        made.append(regex.compile(pattern, flags))
        return tuple(int(part) if isinstance(part, int) else part for part in REDUCED(made[0])[1])

    parts = kept().get(("compiled", pattern, int(flags)), work)
    return made[0] if made else RESTORE(*parts)


def _usual_path() -> Path | None:
    with contextlib.suppress(RuntimeError):
        return user_cache() / FILE
    return None


def _read(path: Path) -> dict[Key, Any]:
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError), path.open("rb") as file:
        ours = not hasattr(os, "getuid") or os.fstat(file.fileno()).st_uid == os.getuid()
        seal, body = file.read(SEAL), file.read()
        if ours and seal == _seal(body):  # nothing else is let into `marshal` and `regex`, which trust what they get
            return marshal.loads(body)
    return {}


def _seal(body: bytes) -> bytes:
    """What a whole file begins with: it changes with all on which the meaning of the rest depends."""
    makers = (Path(__file__), Path(__file__).with_name("pattern_parts.py"))
    versions = (sys.version, platform.machine(), sys.byteorder, regex.__version__)
    sealed = hashlib.sha256(repr(versions).encode())
    for maker in makers:
        sealed.update(maker.read_bytes())
    sealed.update(body)
    return sealed.digest()
