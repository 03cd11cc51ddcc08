"""One document: its file in, its facts out, whatever happens on the way.

`read_document` is the function that every engine runs, in this process, in a worker or on another machine. It knows
nothing of other documents. Whatever goes wrong, foreseen or not, becomes a failure of this document.
"""

from __future__ import annotations

import hashlib
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from extractors.plan import Source
from pipeline.collector import looking_seldom
from pipeline.contract import DOCUMENT_TABLES, ContractBreach, check_document, make_document
from pipeline.exit_codes import rule_errors
from pipeline.files import NotAFile
from pipeline.ingest.errors import ReadError
from pipeline.likeness import Likeness, Wording, identity_of, likeness_of, signs_of
from pipeline.packing import pack
from pipeline.remote import Remote
from pipeline.summary import SUMMARY_COLUMNS
from pipeline.terminal import plain
from pipeline.version import version
from schemas.records import Failure


@dataclass(frozen=True, slots=True)
class Steps:
    """The two steps that turn a file into facts; tests hand in others."""

    read: Callable[[Path], Any]
    extract: Callable[[Source, str], Any]


def default_steps() -> Steps:
    """The real reader and extractor; imported here because they load the language engine."""
    with looking_seldom():
        from extractors.extract import extract
        from pipeline.ingest import read_file

    return Steps(read_file, extract)


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read, known by its bytes. `unpacked`: it lies on the machine that planned the run alone."""

    path: Path | Remote
    name: str
    sha256: str
    doc_id: str
    cost: float = 0.0
    unpacked: bool = False


@dataclass(slots=True)
class Facts:
    """What became of one document: its packed facts with what the run must know of them, or a failure."""

    doc_id: str
    packed: bytes | None = None
    digest: str = ""
    summary: dict[str, str | None] = field(default_factory=dict)
    text_source: str = ""
    signs: list[str] = field(default_factory=list)
    identity: dict[str, Any] = field(default_factory=dict)
    likeness: Likeness | None = None
    rows: dict[str, int] = field(default_factory=dict)
    severities: dict[str, int] = field(default_factory=dict)
    pages: int | None = None
    characters: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    failure: Failure | None = None


def read_document(task: Task, steps: Steps) -> Facts:
    """Read one file and take out its facts; whatever is raised on the way becomes its failure.

    Lets through what ends the run: Ctrl-C and broken rule files.
    """
    stage, seconds, begin = "read", {}, time.perf_counter()
    try:
        read = steps.read(task.path)
        seconds["read"] = time.perf_counter() - begin
        stage, begin = "extract", time.perf_counter()
        extraction = steps.extract(read.source, task.doc_id)
        seconds["extract"] = time.perf_counter() - begin
        begin = time.perf_counter()
        facts = checked(task, read, extraction)
        seconds["check"] = time.perf_counter() - begin
    except (KeyboardInterrupt, *rule_errors()):
        raise
    except BaseException as error:  # MemoryError, SystemExit, a library's panic: none may take other files along
        seconds[stage] = time.perf_counter() - begin
        facts = Facts(task.doc_id, failure=failure_of(task.name, task.sha256, stage, error))
    facts.seconds = seconds
    return facts


def checked(task: Task, read: Any, extraction: Any) -> Facts:
    """The document's rows, held against the contract and packed. Raises ContractBreach, NoText."""
    if not extraction.text.strip():
        raise NoText
    known = {
        "doc_id": task.doc_id,
        "source_path": task.name,
        "source_sha256": task.sha256,
        "media_type": read.media_type,
        "text_source": read.text_source,
        "n_pages": read.n_pages,
        "ocr_confidence": getattr(read, "ocr_confidence", None),
        "text": extraction.text,
        "extractor_version": version(),
    }
    document = make_document(known, extraction.document)
    tables = check_document(document, extraction.rows)
    wording = Wording.of(document.text)
    packed = pack(tables)
    return Facts(
        task.doc_id,
        packed=packed,
        digest=hashlib.sha256(packed).hexdigest(),
        summary={name: getattr(document, name) for name in SUMMARY_COLUMNS},
        text_source=document.text_source,
        signs=list(signs_of(document, wording)),
        identity=asdict(identity_of(document)),
        likeness=likeness_of(wording),
        rows={name: tables[name].num_rows for name in DOCUMENT_TABLES},
        severities=dict(sorted(Counter(tables["findings"]["severity"].to_pylist()).items())),
        pages=document.n_pages,
        characters=len(document.text),
    )


class NoText(ValueError):
    """Nothing is left of the file but white space."""


REPORT = "This is a fault in kehoach or in a library it uses; please report it together with the file."
CURES: tuple[tuple[type[BaseException], str, str], ...] = (
    (NoText, "empty_file", "the file holds no text; download or export it again"),
    (NotAFile, "unreadable_file", "not a regular file (a pipe, a socket, a device); copy its content into a file"),
    (FileNotFoundError, "unreadable_file", "the file is gone, or is a link that leads nowhere; put it back"),
    (PermissionError, "unreadable_file", "the file may not be read; give your user permission to read it"),
    (TimeoutError, "timed_out", "it took too long and was given up; split the document, or report it"),
    (MemoryError, "out_of_memory", "not enough memory for this file; split it, or read it on a larger machine"),
    (RecursionError, "nested_too_deeply", "nested too deeply to be a document; print it to PDF and read that"),
    (OSError, "unreadable_file", "the system could not read the file; check the disk or network share"),
)
"""Errors with a known cause: type, stable name, what to tell the user."""


def failure_of(name: str, sha256: str | None, stage: str, error: BaseException) -> Failure:
    """The row of `failures` for an error. Readers name their own stage, type and message (`ReadError`)."""
    if isinstance(error, ContractBreach):
        error_type, message = error.error_type, f"what was read breaks the output contract: {error}. {REPORT}"
    elif isinstance(error, ReadError):
        stage, error_type, message = error.stage, error.error_type, str(error)
    else:
        error_type, message = known_cause(error)
    return Failure(
        source_path=name,
        source_sha256=sha256,
        stage=stage,
        error_type=error_type,
        message=plain(message),
    )


def known_cause(error: BaseException) -> tuple[str, str]:
    """Stable name and message for an error that no reader foresaw."""
    for kind, name, cure in CURES:
        if isinstance(error, kind):
            detail = error.strerror if isinstance(error, OSError) else None
            return name, f"{cure} ({detail})" if detail else cure
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    detail = str(error).strip().split("\n")[0][:200]
    said = f": {detail}" if detail else ""
    return "unexpected_error", f"{type(error).__name__}{said}{place}. {REPORT}"


def outside_failure(task: Task, error_type: str, message: str) -> Failure:
    """A failure that the document did not live to tell itself."""
    return Failure(
        source_path=task.name, source_sha256=task.sha256, stage="read", error_type=error_type, message=plain(message)
    )
