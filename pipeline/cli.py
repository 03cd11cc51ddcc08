"""The command `kehoach`. Commands are thin: each reads its options, calls one module and prints what it gives.

Modules that load Arrow or the language engine are imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core

from pipeline import options
from pipeline.exit_codes import ExitCode, UsageError, exit_code_help, exit_code_of
from pipeline.limits import bounds
from pipeline.terminal import counted
from pipeline.version import version

RAW, PROCESSED, REPORT = Path("data/raw"), Path("data/processed"), Path("data/report")
DEBUG = "KEHOACH_DEBUG"
INTERRUPTED = "interrupted; tables of an earlier run are unchanged, and the next run goes on from here"
# Typer's own errors of usage; their class has no public name that is the same in all versions of Typer.
TypersError = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


class Commands(typer.core.TyperGroup):
    """The group of commands: the one place where an error becomes a message and an exit code."""

    def invoke(self, ctx: typer.Context) -> Any:
        """Run the command; whatever it raises ends it with its exit code."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, TypersError):
            raise
        except (Exception, KeyboardInterrupt) as error:
            raise typer.Exit(int(told(error))) from error

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:
        """The help as Typer makes it, with the exit codes below."""
        super().format_help(ctx, formatter)
        formatter.write(exit_code_help())


def told(error: BaseException) -> ExitCode:
    """Tell the user about the error; its exit code."""
    code = exit_code_of(error)
    if code == ExitCode.BROKEN_PIPE:
        with contextlib.suppress(OSError, ValueError):  # or Python complains when it flushes at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return code
    message = str(error)
    if code == ExitCode.INTERRUPTED:
        message = INTERRUPTED
    elif code == ExitCode.INTERNAL_ERROR:
        if os.environ.get(DEBUG):
            traceback.print_exception(error)
        message = f"a fault in kehoach: {type(error).__name__}: {error} (set {DEBUG}=1 for the traceback)"
    typer.echo(f"kehoach: {message}", err=True)
    return code


app = typer.Typer(
    cls=Commands,
    help="Vietnamese People's Committee plans in, comparable tables of targets, funding, agencies and deadlines out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def show_version(wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        typer.echo(f"kehoach {version()}")
        raise typer.Exit


@app.callback()
def common(
    wanted: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options that stand before the command."""


@app.command("run")
def run_command(
    source: options.Plans = str(RAW),
    out: options.Out = str(PROCESSED),
    jobs: options.Jobs = None,
    engine: options.Engine = "local",
    timeout: options.Timeout = None,
    memory: options.Memory = None,
    force: options.Force = False,
    replace: options.Replace = False,
    by_province: options.ByProvince = False,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Read every plan below INPUT that is new or changed and write all tables to DIR.

    A file that cannot be read costs nothing else: it becomes a row of the table `failures`, and the exit code is 1.
    The tables are those of this input, and replace those of an earlier run all together, at the end: a file that is
    gone takes its rows along, but a part of INPUT takes documents away with --replace alone. A run that was stopped
    goes on where it was.
    """
    from pipeline import report
    from pipeline.engines import engine_named, usual_jobs
    from pipeline.remote import place
    from pipeline.run import Options, preview, run

    if dry_run:
        show_plan(preview(place(source), place(out), force), as_json)
        return
    chosen = engine_named(engine)
    how = Options(
        usual_jobs(chosen) if jobs is None else jobs, bounds(timeout, memory), force, chosen, by_province, replace
    )
    listener = report.listener_for(report.console_for(stderr=True))
    result = run(place(source), place(out), listener=listener, options=how)
    if as_json:
        print_json(report.as_json(result))
    else:
        report.print_result(result, report.console_for())
    raise typer.Exit(int(result.exit_code))


@app.command("status")
def status_command(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="INPUT", help="Folder with the plans (s3://… too), or one file; default: what the last run read."
        ),
    ] = None,
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="DIR", help="Folder of the tables, which may be s3://… too.")
    ] = str(PROCESSED),
    as_json: options.Json = False,
) -> None:
    """Say how fresh the tables in DIR are, and what a run would read.

    Looks at the files of INPUT, usually those that the tables were made from, and reads none that did not change.
    """
    from pipeline import report, status
    from pipeline.remote import place

    found = status.status(None if source is None else place(source), place(out), RAW)
    if as_json:
        print_json(status.as_json(found))
    else:
        status.print_status(found, report.console_for())
    if found.plan is None:
        raise UsageError(status.gone(found))


@app.command("doctor")
def doctor_command(as_json: options.Json = False) -> None:
    """Say which kinds of file can be read on this machine, and how to install what is missing."""
    from pipeline import doctor, report

    found = doctor.examine()
    if as_json:
        print_json(doctor.as_json(found))
    else:
        doctor.print_findings(found, report.console_for())


def show_plan(plan: Any, as_json: bool) -> None:
    """What a run would do."""
    from pipeline import report, status

    if as_json:
        print_json(status.plan_json(plan))
    else:
        status.print_plan(plan, report.console_for())


@app.command("compare")
def compare_command(
    tables: options.Tables = str(PROCESSED),
    indicator: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only this indicator, or domain (`poverty`); may be repeated."),
    ] = None,
    province: options.Provinces = None,
    all_types: Annotated[
        bool, typer.Option("--all-types", help="Decisions, drafts and others, too, not issued plans alone.")
    ] = False,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the rows shown to FILE as CSV.")] = None,
    as_json: options.Json = False,
) -> None:
    """Lay the provinces' targets side by side, and write them to the table `comparison`.

    A document that repeats another counts once. --indicator and --province choose what is shown; the table holds all.
    What is not compared, and why, is counted below (with --json on the error output).
    """
    from pipeline import compare, report
    from pipeline.remote import place

    folder = place(tables)
    chosen = compare.select(folder, indicator or [], province or [])
    rows = chosen.of(compare.compare(folder, all_types))
    left = chosen.left_out(folder, all_types)
    if csv is not None:
        compare.write_csv(csv, rows)
    if as_json:
        print_json_list(compare.as_json(rows))
        if left:
            typer.echo(compare.left_out_line(left), err=True)
    else:
        compare.print_comparison(rows, report.console_for(), left)


@app.command("export")
def export_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The workbook to write (`.xlsx`).")],
    tables: options.Tables = str(PROCESSED),
    province: options.Provinces = None,
    as_json: options.Json = False,
) -> None:
    """Write the tables as a workbook for Excel, in Vietnamese, every figure with the words that prove it.

    A sheet a table; what needs a look comes first, and doubtful rows are marked.
    """
    from pipeline import compare
    from pipeline.remote import place
    from pipeline.workbook import export

    folder = place(tables)
    made = export(folder, file, compare.select(folder, [], province or []).provinces)
    if as_json:
        print_json({"file": str(file), "rows": made})
    else:
        typer.echo(f"{file}: {counted(sum(made.values()), 'row')} on {counted(len(made), 'sheet')}")


@app.command("show")
def show_command(
    document: Annotated[
        str, typer.Argument(metavar="DOC", help="Number (35/KH-UBND), file name or path, or beginning of the doc_id.")
    ],
    tables: options.Tables = str(PROCESSED),
    as_json: options.Json = False,
) -> None:
    """Print one document's facts with their quotes and places; what needs a look comes first.

    Where several documents have the name, the one that the others repeat. Of a file that could not be read, the reason
    and what to do; the exit code is then 1.
    """
    from pipeline import lookup, report, show
    from pipeline.remote import place

    found = lookup.find_document(place(tables), document)
    if found.failed:
        print_json({"failure": found.row}) if as_json else show.print_failure(found.row, report.console_for())
        raise typer.Exit(int(ExitCode.SOME_FAILED))
    facts = show.facts_of(place(tables), found.row["doc_id"])
    if as_json:
        print_json(show.as_json(found, facts))
    else:
        show.print_document(found, facts, report.console_for())


@app.command("report")
def report_command(
    tables: options.Tables = str(PROCESSED),
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="DIR", help="Folder for the pages; an earlier report there goes.")
    ] = str(REPORT),
    as_json: options.Json = False,
) -> None:
    """Write web pages for analysts: what failed or is doubtful, provinces compared, each document with its words.

    Open index.html in any browser; the pages are in Vietnamese and need neither network nor scripts. They take the
    place of an earlier report all together, at the end.
    """
    from pipeline.pages import build
    from pipeline.remote import place

    done = build.report(place(tables), place(out))
    if as_json:
        print_json(build.as_json(done))
    else:
        read = f"{counted(done.documents, 'document')}, {counted(done.failures, 'failure')}"
        typer.echo(f"{read}: {counted(done.pages, 'page')}; open {done.index}")


@app.command("evaluate")
def evaluate_command(
    tables: Annotated[str, typer.Argument(metavar="TABLES", help="Folder with the tables of a run (s3://… too).")],
    gold: Annotated[Path, typer.Option("--gold", metavar="DIR", help="Folder with gold files (docs/gold.md).")],
    against: Annotated[
        str | None, typer.Option("--against", metavar="EARLIER", help="Tables of an earlier run to compare with.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option("--table", metavar="NAME", help="Show only this table; may be repeated.")
    ] = None,
    bounds: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="TABLE[.strict]=F1", help="Exit with 1 below this score; may be repeated."),
    ] = None,
    misses: Annotated[bool, typer.Option("--misses", help="List every row missed, too many or half right.")] = False,
    as_json: options.Json = False,
) -> None:
    """Score tables against gold, by table, column, document and confidence.

    With --against, list row by row what was gained and lost since an earlier run.
    """
    from pipeline import report
    from pipeline.evaluate import report as evaluation_report
    from pipeline.evaluate import screen
    from pipeline.remote import place

    earlier = None if against is None else place(against)
    done = evaluation_report.evaluate(place(tables), gold, earlier, name or [], bounds or [])
    if as_json:
        print_json(evaluation_report.as_json(done, misses))
    else:
        screen.print_evaluation(done, misses, report.console_for())
    raise typer.Exit(int(ExitCode.SOME_FAILED if done.short else ExitCode.OK))


@app.command("rules")
def rules_command(
    tables: Annotated[
        list[str], typer.Argument(metavar="TABLES...", help="Folders with the tables of runs (s3://… too).")
    ],
    gold: Annotated[
        list[Path] | None, typer.Option("--gold", metavar="DIR", help="Folder with gold files; may be repeated.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option("--table", metavar="NAME", help="Only this table; may be repeated.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Count how often each rule made a row in each run, and with --gold how often it was right."""
    from pipeline import report
    from pipeline.evaluate import report as evaluation_report
    from pipeline.evaluate import screen
    from pipeline.remote import place

    folders = [place(text) for text in tables]
    uses = evaluation_report.count_rules(folders, gold or [], name or [])
    if as_json:
        print_json(evaluation_report.rules_json(uses, folders))
    else:
        screen.print_rules(uses, folders, report.console_for())


@app.command("tables")
def tables_command(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Only this table.")] = None,
    as_json: options.Json = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the page docs/tables.md.")] = False,
) -> None:
    """List tables and columns with their descriptions."""
    from pipeline import report, table_docs

    chosen = table_docs.chosen(name)
    if as_json:
        print_json(table_docs.as_json(chosen))
    elif markdown:
        typer.echo(table_docs.markdown(chosen), nl=False)
    else:
        table_docs.print_tables(chosen, report.console_for())


def print_json(value: object) -> None:
    """JSON with Vietnamese letters as they are and dates in ISO form."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def print_json_list(values: Iterable[object]) -> None:
    """The same for a list, each value as it comes."""
    before = "["
    for value in values:
        lines = json.dumps(value, ensure_ascii=False, indent=1, default=str).replace("\n", "\n ")
        typer.echo(f"{before}\n {lines}", nl=False)
        before = ","
    typer.echo("[]" if before == "[" else "\n]")


def main() -> None:
    """Entry point of the command `kehoach`."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console or LANG=C must not stop at a Vietnamese letter
        if hasattr(stream, "reconfigure"):
            to_file = {} if stream.isatty() else {"encoding": "utf-8"}
            stream.reconfigure(errors="replace", **to_file)
    app()


if __name__ == "__main__":
    main()
