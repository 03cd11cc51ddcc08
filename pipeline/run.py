"""The batch run: a folder of files in, the contract's tables out.

Each document is read on its own and its facts are kept on their own, so that whatever goes wrong with one costs nothing
else, a run that is stopped goes on where it was, and what did not change is not read again. At the end the tables are
made from the kept facts and take the place of the old ones all together.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import hashlib
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from pipeline import generations
from pipeline.compaction import Member, compact
from pipeline.comparison import comparison_parts
from pipeline.contract import schema_of, to_arrow
from pipeline.document import Facts, Steps, default_steps
from pipeline.duplicates import Marks, Repeat, repeats_of
from pipeline.engines import IN_PROCESS, Engine, Order, engine
from pipeline.exit_codes import ExitCode, NoTables, NothingToRead
from pipeline.files import InputFile, input_files
from pipeline.ingest.archive import Unpacked
from pipeline.journal import Journal
from pipeline.landing import landed, looked_at, working_folder
from pipeline.leaving import Leaving, check_asked_for, leaving
from pipeline.limits import LIMITS, Limits
from pipeline.manifest import Plan, extractor_digest, plan, tools_digest
from pipeline.packing import PACKED
from pipeline.remote import Remote
from pipeline.repeat_findings import repeat_findings
from pipeline.store import FACTS, HIDDEN, Store, as_json, locked
from pipeline.summary import Outcome, Summary
from pipeline.version import version
from pipeline.writers import (
    prepare_output,
    read_table,
    tables_exist,
    tables_folder,
    writable,
    write_about,
    write_parquet,
    write_tables,
)
from schemas.records import TABLES, Failure, Finding, Run


class Listener(Protocol):
    """Who is told how the run goes."""

    def started(self, total: int) -> None:
        """The run begins; `total` files must be read."""

    def finished(self, outcome: Outcome) -> None:
        """One file is done."""

    def ended(self) -> None:
        """No more files come, for whatever reason."""

    def tick(self) -> None:
        """Some time has passed."""


class Silent:
    """Tells nobody; listeners that care for some of it alone build on this."""

    def started(self, total: int) -> None:
        """See Listener."""

    def finished(self, outcome: Outcome) -> None:
        """See Listener."""

    def ended(self) -> None:
        """See Listener."""

    def tick(self) -> None:
        """See Listener."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """A finished run: what became of each file, and where the tables are."""

    outcomes: list[Outcome]
    out: Path | Remote
    rows: dict[str, int]
    removed: list[str] = field(default_factory=list)
    left: Leaving = field(default_factory=Leaving)
    repeats: list[Repeat] = field(default_factory=list)

    @property
    def failures(self) -> list[Failure]:
        """Files that could not be read."""
        return [o.failure for o in self.outcomes if o.failure]

    @property
    def exit_code(self) -> ExitCode:
        """0 when every file was read, 1 otherwise."""
        return ExitCode.SOME_FAILED if self.failures else ExitCode.OK


@dataclass(frozen=True, slots=True)
class Options:
    """How to run. `jobs`: documents read at once, or IN_PROCESS; `force`: read again what is known, too.

    `by_province`: large tables lie in a folder a province; always so in an object store. `replace`: documents of
    another input may leave the tables.
    """

    jobs: int = IN_PROCESS
    limits: Limits = LIMITS
    force: bool = False
    engine: Engine = Engine.LOCAL
    by_province: bool = False
    replace: bool = False

    def as_json(self) -> str:
        """For the table `runs`."""
        return as_json(dataclasses.asdict(self))


def run(
    source: Path | Remote,
    out: Path | Remote,
    *,
    steps: Steps | None = None,
    listener: Listener | None = None,
    options: Options | None = None,
) -> RunResult:
    """Read every file below `source` that is not known yet, write every table of the contract to `out`.

    Raises UsageError (no such input), NothingToRead, WouldRemove, OutputNotWritable, AlreadyRunning, VocabularyError
    or RuleFileError; tables of an earlier run are then as they were, and what was read until then is kept.
    """
    options = options or Options()
    options = dataclasses.replace(options, by_province=options.by_province or isinstance(out, Remote))
    listener = Silent() if listener is None else listener
    with Unpacked() as unpacked:
        files = unpacked.expand(input_files(source, leave_out=out))
        work = working_folder(out)
        prepare_output(work)
        with locked(work), landed(out, work):
            if not files:
                if not tables_exist(work):  # whoever reads the tables finds them, empty
                    write_tables(work, {name: schema_of(name).empty_table() for name in TABLES})
                raise NothingToRead(f"no files in {source}: put the plans there, then run again.")
            return dataclasses.replace(run_files(files, source, work, steps, listener, options), out=out)


def run_files(
    files: list[InputFile], source: Path | Remote, out: Path, steps: Steps | None, listener: Listener, options: Options
) -> RunResult:
    """Read the files that were found below `source`; archives are unpacked, and the output folder is ours.

    Raises NothingToRead, WouldRemove.
    """
    with Store(out) as store, Journal(out) as journal:
        began = datetime.datetime.now(datetime.UTC)
        made = planned(source, files, store, options.force)
        made.leaving = leaving_with(made, source, out, store)
        if not options.replace:
            check_asked_for(made.leaving, source)
        store.keep_stamps(made.stamps)
        store.put("source", home_of(source))
        read_all(made, store, journal, steps, listener, options, out)
        if gone(source):
            raise NothingToRead(f"{source} went away during the run; tables of an earlier run are unchanged.")
        outcomes, marks = outcomes_of(made, store)
        repeats = repeats_of(marks, store.likeness)
        findings = repeat_findings(repeats)
        tell_repeats(outcomes, repeats, findings)
        journal.kept(outcomes)
        with writable(out):
            rows = publish(made, outcomes, members_of(outcomes, findings, store), store, out, began, options)
        store.forget_all_but(e.doc_id for e in made.entries if e.doc_id)
    return RunResult(outcomes, out, rows, made.removed, made.leaving, repeats)


def gone(source: Path | Remote) -> bool:
    """Whether the input is not there any more, or not reached."""
    try:
        return not source.exists()
    except OSError:
        return True


def planned(source: Path | Remote, files: list[InputFile], store: Store | None, force: bool = False) -> Plan:
    """What a run has to do, from what the store knows (None: nothing yet)."""
    if store is None:
        return plan(files, {}, {}, extractor_digest(), tools_digest(), force)
    stamps = store.stamps()
    if store.get("source") != home_of(source):  # another folder: equal names, sizes and times say nothing
        stamps = {name: dataclasses.replace(stamp, looked=0) for name, stamp in stamps.items()}
    return plan(files, stamps, store.known(), extractor_digest(), tools_digest(), force)


def preview(source: Path | Remote, out: Path | Remote, force: bool = False) -> Plan:
    """What a run would read and why, without reading, writing or waiting for a run that is under way."""
    work = looked_at(out)
    with Unpacked() as unpacked:
        files = unpacked.expand(input_files(source, leave_out=out))
        if not (work / HIDDEN / FACTS).exists():
            return planned(source, files, None, force)
        with Store(work) as store:
            made = planned(source, files, store, force)
            made.leaving = leaving_with(made, source, work, store)
            return made


def leaving_with(made: Plan, source: Path | Remote, out: Path, store: Store) -> Leaving:
    """The documents that leave the tables in `out`."""
    former = input_of(out, store)
    another = former is not None and former != home_of(source)
    found = dict.fromkeys(entry.name for entry in made.entries) | {n: s.sha256 for n, s in made.stamps.items()}
    names_count = not (another and source.is_file())
    return leaving(out, found, former if another else None, source, names_count)


def input_of(out: Path, store: Store) -> str | None:
    """The input that the tables in `out` were made from. They say so themselves; those of an earlier version do not,
    but the store does."""
    return generations.about(generations.current(out)).get("source") or store.get("source")


def own_input(work: Path) -> str | None:
    """The same without a run: what the last one read, None where there was none yet."""
    if not (work / HIDDEN / FACTS).exists():
        return generations.about(generations.current(work)).get("source")
    with Store(work) as store:
        return input_of(work, store)


def home_of(source: Path | Remote) -> str:
    """The input folder as the store remembers it."""
    return str(source.resolve() if isinstance(source, Path) else source)


def read_all(
    made: Plan,
    store: Store,
    journal: Journal,
    steps: Steps | None,
    listener: Listener,
    options: Options,
    out: Path,
) -> None:
    """Read what must be read; each document's facts are on the disk before the next one is asked for."""
    if not made.tasks:
        return
    extractor, tools = extractor_digest(), tools_digest()
    log, tick = out / HIDDEN / "workers.log", getattr(listener, "tick", lambda: None)
    read = engine(options.engine, Order(steps or default_steps(), options.jobs, options.limits, log, tick))
    listener.started(len(made.tasks))
    try:
        with contextlib.closing(read(made.tasks)) as done:
            for task, facts in done:
                store.add(facts, extractor, tools)
                journal.read(task, facts)
                listener.finished(outcome_of(task.name, facts))
    finally:
        listener.ended()


def outcome_of(name: str, facts: Facts) -> Outcome:
    """What the listener is told of a file just read."""
    if facts.failure:
        return Outcome(name, failure=facts.failure)
    return Outcome(name, Summary(**facts.summary), facts.rows, Counter(facts.severities))


def outcomes_of(made: Plan, store: Store) -> tuple[list[Outcome], list[Marks]]:
    """The outcome of every file in the order of names; what is known of each document for telling repeats."""
    outcomes, marks = [], []
    for entry in made.entries:
        outcome = Outcome(entry.name, kept=not entry.must_be_read and entry.failure is None)
        if entry.failure:
            outcome.failure = entry.failure
        else:
            about = store.about(entry.doc_id)
            outcome.rows, outcome.severities = about.rows, Counter(about.severities)
            if about.failure:
                outcome.failure = dataclasses.replace(about.failure, source_path=entry.name)
            else:
                outcome.document = dataclasses.replace(about.summary, source_path=entry.name)
                marks.append(Marks(outcome.document, about.signs, about.identity))
        outcomes.append(outcome)
    return outcomes, marks


def tell_repeats(outcomes: Iterable[Outcome], repeats: Iterable[Repeat], findings: dict[str, Finding]) -> None:
    """Add to the outcomes what only all documents together tell."""
    originals = {repeat.document.doc_id: repeat.original.doc_id for repeat in repeats}
    for outcome in outcomes:
        doc_id = outcome.document.doc_id if outcome.document else None
        if doc_id in originals:
            outcome.document = dataclasses.replace(outcome.document, duplicate_of=originals[doc_id])
        if doc_id in findings:
            outcome.rows = outcome.rows | {"findings": outcome.rows["findings"] + 1}
            outcome.severities[findings[doc_id].severity] += 1


def members_of(outcomes: Iterable[Outcome], findings: dict[str, Finding], store: Store) -> list[Member]:
    """The documents that go into the tables, in the order of names."""
    known = store.known()
    read = (outcome.document for outcome in outcomes if outcome.document)
    return [
        Member(d.source_path, d.doc_id, known[d.doc_id].digest, d.duplicate_of, findings.get(d.doc_id), d.province_code)
        for d in read
    ]


def publish(
    made: Plan,
    outcomes: list[Outcome],
    members: list[Member],
    store: Store,
    out: Path,
    began: datetime.datetime,
    options: Options,
) -> dict[str, int]:
    """Make all tables and swap them in as one generation; rows per table. Tables in which nothing changed are kept."""
    failures = [outcome.failure for outcome in outcomes if outcome.failure]
    before = generations.current(out)
    about = generations.about(before)
    digest = digest_of(members, failures, options.by_province)
    with generations.new_generation(out) as new:
        if about.get("digest") == digest and before is not None:
            rows = dict(about["rows"])
            for table in generations.tables_of(before):
                if table.stem in rows and table.stem != "runs":
                    generations.take_over(table, new / table.name)
        else:
            rows = compact(store, members, new, before, options.by_province)
            rows["failures"] = write_parquet(new / "failures.parquet", [to_arrow(TABLES["failures"], failures)])
            rows["comparison"] = write_parquet(new / "comparison.parquet", comparison_parts(new))
        this = run_row(made, rows, began, options)
        runs = pa.concat_tables([earlier_runs(out), to_arrow(TABLES["runs"], [this])])
        rows["runs"] = write_parquet(new / "runs.parquet", [runs])
        rows = {name: rows[name] for name in TABLES}
        write_about(new, {"digest": digest, "rows": rows, "run_id": this.run_id, "source": store.get("source")})
    return rows


def digest_of(members: Iterable[Member], failures: Iterable[Failure], by_province: bool) -> str:
    """Equal digests mean equal tables, laid out alike."""
    digest = hashlib.sha256(f"{extractor_digest()} {by_province}".encode())
    for member in members:
        digest.update(member.sign() + b"\n")
    for failure in failures:
        digest.update(as_json(dataclasses.asdict(failure)).encode())
    return digest.hexdigest()


def earlier_runs(out: Path) -> pa.Table:
    """The table `runs` as it is; empty where there is none, or none that can be read."""
    try:
        return read_table(tables_folder(out), "runs")
    except NoTables:
        return schema_of("runs").empty_table()


def run_row(made: Plan, rows: dict[str, int], began: datetime.datetime, options: Options) -> Run:
    """The row of `runs` for the run that ends now."""
    known = [entry for entry in made.entries if not entry.must_be_read and entry.failure is None]
    return Run(
        run_id=f"{began:%Y%m%dT%H%M%SZ}-{os.getpid()}",
        started_at=began,
        ended_at=datetime.datetime.now(datetime.UTC),
        files=len(made.entries),
        files_read=len(made.entries) - len(known),
        files_kept=len(known),
        files_removed=len(made.removed),
        documents=rows["documents"],
        failures=rows["failures"],
        rows=sum(rows[name] for name in PACKED if name != "documents"),
        extractor_version=version(),
        extractor_digest=extractor_digest(),
        settings=options.as_json(),
    )
