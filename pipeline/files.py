"""The files of an input folder: which there are, in which order, and who they are by content."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.exit_codes import UsageError
from pipeline.remote import Remote

LOCK_PREFIX = "~$"
"""Office programs put a file of this name beside a document that is open."""
LITTER = frozenset(["__macosx", "thumbs.db", "desktop.ini"])
"""What systems put into folders and no analyst meant."""


class NotAFile(OSError):
    """A pipe, a socket, a device or a link that leads nowhere."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read. `name`: its path below the input folder, `/` as separator, fit for a table.

    `unpacked`: it comes from an archive and lies on this machine alone.
    """

    path: Path | Remote
    name: str
    error: Exception | None = None
    unpacked: bool = False


def input_files(source: Path | Remote, leave_out: Path | Remote | None = None) -> list[InputFile]:
    """All files below a folder (or the one file given), by name, without hidden ones and without `leave_out`.

    A folder that cannot be listed stands as one entry with its error, so that nothing is lost silently. Raises
    UsageError when there is no such input.
    """
    if isinstance(source, Remote):
        return sorted(objects(source, leave_out), key=lambda file: file.name)
    if not source.exists():
        raise UsageError(f"no such file or folder: {source}. Give the folder that holds the plans: kehoach run FOLDER")
    if not source.is_dir():
        return [InputFile(source, table_name(source.name))]
    return sorted(walk(source, leave_out), key=lambda file: file.name)


def objects(source: Remote, leave_out: Path | Remote | None) -> Iterator[InputFile]:
    """Files below a folder of an object store, or the one file. Raises UsageError where it cannot be listed."""
    try:
        if not source.exists():
            raise UsageError(f"nothing lies at {source}. Give the folder that holds the plans: kehoach run FOLDER")
        if source.is_file():
            yield InputFile(source, table_name(source.name))
            return
        for below, file in source.files():
            kept = not (isinstance(leave_out, Remote) and leave_out.contains(file))
            if kept and not any(map(hidden, below.split("/"))):
                yield InputFile(file, table_name(below))
    except OSError as error:
        reason = str(error).splitlines()[0]
        raise UsageError(f"cannot list {source}: {reason}. Check the address and the credentials.") from error


def walk(folder: Path, leave_out: Path | Remote | None) -> Iterator[InputFile]:
    """Files below a folder in no order; follows links to folders once."""
    unlisted: list[OSError] = []
    left_out = leave_out.resolve() if isinstance(leave_out, Path) else None
    visited = {folder.resolve()}
    for here, subfolders, names in os.walk(folder, onerror=unlisted.append, followlinks=True):
        kept = []
        for name in subfolders:
            real = Path(here, name).resolve()
            if not hidden(name) and real not in visited and real != left_out:
                visited.add(real)
                kept.append(name)
        subfolders[:] = kept
        for name in names:
            if not hidden(name):
                path = Path(here, name)
                yield InputFile(path, table_name(path.relative_to(folder).as_posix()))
    for error in unlisted:
        path = Path(error.filename)
        yield InputFile(path, table_name(path.relative_to(folder).as_posix()), error)


def hidden(name: str) -> bool:
    """Files that no analyst put there: hidden, open in an editor, or left by a system."""
    return name.startswith((".", LOCK_PREFIX)) or name.lower() in LITTER


def table_name(path: str) -> str:
    """A path as a table holds it: NFC, and bytes that are no text shown as a replacement character."""
    return unicodedata.normalize("NFC", os.fsencode(path).decode("utf-8", "replace"))


def sha256_of(file: InputFile) -> str:
    """SHA-256 of the file's bytes. Raises OSError (NotAFile where opening would wait for ever)."""
    if file.error:
        raise file.error
    if not stat.S_ISREG(file.path.stat().st_mode):
        raise NotAFile("not a regular file")
    with file.path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def simplest_first(name: str) -> tuple[int, int, str]:
    """Sorts equal files so that the one that the others were copied from is likely the first: the fewest folders and
    archives around it, then the shortest name (`plan.pdf` before `plan (1).pdf` and `old/plan.pdf`), then the alphabet.
    """
    return name.count("/"), len(name), name


def document_ids(digests: Mapping[str, str]) -> dict[str, str]:
    """The `doc_id` of each file by name, from the SHA-256 of its bytes; of equal files the simplest name has that id,
    and the others one that is made from their names, too."""
    ids: dict[str, str] = {}
    seen: set[str] = set()
    for name in sorted(digests, key=simplest_first):
        doc_id = f"d{digests[name][:16]}"
        if doc_id in seen:
            doc_id = "d" + hashlib.sha256(f"{digests[name]}\n{name}".encode()).hexdigest()[:16]
        seen.add(doc_id)
        ids[name] = doc_id
    return ids
