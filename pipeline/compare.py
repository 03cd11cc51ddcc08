"""`kehoach compare`: the comparison table of a run, chosen rows of it on the screen or as CSV."""

from __future__ import annotations

import csv
import dataclasses
import difflib
import io
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from pipeline.comparison import LeftOut, comparison_parts, left_out
from pipeline.exit_codes import UsageError
from pipeline.landing import claimed
from pipeline.remote import Remote
from pipeline.terminal import counted, plain, shorten
from pipeline.vietnamese import bare_province, short_issuer, target_value
from pipeline.writers import (
    read_table,
    same_rows,
    tables_folder,
    writable,
    write_parquet,
    write_tables,
    write_text,
)
from schemas.folding import bare_key
from schemas.records import TABLES, Comparison
from schemas.vocabulary import indicators

INDICATOR_WIDTH, VALUE_WIDTH, QUOTE_WIDTH = 24, 18, 60
PROVINCE = ("province_name", "province_code", "current_province_name", "current_province_code")
MOST_ROWS = 1_000
"""Targets that the screen shows."""
ID_SHOWN = 7
"""Letters of an id that tell documents of one number apart, and that `kehoach show` takes."""
AT_ONCE = 10_000
"""Rows that are objects at once."""
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows to show: indicator codes and provinces' names, None for all."""

    indicators: frozenset[str] | None = None
    provinces: frozenset[str] | None = None

    def left_out(self, folder: Path | Remote, all_types: bool = False) -> dict[LeftOut, int]:
        """How many targets of the provinces are not compared, by the reason. Raises NoTables."""
        return left_out(folder, all_types, self.provinces)

    def of(self, table: pa.Table) -> pa.Table:
        """The rows to show."""
        for column, wanted in (("indicator_code", self.indicators), ("province_name", self.provinces)):
            if wanted is not None:
                table = table.filter(pc.is_in(table[column], pa.array(sorted(wanted), pa.string())))
        return table


def compare(folder: Path | Remote, all_types: bool = False) -> pa.Table:
    """Build the comparison from the tables in `folder` and write `comparison.parquet` there.

    Raises NoTables, OutputNotWritable, AlreadyRunning (only where the table differs from what is there).
    """
    whole = tables_folder(folder)
    with tempfile.TemporaryDirectory(prefix="kehoach-") as temporary:
        made = Path(temporary, "comparison.parquet")
        make(made, whole, all_types)
        if not same_rows(made, whole / made.name):
            with claimed(folder) as work:
                make(made, tables_folder(work), all_types)  # of what is there now that nobody else writes
                write_tables(work, {"comparison": made})
        return read_table(made.parent, "comparison")


def make(file: Path, folder: Path | Remote, all_types: bool) -> None:
    """Write the comparison of the tables in `folder` into a file. Raises NoTables, OutputNotWritable."""
    with writable(file):
        write_parquet(file, comparison_parts(folder, all_types))


def rows_of(table: pa.Table) -> Iterator[Comparison]:
    """The rows one after the other; those of a corpus are too many to be held as objects."""
    for batch in table.to_batches(max_chunksize=AT_ONCE):
        yield from (Comparison(**row) for row in batch.to_pylist())


def select(folder: Path | Remote, codes: Sequence[str], provinces: Sequence[str]) -> Selection:
    """What the user asked for, checked. Raises UsageError with close matches."""
    return Selection(
        frozenset().union(*map(indicator_codes, codes)) if codes else None,
        frozenset().union(*(province_names(folder, name) for name in provinces)) if provinces else None,
    )


def indicator_codes(asked: str) -> frozenset[str]:
    """An indicator's code, or all codes of a domain (`poverty`). Raises UsageError."""
    known = indicators()
    wanted = bare_key(asked)
    found = frozenset(c for c, i in known.items() if asked in (c, i.domain) or wanted == bare_key(i.name_vi))
    if found:
        return found
    names = {c: c for c in known} | {bare_key(i.name_vi): c for c, i in known.items()}
    raise UsageError(
        f"unknown indicator {plain(asked)!r}. {close_matches(asked, names)}"
        " All indicators: schemas/vocab/indicators.csv."
    )


def province_names(folder: Path | Remote, asked: str) -> frozenset[str]:
    """The provinces' names in the tables that are meant, by name or code, of then or of today. Raises UsageError."""
    provinces = read_table(folder, "documents", PROVINCE).group_by(list(PROVINCE)).aggregate([]).to_pylist()
    for when in ("", "current_"):  # by the names of then, else by those of the provinces that hold them today
        named = {(p["province_name"], p[f"{when}province_name"] or "", p[f"{when}province_code"]) for p in provinces}
        found = frozenset(
            then
            for then, name, code in named
            if then and (asked.strip() == code or bare_province(asked) == bare_province(name))
        )
        if found:
            return found
    names = {bare_province(p["province_name"]): p["province_name"] for p in provinces if p["province_name"]}
    here = ", ".join(sorted(names.values())) or "none"
    raise UsageError(
        f"no document of province {plain(asked)!r} in {folder}. {close_matches(asked, names)} Provinces here: {here}."
    )


def close_matches(asked: str, names: Mapping[str, str]) -> str:
    """`Did you mean …?` for what looks like the word asked for; empty when nothing does."""
    near = difflib.get_close_matches(bare_province(asked), list(names), n=3, cutoff=0.55)
    found = list(dict.fromkeys(names[name] for name in near))
    return f"Did you mean {' or '.join(found)}?" if found else ""


# --- on the screen


REASONS = {
    LeftOut.NO_INDICATOR: "of none of the known indicators",
    LeftOut.REPEAT: "of documents that repeat others",
    LeftOut.OTHER_KIND: "of drafts and documents other than plans (--all-types)",
}


def left_out_line(left: Mapping[LeftOut, int]) -> str:
    """How many targets are not compared, and why; empty where all are."""
    if not left:
        return ""
    reasons = ", ".join(f"{count} {REASONS[reason]}" for reason, count in left.items())
    return f"Not compared: {counted(sum(left.values()), 'target')}: {reasons}."


def print_comparison(table: pa.Table, console: Console, left: Mapping[LeftOut, int] | None = None) -> None:
    """Provinces as columns where they fit, else one line a target; of very many the first. Then what is left out."""
    print_rows(table, console)
    if left:
        console.print(Text(left_out_line(left)))


def print_rows(table: pa.Table, console: Console) -> None:
    """The targets themselves."""
    if not table.num_rows:
        console.print(Text("No targets to compare: no plan here states one of the known indicators."))
        return
    rows = list(rows_of(table[:MOST_ROWS]))
    by_place = sorted(rows, key=lambda r: (r.province_code or "~", r.issuer_level != "province", r.issuer or ""))
    columns = list(dict.fromkeys(map(column_of, by_place)))
    if INDICATOR_WIDTH + len(columns) * (VALUE_WIDTH + 3) <= console.width:
        console.print(wide(rows, columns))
    else:
        console.print(long(rows))
    several = pc.count_distinct(table["indicator_code"])
    console.print(Text(f"Targets: {table.num_rows}, indicators: {several}. In brackets: the year by which it holds."))
    if table.num_rows > MOST_ROWS:
        choose = "choose with --indicator and --province, or write all with --csv FILE"
        console.print(Text(f"Shown are the first {MOST_ROWS}; {choose}."))


def column_of(row: Comparison) -> str:
    """The heading that a row stands under: the province, or the issuer when it is a district or a commune."""
    if row.issuer_level == "province" or not row.issuer:
        return row.province_name or row.issuer or "?"
    return f"{short_issuer(row.issuer)} ({row.province_name or '?'})"


def wide(rows: Sequence[Comparison], columns: Sequence[str]) -> Grid:
    """Indicators as rows, provinces as columns; a cell holds a line for each target."""
    grid = Grid(show_lines=True)
    grid.add_column("Chỉ tiêu", min_width=INDICATOR_WIDTH - 2, ratio=2)
    for column in columns:
        grid.add_column(Text(plain(column)), min_width=VALUE_WIDTH, ratio=1)
    several, called = columns_with_several_documents(rows), names_of(rows)
    cells: dict[str, dict[str, list[str]]] = {}
    names = {row.indicator_code: row.indicator_name for row in rows}
    for row in rows:
        column = column_of(row)
        name = called[row.doc_id] if column in several else ""
        cells.setdefault(row.indicator_code, {}).setdefault(column, []).append(cell_line(row, name))
    for code, by_column in cells.items():
        lines = ["\n".join(dict.fromkeys(by_column.get(column, ["-"]))) for column in columns]
        name = Text(plain(names[code]))
        name.append(f"\n{code}", "dim")
        grid.add_row(name, *map(Text, lines))
    return grid


def columns_with_several_documents(rows: Iterable[Comparison]) -> set[str]:
    """Headings under which more than one document stands: there each value tells which."""
    documents: dict[str, set[str]] = {}
    for row in rows:
        documents.setdefault(column_of(row), set()).add(row.doc_id)
    return {column for column, ids in documents.items() if len(ids) > 1}


def names_of(rows: Iterable[Comparison]) -> dict[str, str]:
    """What each document is called: its number, with the beginning of its id where others have that number, too."""
    numbers = {row.doc_id: row.doc_number for row in rows}
    shared = Counter(numbers.values())
    return {
        doc_id: doc_id if number is None else number + (f" {doc_id[:ID_SHOWN]}" if shared[number] > 1 else "")
        for doc_id, number in numbers.items()
    }


def cell_line(row: Comparison, name: str = "") -> str:
    """`giảm ≥ 4 điểm %/năm (2020; các huyện nghèo; 35/KH-UBND)`."""
    notes = [str(row.due_year) if row.due_year else "", shorten(row.scope or "", 40), plain(name)]
    noted = "; ".join(filter(None, notes))
    return plain(target_value(dataclasses.asdict(row))) + (f" ({noted})" if noted else "")


def long(rows: Sequence[Comparison]) -> Grid:
    """One line a target."""
    grid = Grid()
    for heading in ("Chỉ tiêu", "Tỉnh", "Giá trị", "Văn bản", "Trích dẫn"):
        grid.add_column(heading, overflow="fold")
    called = names_of(rows)
    for row in rows:
        cells = (row.indicator_name, column_of(row), cell_line(row), called[row.doc_id])
        grid.add_row(*(Text(plain(cell)) for cell in cells), Text(shorten(row.quote, QUOTE_WIDTH)))
    return grid


# --- as CSV


def write_csv(path: Path, table: pa.Table) -> None:
    """The rows as CSV that a spreadsheet opens: with a byte order mark, and no cell that it would run as a formula.

    Raises OutputNotWritable.
    """
    write_text(path, csv_lines(table), "utf-8-sig")


def csv_lines(table: pa.Table) -> Iterator[str]:
    """The heading, then the rows, line by line."""
    names = [column.name for column in TABLES["comparison"].columns]
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(names)
    for row in rows_of(table):
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([harmless(getattr(row, name)) for name in names])
    yield buffer.getvalue()


def harmless(cell: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and begins_formula(cell) else cell


def begins_formula(said: str) -> bool:
    """Whether a spreadsheet would take a text for a formula."""
    return said[:1] in ("\t", "\r", "\n") or said.lstrip().startswith(FORMULA_SIGNS)


def as_json(table: pa.Table) -> Iterator[dict[str, Any]]:
    """The rows for a script, with the value in words beside the numbers."""
    for row in map(dataclasses.asdict, rows_of(table)):
        yield row | {"value_text": target_value(row)}
