"""`kehoach status` and `kehoach run --dry-run`: how fresh the tables are, and what a run would read and why."""

from __future__ import annotations

import datetime
import shlex
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from pipeline.exit_codes import NoTables, UsageError
from pipeline.landing import looked_at
from pipeline.manifest import Plan
from pipeline.remote import Remote, place
from pipeline.run import own_input, preview
from pipeline.terminal import counted, plain
from pipeline.writers import read_rows, tables_exist

MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Status:
    """An output folder: its last run (None: none yet) and what the next one would do with an input (None: it is gone).

    `asked`: the input was named, and is not the one that the tables were made from by default."""

    out: Path | Remote
    last: dict[str, Any] | None
    source: Path | Remote
    asked: bool
    plan: Plan | None


def status(source: Path | Remote | None, out: Path | Remote, usual: Path) -> Status:
    """Look at the tables and at an input: the one named, else the one that the tables were made from, else the usual
    one. Raises UsageError where there is no such input."""
    work = looked_at(out)
    last = last_run(work)
    own = None if source else own_input(work)
    chosen = source or (place(own) if own else usual)
    try:
        plan = preview(chosen, out)
    except UsageError:
        if not own:
            raise
        plan = None
    return Status(out, last, chosen, source is not None, plan)


def last_run(out: Path) -> dict[str, Any] | None:
    """The newest row of `runs`, or None."""
    if not tables_exist(out):
        return None
    try:
        rows = read_rows(out, "runs")
    except NoTables:  # written before there was such a table
        return None
    return rows[-1] if rows else None


def print_status(found: Status, console: Console) -> None:
    """The last run, then what changed since, for a person."""
    last = found.last
    if last is None:
        console.print(Text(f"no run has written to {found.out} yet"))
    else:
        ended = last["ended_at"].astimezone()
        age = datetime.datetime.now(datetime.UTC) - last["ended_at"]
        console.print(
            Text(
                f"tables of {ended:%Y-%m-%d %H:%M} ({in_words(age)} ago): {counted(last['documents'], 'document')}, "
                f"{counted(last['rows'], 'row')}, {counted(last['failures'], 'failure')}; "
                f"kehoach {last['extractor_version']}"
            )
        )
    if found.plan is None:
        return
    console.print(Text(f"input {plain(str(found.source))}"), soft_wrap=True)
    print_counts(found.plan, console)
    if not found.asked and any(entry.must_be_read for entry in found.plan.entries):
        words = ("kehoach", "run", str(found.source), "--out", str(found.out))
        console.print(Text(plain(shlex.join(words)), "dim"), soft_wrap=True)


def gone(found: Status) -> str:
    """What to say where the tables' own input is not there any more."""
    return (
        f"{plain(str(found.source))}, which the tables were made from, is not there: name the folder that holds the "
        "plans now: kehoach status FOLDER"
    )


def in_words(age: datetime.timedelta) -> str:
    """A length of time as one would say it."""
    for seconds, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if age.total_seconds() >= 2 * seconds:
            return f"{age.total_seconds() / seconds:.0f} {name}"
    return f"{age.total_seconds():.0f} seconds"


def print_plan(plan: Plan, console: Console) -> None:
    """Each file that would be read with the reason, then the counts."""
    shown = [(entry.name, str(entry.why)) for entry in plan.entries if entry.must_be_read]
    shown += [(entry.name, f"cannot be opened: {entry.failure.message}") for entry in plan.entries if entry.failure]
    shown += [(name, "gone: its rows leave the tables") for name in plan.leaving.paths]
    for name, why in shown[:MOST_LINES]:
        console.print(Text(f"{plain(name)}: {plain(why)}"), soft_wrap=True)
    if len(shown) > MOST_LINES:
        console.print(Text(f"… and {len(shown) - MOST_LINES} more"))
    print_counts(plan, console)


def print_counts(plan: Plan, console: Console) -> None:
    """How many files would be read, for which reasons."""
    counts = counts_of(plan)
    parts = ", ".join(f"{number} {why}" for why, number in counts.items()) or "none"
    read = sum(entry.must_be_read for entry in plan.entries)
    console.print(Text(f"{counted(len(plan.entries), 'file')}: {parts}"))
    console.print(Text(f"the next run reads {read}" if read else "the next run reads nothing"))
    if plan.leaving.must_be_asked_for:
        former = f"{plan.leaving.counted} were read from {plain(plan.leaving.former)} and are not in this input"
        console.print(Text(f"{former}: they leave with --replace alone", "yellow"), soft_wrap=True)


def counts_of(plan: Plan) -> dict[str, int]:
    """Files by what would become of them."""
    counts = Counter("cannot be opened" if entry.failure else str(entry.why) for entry in plan.entries)
    if plan.leaving.paths:
        counts["gone"] = len(plan.leaving.paths)
    return dict(counts)


def plan_json(plan: Plan) -> dict[str, Any]:
    """The plan for a script."""
    return {
        "files": len(plan.entries),
        "read": [{"path": entry.name, "why": str(entry.why)} for entry in plan.entries if entry.must_be_read],
        "cannot_be_opened": [entry.name for entry in plan.entries if entry.failure],
        "removed": plan.removed,
        "leaving": plan.leaving.paths,
        "needs_replace": plan.leaving.must_be_asked_for,
        "counts": counts_of(plan),
    }


def as_json(found: Status) -> dict[str, Any]:
    """The same for a script."""
    plan = None if found.plan is None else plan_json(found.plan)
    return {"out": str(found.out), "input": str(found.source), "last_run": found.last, "next_run": plan}
