"""Tables and columns with their descriptions, from the declarations in `schemas`: for the screen, scripts, and
`docs/tables.md` (`kehoach tables --markdown > docs/tables.md`)."""

from __future__ import annotations

import difflib
from typing import Any

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from pipeline.exit_codes import UsageError
from schemas.columns import ColumnInfo
from schemas.records import TABLES, Table

MOST_CODES = 20
HEAD = """# The tables

Made from `schemas/records.py` by `kehoach tables --markdown > docs/tables.md`; do not edit by hand.

Each table is `<out>/<table>.parquet`. A value that the document does not state is null. Every row of a fact table obeys
`documents.text[char_start:char_end] == quote`.
"""


def chosen(name: str | None) -> list[Table]:
    """The table of that name, or all. Raises UsageError."""
    if name is None:
        return list(TABLES.values())
    if name not in TABLES:
        near = difflib.get_close_matches(name, list(TABLES), n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UsageError(f"no table {name!r}.{hint} Tables: {', '.join(TABLES)}.")
    return [TABLES[name]]


def codes_text(column: ColumnInfo) -> str:
    """The closed vocabulary of a column, when it is short enough to read."""
    if column.codes is None:
        return ""
    if len(column.codes) > MOST_CODES:
        return f"{len(column.codes)} codes"
    return ", ".join(sorted(column.codes))


def type_text(column: ColumnInfo) -> str:
    """Arrow type, and whether null occurs."""
    return f"{column.arrow}{', nullable' if column.nullable else ''}"


def as_json(tables: list[Table]) -> list[dict[str, Any]]:
    """The declarations for a script."""
    return [
        {
            "table": table.name,
            "description": table.doc,
            "key": table.key,
            "columns": [
                {
                    "name": column.name,
                    "type": str(column.arrow),
                    "nullable": column.nullable,
                    "description": column.doc,
                    "codes": sorted(column.codes) if column.codes is not None else None,
                }
                for column in table.columns
            ],
        }
        for table in tables
    ]


def print_tables(tables: list[Table], console: Console) -> None:
    """Each table with its columns on the screen."""
    for table in tables:
        console.print(Text.assemble((table.name, "bold"), f"  {table.doc}"))
        grid = Grid(box=None, show_header=False, padding=(0, 2))
        for column in table.columns:
            codes = codes_text(column)
            text = Text(column.doc)
            text.append(f"\n[{codes}]" if codes else "", "dim")
            grid.add_row(Text(column.name, "cyan"), Text(type_text(column), "dim"), text)
        console.print(grid)
        console.print()


def markdown(tables: list[Table]) -> str:
    """The page `docs/tables.md`."""
    parts = [HEAD]
    for table in tables:
        key = f" Key: `{table.key}`." if table.key else ""
        parts.append(f"\n## `{table.name}`\n\n{table.doc}{key}\n\n| column | type | meaning |\n|---|---|---|\n")
        for column in table.columns:
            codes = codes_text(column)
            meaning = column.doc + (f" ({codes})" if codes else "")
            parts.append(f"| `{column.name}` | {type_text(column)} | {meaning.replace('|', '/')} |\n")
    return "".join(parts)
