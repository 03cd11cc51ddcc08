"""The version of kehoach, stated once: in pyproject.toml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


@cache
def version() -> str:
    """The installed version; in a source checkout that was never installed, what pyproject.toml says."""
    from importlib import metadata

    try:
        return metadata.version("kehoach")
    except metadata.PackageNotFoundError:
        import tomllib

        return tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["version"]
