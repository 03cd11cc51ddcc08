"""Documents that the tables hold and a run's input does not: they leave with that run.

A file that is removed takes its rows along. But where the input is another one than that of the tables, a slip (one
file named, where the folder was meant) would take all documents away: then the run must be told that they may go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.exit_codes import NoTables, WouldRemove
from pipeline.remote import Remote
from pipeline.terminal import counted, plain
from pipeline.writers import read_table, tables_exist

MOST_NAMED = 5
"""Documents that one message names."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Documents that leave, by path. `held`: how many the tables hold; `former`: the input that the tables were made
    from, where it is another one than the run's."""

    paths: list[str] = field(default_factory=list)
    held: int = 0
    former: str | None = None

    @property
    def must_be_asked_for(self) -> bool:
        """Whether they leave because another input was named, not because their files are gone."""
        return self.former is not None and bool(self.paths)

    @property
    def counted(self) -> str:
        """How many of how many."""
        return f"{len(self.paths)} of {counted(self.held, 'document')}"

    @property
    def named(self) -> str:
        """Some of them by path."""
        more = len(self.paths) - MOST_NAMED
        return ", ".join(map(plain, self.paths[:MOST_NAMED])) + (f" and {more} more" if more > 0 else "")


def leaving(work: Path, found: Mapping[str, str | None], former: str | None, names_count: bool) -> Leaving:
    """What leaves the tables in `work` with a run over another input than `former` (None: over the same one).

    `found`: the SHA-256 of each file of the input, by name. A file of equal bytes, moved or renamed, stays. So does one
    of an equal path, changed or a newer copy, where `names_count`: the name of a single file says nothing.
    """
    digests = set(found.values())
    held = documents_in(work)
    gone = [path for path, digest in held if digest not in digests and not (names_count and path in found)]
    return Leaving(gone, len(held), former)


def documents_in(work: Path) -> list[tuple[str, str]]:
    """Path and SHA-256 of each document of the tables."""
    if not tables_exist(work):
        return []
    try:
        table = read_table(work, "documents", ("source_path", "source_sha256"))
    except NoTables:  # damaged, or of another version: the run writes them anew
        return []
    return list(zip(*(column.to_pylist() for column in table.itercolumns()), strict=True))


def check_asked_for(found: Leaving, source: Path | Remote) -> None:
    """Raises WouldRemove where documents would leave because another input is named."""
    if found.must_be_asked_for:
        raise WouldRemove(
            f"{found.counted} would leave the tables: they were read from {plain(found.former)} and are not in "
            f"{source} ({found.named}). To keep them, choose another --out, or name a folder that holds them all; "
            "to let them go, add --replace. Nothing was changed."
        )
