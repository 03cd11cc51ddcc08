"""The batch run: a folder of files in, the contract's tables out.

Each document is read on its own. Whatever goes wrong with one, foreseen or not, becomes a row of `failures` and costs
nothing else. Tables are written at the end, all together.
"""

from __future__ import annotations

import dataclasses
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from extractors.plan import Source
from pipeline.comparison import comparison_rows
from pipeline.contract import DOCUMENT_TABLES, ContractBreach, check_document, make_document, schema_of, to_arrow
from pipeline.duplicates import mark_duplicates
from pipeline.exit_codes import ExitCode, NothingToRead, rule_errors
from pipeline.files import DocumentIds, InputFile, NotAFile, input_files, sha256_of
from pipeline.ingest.archive import Unpacked
from pipeline.ingest.errors import ReadError
from pipeline.terminal import plain
from pipeline.version import version
from pipeline.writers import prepare_output, tables_exist, write_tables
from schemas.records import TABLES, Document, Failure, Finding


@dataclass(frozen=True, slots=True)
class Steps:
    """The two steps that turn a file into facts; tests hand in others."""

    read: Callable[[Path], Any]
    extract: Callable[[Source, str], Any]


def default_steps() -> Steps:
    """The real reader and extractor; imported here because they load the language engine."""
    from extractors.extract import extract
    from pipeline.ingest import read_file

    return Steps(read_file, extract)


@dataclass(slots=True)
class Outcome:
    """What became of one file: a document with its rows, or a failure."""

    name: str
    document: Document | None = None
    tables: dict[str, pa.Table] = field(default_factory=dict)
    failure: Failure | None = None

    @property
    def rows(self) -> dict[str, int]:
        """Rows per table."""
        return {name: table.num_rows for name, table in self.tables.items()}

    @property
    def severities(self) -> Counter[str]:
        """Findings per severity."""
        findings = self.tables.get("findings")
        return Counter(findings["severity"].to_pylist()) if findings is not None else Counter()


class Listener(Protocol):
    """Who is told how the run goes."""

    def started(self, total: int) -> None:
        """The run begins; `total` files were found."""

    def finished(self, outcome: Outcome) -> None:
        """One file is done."""

    def ended(self) -> None:
        """No more files come, for whatever reason."""


class Silent:
    """Tells nobody."""

    def started(self, total: int) -> None:
        """See Listener."""

    def finished(self, outcome: Outcome) -> None:
        """See Listener."""

    def ended(self) -> None:
        """See Listener."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """A finished run: what became of each file, and where the tables are."""

    outcomes: list[Outcome]
    out: Path
    rows: dict[str, int]

    @property
    def failures(self) -> list[Failure]:
        """Files that could not be read."""
        return [o.failure for o in self.outcomes if o.failure]

    @property
    def exit_code(self) -> ExitCode:
        """0 when every file was read, 1 otherwise."""
        return ExitCode.SOME_FAILED if self.failures else ExitCode.OK


def run(source: Path, out: Path, *, steps: Steps | None = None, listener: Listener | None = None) -> RunResult:
    """Read every file below `source`, write every table of the contract to `out`.

    Raises UsageError (no such input), NothingToRead, OutputNotWritable, VocabularyError or RuleFileError; tables of an
    earlier run are then as they were.
    """
    with Unpacked() as unpacked:
        return run_files(unpacked.expand(input_files(source, leave_out=out)), source, out, steps, listener)


def run_files(
    files: list[InputFile], source: Path, out: Path, steps: Steps | None, listener: Listener | None
) -> RunResult:
    """Read the files that were found below `source`; archives are unpacked."""
    prepare_output(out)
    if not files:
        if not tables_exist(out):  # whoever reads the tables finds them, empty
            write_tables(out, collect([]))
        raise NothingToRead(f"no files in {source}: put the plans there (.txt, .md, .html, .pdf), then run again.")
    steps = default_steps() if steps is None else steps
    outcomes = process_all(files, steps, Silent() if listener is None else listener)
    tables = collect(outcomes)
    write_tables(out, tables)
    return RunResult(outcomes, out, {name: table.num_rows for name, table in tables.items()})


def process_all(files: Iterable[InputFile], steps: Steps, listener: Listener) -> list[Outcome]:
    """The outcome of each file, in order, duplicates marked."""
    files = list(files)
    ids, keys = DocumentIds(), KeysInUse()
    outcomes = []
    listener.started(len(files))
    try:
        for file in files:
            outcome = process(file, steps, ids, keys)
            outcomes.append(outcome)
            listener.finished(outcome)
    finally:
        listener.ended()
    add_findings(outcomes, mark_duplicates([o.document for o in outcomes if o.document]))
    return outcomes


def process(file: InputFile, steps: Steps, ids: DocumentIds, keys: KeysInUse) -> Outcome:
    """Read one file and take out its facts. Whatever is raised on the way, only this file's outcome is a failure.

    Lets through what ends the run: Ctrl-C and broken rule files.
    """
    stage, sha256 = "open", None
    try:
        sha256 = sha256_of(file)
        doc_id = ids.of(sha256, file.name)
        stage = "read"
        read = steps.read(file.path)
        stage = "extract"
        extraction = steps.extract(read.source, doc_id)
        document, tables = checked(file, sha256, doc_id, read, extraction)
        keys.claim(tables)
    except (KeyboardInterrupt, *rule_errors()):
        raise
    except BaseException as error:  # MemoryError, SystemExit, a library's panic: none may take other files along
        return Outcome(file.name, failure=failure_of(file.name, sha256, stage, error))
    return Outcome(file.name, document, tables)


def checked(file: InputFile, sha256: str, doc_id: str, read: Any, extraction: Any) -> tuple[Document, dict]:
    """The row of `documents` and the other tables' rows, held against the contract. Raises ContractBreach, NoText."""
    if not extraction.text.strip():
        raise NoText
    known = {
        "doc_id": doc_id,
        "source_path": file.name,
        "source_sha256": sha256,
        "media_type": read.media_type,
        "text_source": read.text_source,
        "n_pages": read.n_pages,
        "ocr_confidence": getattr(read, "ocr_confidence", None),
        "text": extraction.text,
        "extractor_version": version(),
    }
    document = make_document(known, extraction.document)
    return document, check_document(document, extraction.rows)


class NoText(ValueError):
    """Nothing is left of the file but white space."""


class KeysInUse:
    """Keys of rows taken so far: two documents never share one."""

    def __init__(self) -> None:
        """Nothing taken yet."""
        self.taken: dict[str, set[str]] = {name: set() for name in DOCUMENT_TABLES}

    def claim(self, tables: dict[str, pa.Table]) -> None:
        """Take the keys of one document's rows, all or none. Raises ContractBreach."""
        claimed = {n: set(t[TABLES[n].key].to_pylist()) for n, t in tables.items() if TABLES[n].key}
        for name, keys in claimed.items():
            twice = keys & self.taken[name]
            if twice:
                raise ContractBreach(f"{name}.{TABLES[name].key}: {min(twice)!r} is another document's")
        for name, keys in claimed.items():
            self.taken[name] |= keys


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


def add_findings(outcomes: Iterable[Outcome], findings: Iterable[Finding]) -> None:
    """Add findings about documents as a whole to the documents that they are about."""
    by_document = {finding.doc_id: finding for finding in findings}
    for outcome in outcomes:
        if outcome.document and outcome.document.doc_id in by_document:
            added = to_arrow(TABLES["findings"], [by_document[outcome.document.doc_id]])
            outcome.tables["findings"] = pa.concat_tables([outcome.tables["findings"], added])


def collect(outcomes: Iterable[Outcome]) -> dict[str, pa.Table]:
    """All tables of the contract, each with its full schema, rows in the order of the files."""
    outcomes = list(outcomes)
    read = [o for o in outcomes if o.document]
    tables = {"documents": to_arrow(TABLES["documents"], [o.document for o in read])}
    for name in DOCUMENT_TABLES:
        empty = schema_of(name).empty_table()
        tables[name] = pa.concat_tables([empty, *(o.tables[name] for o in read)]).combine_chunks()
    tables["failures"] = to_arrow(TABLES["failures"], [o.failure for o in outcomes if o.failure])
    documents = [dataclasses.asdict(o.document) for o in read]
    tables["comparison"] = to_arrow(TABLES["comparison"], comparison_rows(documents, tables["targets"].to_pylist()))
    return tables
