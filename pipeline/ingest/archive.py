"""Archives (.zip) read like folders: every member a file of its own, named `archive.zip/plan.pdf`.

`Unpacked` keeps the members in a temporary folder for as long as the run needs them. What cannot be unpacked stays in
the list as a file with its error, so that it becomes a row of `failures`.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipeline.files import InputFile, hidden, table_name
from pipeline.ingest import kind
from pipeline.ingest.errors import EmptyFile, NestedTooDeeply, ReadError, TooLarge
from pipeline.ingest.zip_bounds import MEGABYTE, Bounds, check_bounds, is_locked, open_zip, read_entry
from pipeline.remote import Remote

MAX_DEPTH = 3
MAX_MEMBERS = 5_000
MAX_TOTAL_BYTES = 1024 * MEGABYTE
BOUNDS = Bounds(entries=MAX_MEMBERS, entry_bytes=200 * MEGABYTE, total_bytes=MAX_TOTAL_BYTES)
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
UTF8_NAME = 0x800
LONGEST_NAME = 240


@dataclass(slots=True)
class Budget:
    """What one archive and those inside it may still unpack."""

    members: int = MAX_MEMBERS
    bytes: int = MAX_TOTAL_BYTES

    def take(self, entries: list[zipfile.ZipInfo], what: str) -> None:
        """Count the entries of one archive; TooLarge where all together are too much."""
        self.members -= len(entries)
        self.bytes -= sum(entry.file_size for entry in entries)
        if self.members < 0 or self.bytes < 0:
            raise TooLarge(
                f"{what} holds more than {MAX_MEMBERS:,} files or {MAX_TOTAL_BYTES // MEGABYTE:,} MB with the archives"
                " inside it; unpack it and read the folder"
            )


class Unpacked:
    """The files of a run with archives unpacked. A context manager: the unpacked files go when it ends."""

    def __init__(self) -> None:
        """Nothing is unpacked yet."""
        self.folder: Path | None = None
        self.count = 0

    def __enter__(self) -> Unpacked:
        return self

    def __exit__(self, *error: object) -> None:
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def expand(self, files: Iterable[InputFile]) -> list[InputFile]:
        """The same files, with the members of archives in their place."""
        found = [one for file in files for one in self.expanded(file, 1, Budget())]
        return sorted(found, key=lambda file: file.name)

    def expanded(self, file: InputFile, depth: int, budget: Budget) -> Iterable[InputFile]:
        """One file, or its members if it is an archive."""
        return self.members(file, depth, budget) if is_archive(file) else [file]

    def members(self, file: InputFile, depth: int, budget: Budget) -> Iterator[InputFile]:
        """The members of one archive; the archive itself, with the error, where it cannot be unpacked."""
        try:
            if depth > MAX_DEPTH:
                raise NestedTooDeeply(
                    f"the archive lies {depth} archives deep, more than {MAX_DEPTH}; unpack it and read the folder"
                )
            with file.path.open("rb") as stream, open_zip(stream, "the archive") as opened:
                entries = wanted(opened)
                if not entries:
                    raise EmptyFile("the archive holds no files; pack it again")
                check_bounds(entries, BOUNDS, "the archive")
                budget.take(entries, "the archive")
                if all(map(is_locked, entries)):
                    read_entry(opened, entries[0], "the archive")
                yield from self.unpack(opened, entries, file.name, depth, budget)
        except (ReadError, OSError) as error:
            yield replace(file, error=error)

    def unpack(
        self, opened: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str, depth: int, budget: Budget
    ) -> Iterator[InputFile]:
        """Write each entry to a file of its own; archives among them are opened in turn."""
        used: Counter[str] = Counter()
        for entry in entries:
            inner = member_name(entry)
            used[inner] += 1
            if used[inner] > 1:
                inner = f"{inner} ({used[inner]})"
            path = self.new_path(inner)
            found = InputFile(path, table_name(f"{name}/{inner}"), unpacked=True)
            try:
                path.write_bytes(read_entry(opened, entry, "the file in the archive"))
            except ReadError as error:
                yield replace(found, error=error)
                continue
            yield from self.expanded(found, depth + 1, budget)

    def new_path(self, name: str) -> Path:
        """A new place in the temporary folder. Names in archives are not trusted: only the ending is kept."""
        if self.folder is None:
            self.folder = Path(tempfile.mkdtemp(prefix="kehoach-zip-"))
        self.count += 1
        suffix = PurePosixPath(name).suffix
        return self.folder / f"{self.count}{suffix if suffix.isascii() and suffix[1:].isalnum() else ''}"[:40]


def is_archive(file: InputFile) -> bool:
    """A zip that is no office document, told by content. Other archives are left to the reader, which refuses them.

    In an object store only what is named `.zip` is looked into, for a look at each file takes requests over the net.
    """
    if file.error is not None or (isinstance(file.path, Remote) and file.path.suffix.lower() != ".zip"):
        return False
    try:
        if not file.path.is_file():
            return False
        with file.path.open("rb") as opened:
            return opened.read(4) in ZIP_STARTS and kind.zip_kind(opened) == "archive"
    except OSError:
        return False  # the reader says what is wrong with it


def wanted(opened: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files in an archive, without folders and what systems leave behind, by name."""
    entries = [entry for entry in opened.infolist() if not entry.is_dir() and not is_litter(member_name(entry))]
    return sorted(entries, key=member_name)


def is_litter(name: str) -> bool:
    """Hidden, or left by a system."""
    return any(map(hidden, name.split("/")))


def member_name(entry: zipfile.ZipInfo) -> str:
    """The path of a member, fit for a table: no drive, no root, no way up. Windows packs Vietnamese names in UTF-8 or
    in its own code page without saying so."""
    name = entry.filename
    if not entry.flag_bits & UTF8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp1258"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = [part for part in name.replace("\\", "/").split("/") if part.strip(" .") and not part.endswith(":")]
    return table_name("/".join(parts)[-LONGEST_NAME:].lstrip("/") or "unnamed")
