"""The folder of this user and machine in which kehoach may keep what it can make again."""

from __future__ import annotations

import os
from pathlib import Path


def user_cache() -> Path:
    """`KEHOACH_CACHE`, else `kehoach` in the user's folder of caches. Raises RuntimeError where there is no home."""
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("KEHOACH_CACHE") or Path(caches, "kehoach"))
