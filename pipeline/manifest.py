"""Which files must be read, and why: what is on the disk against what was read before.

A file whose size and times are those of the last look is not opened. Others are known by their bytes, so that a renamed
or copied file is not read again. Facts are read anew when the code, a rule file or a vocabulary changed, and where
other programs did the reading (OCR, office formats) when these changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from pipeline.document import Task, failure_of
from pipeline.files import InputFile, document_ids, sha256_of
from pipeline.ingest.errors import ReadError
from pipeline.leaving import Leaving
from pipeline.likeness import SIGNATURE_VERSION
from pipeline.limits import LIMITS
from pipeline.remote import Remote
from pipeline.store import Known, Stamp
from pipeline.version import version
from schemas.records import Failure

ROOT = Path(__file__).parent.parent
CODE = ("schemas", "extractors", "pipeline/ingest")
CODE_FILES = ("pipeline/likeness.py",)
"""Modules beside these folders that decide what is kept of a document."""
CODE_SUFFIXES = frozenset({".py", ".csv", ".yaml", ".yml", ".json"})
TOOLS = ("tesseract", "soffice", "libreoffice", "antiword", "catdoc")
OWN_WORK = frozenset({"text", "pdf_text"})
"""`text_source` of documents that no other program had a part in."""
TRANSIENT = frozenset({"timed_out", "ocr_timeout", "out_of_memory", "worker_died", "unreadable_file"})
"""Failures that may not come again; such files are tried anew in each run."""
AT_ONCE = 16
"""Objects of a store whose bytes are looked at together."""
SETTLED_NS = 2_000_000_000
"""A file changed so shortly before it was looked at may change again within the same tick of its clock."""


class Why(StrEnum):
    """Why a file is read, or that it is not."""

    KEPT = "unchanged"
    RENAMED = "renamed or copied, known by content"
    NEW = "new"
    CHANGED = "changed"
    UNFINISHED = "not read yet"
    EXTRACTOR = "kehoach, its rules or vocabularies changed"
    TOOLS = "programs that read it changed"
    FAILED = "failed last time, tried again"
    FORCED = "asked for"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the input with its document's id, or with the failure that kept its bytes from being read."""

    name: str
    doc_id: str | None
    why: Why
    failure: Failure | None = None

    @property
    def must_be_read(self) -> bool:
        """Whether its facts are not there yet."""
        return self.doc_id is not None and self.why not in (Why.KEPT, Why.RENAMED)


@dataclass(slots=True)
class Plan:
    """What a run has to do: every file in the order of names, those to read as tasks, those that are gone; `leaving`:
    the documents that leave the tables."""

    entries: list[Entry] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    leaving: Leaving = field(default_factory=Leaving)
    stamps: dict[str, Stamp] = field(default_factory=dict)


def plan(
    files: Iterable[InputFile],
    stamps: Mapping[str, Stamp],
    known: Mapping[str, Known],
    extractor: str,
    tools: str,
    force: bool = False,
) -> Plan:
    """Hold the files against what is known of them."""
    made, asked = Plan(), set()
    found = list(stamped(files, stamps))
    ids = document_ids({file.name: stamp.sha256 for file, stamp, _ in found if stamp})
    for file, stamp, error in found:
        before = stamps.get(file.name)
        if error is not None:
            made.entries.append(Entry(file.name, None, Why.NEW, failure_of(file.name, None, "open", error)))
            continue
        doc_id = ids[file.name]
        made.stamps[file.name] = Stamp(stamp.size, stamp.mtime, stamp.ctime, stamp.looked, stamp.sha256, doc_id)
        why = Why.FORCED if force else reason(before, made.stamps[file.name], known.get(doc_id), extractor, tools)
        entry = Entry(file.name, doc_id, why)
        made.entries.append(entry)
        if entry.must_be_read and doc_id not in asked:
            asked.add(doc_id)
            cost = expected_cost(file.name, stamp.size)
            made.tasks.append(Task(file.path, file.name, stamp.sha256, doc_id, cost, file.unpacked))
    made.removed = removed(stamps, made)
    return made


def removed(stamps: Mapping[str, Stamp], made: Plan) -> list[str]:
    """The files that are gone, by name. One that was renamed is not; of several equal ones as many are gone as there
    are fewer."""
    names = {entry.name for entry in made.entries}
    elsewhere = Counter(stamp.sha256 for name, stamp in made.stamps.items() if name not in stamps)
    gone = []
    for name in sorted(set(stamps) - names):
        if elsewhere[stamps[name].sha256]:
            elsewhere[stamps[name].sha256] -= 1
        else:
            gone.append(name)
    return gone


def stamped(
    files: Iterable[InputFile], stamps: Mapping[str, Stamp]
) -> Iterator[tuple[InputFile, Stamp | None, Exception | None]]:
    """Each file with its stamp, or with the error of opening it; many at once where they come over the net."""

    def look(file: InputFile) -> tuple[InputFile, Stamp | None, Exception | None]:
        try:
            return file, stamp_of(file, stamps.get(file.name)), None
        except (OSError, ReadError) as error:
            return file, None, error

    files = list(files)
    if not any(isinstance(file.path, Remote) for file in files):
        yield from map(look, files)
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(look, files)


def stamp_of(file: InputFile, before: Stamp | None) -> Stamp:
    """The file's stamp; its bytes are read only where they may have changed. Raises the error of opening it."""
    looked = time.time_ns()
    if file.error is None and before is not None:
        found = file.path.stat()
        same = (before.size, before.mtime, before.ctime) == (found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        if same and max(before.mtime, before.ctime) < before.looked - SETTLED_NS:
            return before
    sha256 = sha256_of(file)
    found = file.path.stat()
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, looked, sha256, "")


def reason(before: Stamp | None, now: Stamp, known: Known | None, extractor: str, tools: str) -> Why:
    """Why a file is read, or that it need not be."""
    if known is None:
        if before is None:
            return Why.NEW
        return Why.CHANGED if before.doc_id != now.doc_id else Why.UNFINISHED
    if known.extractor != extractor:
        return Why.EXTRACTOR
    if known.error_type in TRANSIENT:
        return Why.FAILED
    if known.tools != tools and known.text_source not in OWN_WORK:
        return Why.TOOLS
    return Why.KEPT if before is not None and before.doc_id == now.doc_id else Why.RENAMED


COST_OF_KIND = {".txt": 1.0, ".md": 1.0, ".html": 0.5, ".htm": 0.5, ".pdf": 5.0, ".docx": 2.0}
COST_OF_KIND |= dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff"), 20.0)
COST_OF_OFFICE = 3_000_000.0
"""What starting an office program costs, in bytes of plain text."""


def expected_cost(name: str, size: int) -> float:
    """Roughly how long a file takes, so that the longest come first; in bytes of plain text."""
    suffix = Path(name).suffix.lower()
    fixed = COST_OF_OFFICE if suffix in (".doc", ".rtf", ".odt") else 0.0
    return fixed + size * COST_OF_KIND.get(suffix, 1.0)


@cache
def extractor_digest() -> str:
    """A digest of all that decides what is read from given bytes: code, rule files, vocabularies, bounds."""
    digest = hashlib.sha256(f"{version()} {LIMITS.pages} {LIMITS.pixels} {SIGNATURE_VERSION}".encode())
    for folder in (*CODE, *CODE_FILES):
        for path in sorted((ROOT / folder).rglob("*")) or [ROOT / folder]:
            if path.suffix in CODE_SUFFIXES and path.is_file():
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def tools_digest(which: Callable[[str], str | None] = shutil.which) -> str:
    """A digest of the programs that read what we cannot: which are here, and of which build."""
    found = []
    for name in TOOLS:
        path = which(name)
        if path:
            stat = os.stat(path)
            found.append(f"{name} {os.path.realpath(path)} {stat.st_size} {stat.st_mtime_ns}")
    trained = sorted(Path("/usr/share/tesseract-ocr").glob("*/tessdata/vie*.traineddata"))
    found += [f"{path} {path.stat().st_size}" for path in trained]
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:16]
