"""`kehoach export`: the tables of a run as one workbook for Excel and LibreOffice (bảng tính).

Rows go to the file one after the other, so that memory holds some documents at a time. What a document says is written
as text, whatever it begins with: no formula, no link, no number made of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError, FileSizeError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.compare import begins_formula
from pipeline.comparison import compares_all_types, left_out
from pipeline.exit_codes import UsageError
from pipeline.remote import Remote
from pipeline.vietnamese import LOCAL_TIME
from pipeline.visible import visible
from pipeline.workbook import layout, rows, sheets
from pipeline.workbook.layout import LINE_HEIGHT, NOT_PRINTED, WIDTHS, WRAPPED, lines_in
from pipeline.workbook.rows import Documents, Row
from pipeline.workbook.sheets import FACTS, Sheet, text
from pipeline.writers import read_rows, read_table, tables_folder, temporary_files, writable
from schemas.labels import code_label
from schemas.records import is_doubtful

MOST_ROWS = 1_048_575
"""Rows below the head that a sheet of Excel holds."""
MOST_LETTERS = 32_767
"""Letters that a cell of Excel holds."""
NUMBER_FORMATS = {
    "whole": "#,##0", "number": "#,##0.######", "sum": "#,##0.######", "percent": "#,##0.###", "money": "#,##0",
    "date": "dd/mm/yyyy", "share": "0%", "year": "0",
}  # fmt: skip
FIRST_DAY = datetime.date(1900, 3, 1)
"""From which on Excel and LibreOffice count days alike; no earlier one is shown right by both."""
SUFFIX = ".xlsx"
SHARE_DIGITS = 4
"""Of a confidence, which is kept in 32 bits."""
DOUBT_COLOUR, HEAD_COLOUR = "#FFF2CC", "#D9E2F3"


@dataclass
class Book:
    """The workbook that is being written, and the formats of its cells."""

    file: xlsxwriter.Workbook
    formats: dict[tuple[str, bool, bool], Format] = field(default_factory=dict)

    def format(self, kind: str, doubtful: bool, quoted: bool = False) -> Format:
        """The format of a cell by the kind of its value; `quoted`: what begins as a formula does and is none."""
        key = kind, doubtful, quoted
        if key not in self.formats:
            look: dict[str, Any] = {"valign": "top", "text_wrap": kind in WRAPPED}
            if kind in WRAPPED:
                look |= {"align": "left", "indent": layout.INDENT}
            if kind in NUMBER_FORMATS:
                look["num_format"] = NUMBER_FORMATS[kind]
            if doubtful:
                look["bg_color"] = DOUBT_COLOUR
            if quoted:
                look["quote_prefix"] = True
            self.formats[key] = self.file.add_format(look)
        return self.formats[key]


def export(folder: Path | Remote, file: Path, provinces: frozenset[str] | None = None) -> dict[str, int]:
    """Write the tables in `folder` as a workbook, of all documents or those of some provinces; the rows of each sheet.

    Raises NoTables, OutputNotWritable, UsageError where a sheet would not hold its rows. An old file stays whole then.
    """
    if file.suffix.lower() != SUFFIX:
        raise UsageError(f"{file} is no name of a workbook: let it end in {SUFFIX}.")
    whole = tables_folder(folder)
    documents = rows.documents_of(whole, provinces)
    for name in (*FACTS, "findings"):
        fits(name, sum(count[name] for count in documents.counts.values()))
    with written(file), temporary_files(file.parent, [file.name]) as temporary:
        file.parent.mkdir(parents=True, exist_ok=True)
        made = written_book(temporary[file.name], whole, documents, provinces)
        temporary[file.name].replace(file)
    return made


def fits(name: str, count: int) -> None:
    """Raises UsageError where a table has more rows than a sheet."""
    if count > MOST_ROWS:
        raise UsageError(f"{name} has {count:,} rows and a sheet holds {MOST_ROWS:,}: choose some with --province.")


@contextmanager
def written(file: Path) -> Iterator[None]:
    """Turns what the writer raises into OutputNotWritable."""
    with writable(file):
        try:
            yield
        except (FileCreateError, FileSizeError) as error:
            reason = error.args[0] if error.args else error
            raise reason if isinstance(reason, OSError) else OSError(str(reason)) from error


def written_book(
    path: Path, folder: Path | Remote, documents: Documents, provinces: frozenset[str] | None
) -> dict[str, int]:
    """The whole workbook in a file, and how many rows each sheet has."""
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as file:
        book = Book(file)
        front = file.add_worksheet(text("summary"))
        made = {sheet.name: fill(book, sheet, content) for sheet, content in contents(folder, documents, provinces)}
        write_front(book, front, front_lines(rows.last_run(folder), provinces, made, notes(folder, provinces)))
    return made


def contents(
    folder: Path | Remote, documents: Documents, provinces: frozenset[str] | None
) -> Iterator[tuple[Sheet, Iterable[Row]]]:
    """The sheets in the order of their tabs: what needs a look comes before the figures."""
    yield sheets.documents_sheet(), documents.rows()
    yield sheets.findings_sheet(), rows.findings_of(folder, documents)
    yield sheets.doubts_sheet(), doubts(folder, documents)
    if provinces is None:
        yield sheets.failures_sheet(), read_rows(folder, "failures")
    yield sheets.comparison_sheet(), rows.compared(folder, documents)
    for name in FACTS:
        yield sheets.fact_sheet(name), rows.facts_of(folder, name, documents)


def doubts(folder: Path | Remote, documents: Documents) -> Iterator[Row]:
    """All doubtful facts, table by table, as many as a sheet holds."""
    left = MOST_ROWS
    for name in FACTS:
        for row in rows.facts_of(folder, name, documents):
            if is_doubtful(row["confidence"]) and left:
                left -= 1
                yield row


def fill(book: Book, sheet: Sheet, content: Iterable[Row]) -> int:
    """Write one sheet, its head frozen and filtered; how many rows it has."""
    page = book.file.add_worksheet(sheet.name)
    layout.set_up(page, sheet)
    head = book.file.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": HEAD_COLOUR})
    for at, column in enumerate(sheet.fields):
        page.write_string(0, at, column.head, head)
    count = 0
    for count, row in enumerate(content, start=1):
        doubtful = is_doubtful(row.get("confidence", 1.0))
        values = [column.of(row) for column in sheet.fields]
        page.set_row(count, layout.height_of(sheet, values))
        for at, (column, value) in enumerate(zip(sheet.fields, values, strict=True)):
            write_cell(book, page, (count, at), value, (column.kind, doubtful))
    layout.finish(page, sheet, count)
    return count


def write_cell(book: Book, page: Worksheet, at: tuple[int, int], value: Any, look: tuple[str, bool]) -> None:
    """One cell: text always as text, numbers and days as such, nothing for what is not stated."""
    kind, doubtful = look
    if isinstance(value, str):
        safe = harmless(value)
        kind = kind if kind in (*WRAPPED, NOT_PRINTED) else "text"
        page.write_string(*at, safe, book.format(kind, doubtful, begins_formula(safe)))
    elif value is None:
        page.write_blank(*at, None, book.format(kind, doubtful))
    elif kind == "date" and value < FIRST_DAY:
        page.write_string(*at, value.strftime("%d/%m/%Y"), book.format("text", doubtful))
    elif kind == "date":
        page.write_datetime(*at, value, book.format(kind, doubtful))
    else:
        value = round(value, SHARE_DIGITS) if kind == "share" else value
        # with places to fill Excel would show "95."
        whole = kind in ("number", "percent", "sum") and float(value).is_integer()
        page.write_number(*at, value, book.format("whole" if whole else kind, doubtful))


def harmless(said: str) -> str:
    """Text that a cell can hold: every character one that can be seen, as on the pages, cut where it is longer than a
    cell. What XML refuses and what turns the reading direction, which would show a number backwards, is none."""
    kept = visible(said)
    return kept if len(kept) <= MOST_LETTERS else kept[: MOST_LETTERS - 1] + text("more")


def notes(folder: Path | Remote, provinces: frozenset[str] | None) -> Iterator[tuple[str, int]]:
    """What sheets do not hold: targets that are not compared, and files that failed where provinces are chosen, for
    nobody knows of which they are."""
    for reason, count in left_out(folder, compares_all_types(folder), provinces).items():
        yield f"{text('not_compared')}: {code_label('comparison', 'left_out', reason)}", count
    if provinces is not None:
        yield text("failures_elsewhere"), read_table(folder, "failures", ["source_path"]).num_rows


def front_lines(
    run: Row | None, provinces: frozenset[str] | None, made: dict[str, int], notes: Iterable[tuple[str, int]]
) -> Iterator[tuple[str, str | int | None]]:
    """What the first sheet says, by lines: when, of what, how many, and how to read it."""
    yield text("title"), None
    if run is not None:
        ended = run["ended_at"].astimezone(LOCAL_TIME).strftime("%d/%m/%Y %H:%M")
        yield text("run_ended"), f"{ended} {text('vietnam_time')}"
        yield text("version"), run["extractor_version"]
    if provinces is not None:
        yield text("selected"), ", ".join(sorted(provinces))
    yield "", None
    for name, count in made.items():
        yield f"{text('count_of')} {name}", count
    yield "", None
    yield from notes
    yield "", None
    yield text("how"), None
    for code in ("how_quote", "how_doubt", "how_empty", "how_repeat"):
        yield text(code), None


def write_front(book: Book, page: Worksheet, lines: Iterable[tuple[str, str | int | None]]) -> None:
    """The first sheet."""
    bold = book.file.add_format({"bold": True, "font_size": 14})
    layout.for_print(page)
    page.set_column(0, 1, WIDTHS["long"])
    for at, (words, value) in enumerate(lines):
        cut = value is not None and len(words) > WIDTHS["long"]  # else it goes on over the empty cell beside it
        if cut:
            page.set_row(at, LINE_HEIGHT * lines_in(words, WIDTHS["long"]))
        page.write_string(at, 0, words, bold if at == 0 else book.format("long" if cut else NOT_PRINTED, False))
        if value is not None:
            write_cell(book, page, (at, 1), value, ("whole", False))
