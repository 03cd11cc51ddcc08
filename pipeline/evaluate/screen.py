"""An evaluation on the screen: tables, columns, documents, calibration; on request misses, gains and losses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from pipeline.evaluate.changes import Change
from pipeline.evaluate.judge import Judged
from pipeline.evaluate.match import RULES, Pair
from pipeline.evaluate.report import Evaluation, bin_name, spare_cells
from pipeline.evaluate.scores import Tally, column_scores, fields_right, share, table_score, table_scores
from pipeline.evaluate.texts import stated
from pipeline.evaluate.trust import RuleUse, Trust, calibration
from pipeline.remote import Remote
from pipeline.terminal import plain, shorten

QUOTE_WIDTH = 110


def print_evaluation(evaluation: Evaluation, misses: bool, console: Console) -> None:
    """All of it, the summary first."""
    judged, names = evaluation.judged, evaluation.names
    console.print(tables_grid(judged, names))
    if "documents" in names:
        right, fields = fields_right(judged)
        console.print(Text(f"documents: {right} of {fields} fields right ({share(right, fields):.3f})"))
    console.print(titled("By column (values that gold states; accuracy: of the rows found, those with the right cell)"))
    console.print(columns_grid(judged, names))
    console.print(titled("By document (found F1, strict F1)"))
    console.print(documents_grid(judged, names))
    console.print(titled("Confidence (rows that gold judges: how many are found, how many right in every column)"))
    console.print(calibration_grid(calibration(judged, [name for name in names if name in RULES])))
    if misses:
        print_misses(judged, names, console)
    if evaluation.changes is not None:
        print_changes(evaluation.changes, console)
    if evaluation.absent:
        console.print(Text(f"not among the documents: {plain(', '.join(evaluation.absent))}", "yellow"))
    for line in evaluation.short:
        console.print(Text(f"SHORT: {plain(line)}", "red"))


def titled(text: str) -> Text:
    """A heading between two grids."""
    return Text(text, "bold")


def grid_of(*columns: str, words: int = 1) -> Grid:
    """A grid whose first columns are words, the others figures."""
    grid = Grid(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for place, column in enumerate(columns):
        if place < words:
            grid.add_column(column, overflow="fold")
        else:
            grid.add_column(column, justify="right")
    return grid


def shares(tally: Tally) -> list[str]:
    """Precision, recall, F1."""
    return [f"{value:.3f}" for value in (tally.precision, tally.recall, tally.f1)]


def tables_grid(judged: Sequence[Judged], names: Sequence[str]) -> Grid:
    """One line a table."""
    grid = grid_of(
        "table", "support", "found", "missed", "spare", "precision", "recall", "F1", "strict P", "strict R", "strict F1"
    )
    for name, score in table_scores(judged).items():
        if name in names:
            found = score.found
            counts = map(str, (found.support, found.hit, found.missed, found.spare))
            grid.add_row(name, *counts, *shares(found), *shares(score.strict))
    return grid


def columns_grid(judged: Sequence[Judged], names: Sequence[str]) -> Grid:
    """One line a column that is scored."""
    grid = grid_of("column", "support", "precision", "recall", "F1", "rows", "accuracy")
    for name in names:
        for column, score in column_scores(name, judged).items():
            if score.rows or score.values.support:
                cells = (str(score.values.support), *shares(score.values), str(score.rows), f"{score.accuracy:.3f}")
                grid.add_row(f"{name}.{column}", *cells)
    return grid


def documents_grid(judged: Sequence[Judged], names: Sequence[str]) -> Grid:
    """One line a document."""
    shown = [name for name in names if name in RULES]
    grid = grid_of("document", *(["fields"] if "documents" in names else []), *shown)
    for document in judged:
        cells = [document_cell(document, name) for name in shown]
        if "documents" in names:
            cells.insert(0, "{}/{}".format(*fields_right([document])))
        grid.add_row(Text(plain(document.stem)), *cells)
    return grid


def document_cell(document: Judged, name: str) -> str:
    """Found and strict F1; a dash where the table is not annotated."""
    if name not in document.tables:
        return "-"
    score = table_score([document.tables[name]])
    return f"{score.found.f1:.2f} {score.strict.f1:.2f}"


def calibration_grid(tables: Mapping[str, Mapping[float, Trust]]) -> Grid:
    """One line a table and bin."""
    grid = grid_of("table", "confidence", "rows", "mean", "found", "right", words=2)
    for name, bins in tables.items():
        for edge, trust in bins.items():
            grid.add_row(name, bin_name(edge), *trust_cells(trust))
    return grid


def trust_cells(trust: Trust) -> list[str]:
    """Rows, mean confidence, shares found and right; dashes where gold judges none."""
    figures = (trust.mean_confidence, trust.found_share, trust.strict_share)
    return [str(trust.rows), *("-" if figure is None else f"{figure:.2f}" for figure in figures)]


def print_rules(uses: Iterable[RuleUse], folders: Sequence[Path | Remote], console: Console) -> None:
    """One line a rule: how often it fired in each run, and where gold judges, how its rows stand."""
    names = [folder.name if len({f.name for f in folders}) == len(folders) else str(folder) for folder in folders]
    grid = grid_of("table", "rule", *map(plain, names), "judged", "confidence", "found", "right", words=2)
    for use in uses:
        grid.add_row(use.table, Text(plain(use.method)), *map(str, use.fired), *trust_cells(use.trust))
    console.print(grid)


# --- rows


def print_misses(judged: Iterable[Judged], names: Sequence[str], console: Console) -> None:
    """Every row that is missed, too many or half right, document by document."""
    for document in judged:
        console.print(titled(f"\n{plain(document.stem)}"))
        if "documents" in names:
            for field in document.fields:
                if not field.right:
                    line(console, "wrong", f"documents.{field.name}", {field.name: (field.wanted, field.given)})
        for name, matching in document.tables.items():
            if name in names:
                for wanted in matching.missed:
                    line(console, "missed", name, {k: v for k, v in wanted.cells.items() if stated(v)})
                for given in matching.spare:
                    line(console, "spare", name, spare_cells(given))
                for pair in matching.counted:
                    if pair.differing:
                        line(console, "half", f"{name} “{shorten(pair.wanted.label, QUOTE_WIDTH)}”", half(pair))


def half(pair: Pair) -> dict[str, Any]:
    """The wrong columns: what gold says, what the table says."""
    return {column: (pair.wanted.cells[column], pair.given.cells[column]) for column in pair.differing}


def line(console: Console, kind: str, where: str, cells: Mapping[str, Any]) -> None:
    """One row that is not as gold says: `name value` for a row, `name wanted → given` for cells that differ."""
    said = [f"{name} {cell_text(value)}" for name, value in cells.items()]
    style = {"missed": "yellow", "spare": "red"}.get(kind, "cyan")
    console.print(Text.assemble("  ", (f"{kind:<7}", style), f"{where}: ", plain(" · ".join(said))), soft_wrap=True)


def cell_text(value: Any) -> str:
    """A cell in words."""
    if isinstance(value, tuple):
        return " → ".join(map(cell_text, value))
    if isinstance(value, float):
        return f"{round(value, 6):.15g}"
    return shorten(str(value), QUOTE_WIDTH) if stated(value) else "nothing"


def print_changes(changes: Sequence[Change], console: Console) -> None:
    """Gains, then losses, then how many of each."""
    gains, losses = [c for c in changes if c.gain], [c for c in changes if not c.gain]
    for heading, sign, style, listed in (("Gains", "+", "green", gains), ("Losses", "-", "red", losses)):
        console.print(titled(f"{heading} against the earlier run: {len(listed)}"))
        for change in listed:
            head = (f"  {sign} {plain(change.stem)} {change.table}", style)
            told = f" “{shorten(change.what, QUOTE_WIDTH)}”: {plain(change.before)} → {plain(change.after)}"
            console.print(Text.assemble(head, told), soft_wrap=True)
