"""What the user sees of a run: progress while it lasts, at the end what was read, what failed and why."""

from __future__ import annotations

import datetime
import os
import time
from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table as Grid
from rich.text import Text

from pipeline.contract import DOCUMENT_TABLES
from pipeline.duplicates import Repeat
from pipeline.repeat_findings import doubtful, severity_of
from pipeline.run import RunResult, Silent
from pipeline.summary import Outcome
from pipeline.terminal import counted, plain, shorten
from schemas.records import TABLES

WIDTH_WITHOUT_TERMINAL = 160
MOST_ROWS = 100
"""Documents that the table on the screen shows; the tables themselves hold all."""
MOST_DOUBTS = 20
"""Repeats that differ from what they repeat, on the screen."""
SHORT = {"sections": "sec", "targets": "targ", "funding": "fund", "assignments": "asgn", "deadlines": "dead"} | {
    "activities": "act",
    "citations": "cit",
}
WIDTH_FOR_WORDS = 130
"""Narrower than this, the headings of the summary are shortened."""
COUNTED = tuple(name for name in DOCUMENT_TABLES if name != "findings")
SEVERITIES = {"error": "red", "warning": "yellow", "info": "cyan"}


class PlainConsole(Console):
    """A console that reads no markup into text, and lets a broken pipe through instead of ending the process."""

    def __init__(self, **settings: Any) -> None:
        """Settings as Rich knows them."""
        super().__init__(highlight=False, emoji=False, markup=False, **settings)

    def on_broken_pipe(self) -> None:
        """Called by Rich within its handler; the command line turns the error into its exit code."""
        raise


def console_for(stderr: bool = False) -> Console:
    """The console of a command: as wide as its terminal, or wide enough for the tables where there is none."""
    console = PlainConsole(stderr=stderr)
    if console.is_terminal or "COLUMNS" in os.environ:
        return console
    return PlainConsole(stderr=stderr, width=WIDTH_WITHOUT_TERMINAL)


class Pace:
    """How fast a run goes and how long it still takes."""

    def __init__(self, total: int = 0) -> None:
        """The clock starts now."""
        self.total, self.done, self.began, self.told = total, 0, time.monotonic(), time.monotonic()

    def step(self) -> None:
        """One more is done."""
        self.done += 1

    def a_second(self) -> float:
        """Files a second since the beginning."""
        return self.done / max(1e-9, time.monotonic() - self.began)

    def rate(self) -> str:
        """The rate in words: files a second, or a minute where they are slow."""
        rate = self.a_second()
        return f"{rate:.1f}/s" if rate >= 1 else f"{60 * rate:.1f}/min"

    def left(self) -> str:
        """The time that the rest takes at this rate."""
        seconds = round((self.total - self.done) / self.a_second()) if self.done else 0
        return str(datetime.timedelta(seconds=seconds))

    def is_time(self, every: float = 0.1) -> bool:
        """Whether so many seconds have passed since the last time."""
        now = time.monotonic()
        if now - self.told < every:
            return False
        self.told = now
        return True


LINES_WITH_PACE = 5.0
"""Every so many seconds a line of the log tells the rate and the time left."""


class BarListener(Silent):
    """A progress bar, for a terminal."""

    def __init__(self, console: Console) -> None:
        """Nothing is shown before `started`."""
        columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
        columns += (TextColumn("{task.fields[rate]}", markup=False), TimeRemainingColumn())
        # no thread that draws: workers are forked from this process, and a fork takes no thread along but its locks
        self.progress = Progress(*columns, console=console, transient=True, auto_refresh=False)
        self.task: TaskID | None = None
        self.pace = Pace()

    def started(self, total: int) -> None:
        """Show the empty bar."""
        self.pace = Pace(total)
        self.task = self.progress.add_task("reading", total=total, rate="")
        self.progress.start()

    def finished(self, outcome: Outcome) -> None:
        """Move the bar on; a failure gets a line above it."""
        if outcome.failure:
            self.progress.console.print(Text(f"failed: {plain(outcome.name)}: {outcome.failure.error_type}", "red"))
        self.pace.step()
        self.progress.update(self.task, advance=1, description=shorten(outcome.name, 40), rate=self.pace.rate())
        self.tick()

    def tick(self) -> None:
        """Draw again, not more often than one can see."""
        if self.pace.is_time():
            self.progress.refresh()

    def ended(self) -> None:
        """Take the bar away."""
        self.progress.stop()


class LineListener(Silent):
    """One plain line a file, for logs and pipes."""

    def __init__(self, console: Console) -> None:
        """Nothing is shown before `started`."""
        self.console, self.pace = console, Pace()

    def started(self, total: int) -> None:
        """How many there are."""
        self.pace = Pace(total)
        self.line(f"reading {counted(total, 'file')}")

    def finished(self, outcome: Outcome) -> None:
        """What became of one."""
        self.pace.step()
        failure = outcome.failure
        said = f"failed: {failure.error_type}" if failure else counted(sum(outcome.rows.values()), "row")
        pace = f" ({self.pace.rate()}, {self.pace.left()} left)" if self.pace.is_time(LINES_WITH_PACE) else ""
        self.line(f"[{self.pace.done}/{self.pace.total}] {plain(outcome.name)}: {said}{pace}")

    def ended(self) -> None:
        """Nothing to take away."""

    def line(self, text: str) -> None:
        """A line as it is, never wrapped."""
        self.console.print(Text(text), soft_wrap=True)


def listener_for(console: Console) -> BarListener | LineListener:
    """The bar on a terminal, lines elsewhere."""
    return BarListener(console) if console.is_terminal else LineListener(console)


def print_result(result: RunResult, console: Console) -> None:
    """The table of documents, then the failures, then where the tables are."""
    read = [o for o in result.outcomes if o.document]
    if read:
        console.print(documents_grid(read, console.width >= WIDTH_FOR_WORDS))
    if len(read) > MOST_ROWS:
        console.print(Text(f"… and {counted(len(read) - MOST_ROWS, 'more document')}, see documents.parquet"))
    if any(outcome.severities for outcome in read):
        console.print(Text("findings: e error, w warning, i info; read them with `kehoach show FILE`", "dim"))
    if result.failures:
        failed = f"\n{len(result.failures)} of {counted(len(result.outcomes), 'file')} could not be read:"
        console.print(Text(failed, "bold"))
    for failure in result.failures:
        head = (f"  {plain(failure.source_path)}", "red")
        console.print(Text.assemble(head, f": {failure.error_type} ({failure.stage}): {plain(failure.message)}"))
    print_doubts(doubtful(result.repeats), console)
    if result.left.paths:
        former = f"read from {plain(result.left.former)}" if result.left.former else "their files are gone"
        left = f"\n{result.left.counted} of before left the tables ({former}): {result.left.named}"
        console.print(Text(left, "yellow"), soft_wrap=True)
    kept = sum(o.kept for o in result.outcomes)
    known = f" ({counted(kept, 'file')} unchanged and not read again)" if kept else ""
    repeated = sum(outcome.document.duplicate_of is not None for outcome in read)
    repeats = f", {repeated} {'repeat others' if repeated > 1 else 'repeats another'}" if repeated else ""
    counts = f"{counted(len(read), 'document')} read, {len(result.failures)} failed{repeats}"
    console.print(Text(f"\n{counts}; tables in {result.out}{known}"))


def print_doubts(doubts: list[Repeat], console: Console) -> None:
    """Documents that count as repeats though they differ: a wrong figure may hide behind an equal number."""
    if doubts:
        head = f"\nRepeats that differ from what they repeat ({len(doubts)}); compare them by eye:"
        console.print(Text(head, "bold"))
    for repeat in doubts[:MOST_DOUBTS]:
        said = "too short to compare" if repeat.alike is None else f"{repeat.alike:.0%} the same words"
        differ = f", {repeat.differ} of {repeat.figures} figures and names differ" if repeat.differ else ""
        scan = " (read by OCR)" if repeat.by_ocr else ""
        names = (plain(repeat.document.source_path), SEVERITIES[severity_of(repeat)])
        pair = f" repeats {plain(repeat.original.source_path)}: {said}{differ}{scan}"
        console.print(Text.assemble("  ", names, pair), soft_wrap=True)
    if len(doubts) > MOST_DOUBTS:
        console.print(Text(f"  … and {len(doubts) - MOST_DOUBTS} more: check duplicate_document in findings.parquet"))


def documents_grid(read: list[Outcome], words: bool) -> Grid:
    """One line a document: number, province, rows per table, findings by severity; the sums below."""
    grid = Grid(show_footer=len(read) > 1, box=SIMPLE_HEAD, padding=(0, int(words), 0, 0))
    totals = Counter[str]()
    for outcome in read:
        totals.update(outcome.rows)
        totals.update(outcome.severities)  # names of severities and of tables differ
    grid.add_column("file", "all", overflow="fold", min_width=10)
    grid.add_column("number", overflow="fold", min_width=11)
    grid.add_column("province", overflow="fold", min_width=8)
    for name in COUNTED:
        grid.add_column(name if words else SHORT[name], str(totals[name]), justify="right", no_wrap=True)
    grid.add_column("findings", findings_text(totals), no_wrap=True)
    for outcome in read[:MOST_ROWS]:
        document = outcome.document
        number = plain(document.doc_number or "-") + (" repeats" if document.duplicate_of else "")
        names = (plain(outcome.name), number, plain(document.province_name or "-"))
        counts = [str(outcome.rows[name]) for name in COUNTED]
        grid.add_row(*map(Text, names), *counts, findings_text(outcome.severities))
    return grid


def findings_text(severities: Mapping[str, int]) -> Text:
    """Findings by severity, the gravest first: `1e 2i` is one error and two pieces of information."""
    parts = [(f"{severities[name]}{name[0]} ", style) for name, style in SEVERITIES.items() if severities[name]]
    return Text.assemble(*parts) if parts else Text("-")


def as_json(result: RunResult) -> dict[str, Any]:
    """The same for a script."""
    return {
        "out": str(result.out),
        "exit_code": int(result.exit_code),
        "rows": result.rows,
        "kept": sum(outcome.kept for outcome in result.outcomes),
        "removed": result.removed,
        "left": result.left.paths,
        "doubtful_repeats": [doubt_json(repeat) for repeat in doubtful(result.repeats)],
        "documents": [document_json(outcome) for outcome in result.outcomes if outcome.document],
        "failures": [
            {column.name: getattr(failure, column.name) for column in TABLES["failures"].columns}
            for failure in result.failures
        ],
    }


def doubt_json(repeat: Repeat) -> dict[str, Any]:
    """A repeat that differs from what it repeats."""
    paths = {"source_path": repeat.document.source_path, "repeats": repeat.original.source_path}
    figures = {"figures": repeat.figures, "differ": repeat.differ, "alike": repeat.alike, "by_ocr": repeat.by_ocr}
    return paths | figures | {"severity": severity_of(repeat)}


def document_json(outcome: Outcome) -> dict[str, Any]:
    """One document's line of the summary."""
    names = ("doc_id", "source_path", "doc_number", "doc_type", "issuer", "province_name", "duplicate_of")
    known = {name: getattr(outcome.document, name) for name in names}
    return known | {"rows": outcome.rows, "findings": {s: outcome.severities[s] for s in SEVERITIES}}
