"""Documents that the tables hold and a run's input does not: they leave with that run.

A file that is removed takes its rows along, and so does another input. But where a part of the tables' own input is
named, or one file, a slip (the folder was meant) would take documents away: then the run must be told that they may go.
"""

from __future__ import annotations

from collections import Counter
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
    from, where it is another one than the run's; `may_be_a_slip`: whether that may have been meant."""

    paths: list[str] = field(default_factory=list)
    held: int = 0
    former: str | None = None
    may_be_a_slip: bool = False

    @property
    def must_be_asked_for(self) -> bool:
        """Whether they leave because an input was named by a slip, not because their files are gone."""
        return self.may_be_a_slip and bool(self.paths)

    @property
    def counted(self) -> str:
        """How many of how many."""
        return f"{len(self.paths)} of {counted(self.held, 'document')}"

    @property
    def named(self) -> str:
        """Some of them by path."""
        more = len(self.paths) - MOST_NAMED
        return ", ".join(map(plain, self.paths[:MOST_NAMED])) + (f" and {more} more" if more > 0 else "")


def leaving(
    work: Path, found: Mapping[str, str | None], former: str | None, source: Path | Remote, names_count: bool
) -> Leaving:
    """What leaves the tables in `work` with a run over `source`, another input than `former` (None: the same one).

    `found`: the SHA-256 of each file of the input, by name. A file of equal bytes, moved or renamed, stays; of several
    copies as many as there still are. So does one of an equal path, changed or a newer copy, where `names_count`: the
    name of a single file says nothing.
    """
    held = documents_in(work)
    named = {path for path, digest in held if path in found and (names_count or found[path] == digest)}
    copies = Counter(digest for name, digest in found.items() if name not in named)
    gone = []
    for path, digest in held:
        if path in named:
            continue
        if copies[digest]:
            copies[digest] -= 1
        else:
            gone.append(path)
    return Leaving(gone, len(held), former, former is not None and may_be_a_slip(source, former, len(held)))


def may_be_a_slip(source: Path | Remote, former: str, held: int) -> bool:
    """Whether `former` may have been meant where `source` is named: a part of it, or one file where the tables hold
    several documents."""
    if isinstance(source, Path):
        return Path(former) in source.resolve().parents or (source.is_file() and held > 1)
    return str(source).startswith(former.rstrip("/") + "/")


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
    """Raises WouldRemove where documents would leave because an input is named that may be a slip."""
    if found.must_be_asked_for:
        raise WouldRemove(
            f"{found.counted} would leave the tables: they were read from {plain(found.former)} and are not in "
            f"{source} ({found.named}). To keep them, choose another --out, or name a folder that holds them all; "
            "to let them go, add --replace. Nothing was changed."
        )
