"""`kehoach show`: one document's facts with their quotes and places, what an analyst must look at first."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from pipeline.contract import DOCUMENT_TABLES
from pipeline.lookup import Found
from pipeline.remote import Remote
from pipeline.terminal import counted, plain, shorten
from pipeline.vietnamese import amount, number, target_value
from pipeline.writers import part_of, read_rows_of, tables_folder
from schemas.records import PROVENANCE

Row = Mapping[str, Any]
MOST_REPEATS = 5
"""Documents that are named as repeats of the one shown."""
QUOTE_WIDTH = 300
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
SEVERITIES = tuple(SEVERITY_STYLES)
HIDDEN = frozenset(PROVENANCE)


def known_severity(severity: str) -> str:
    """The severity, or a warning for one that is not known."""
    return severity if severity in SEVERITIES else "warning"


def gravity(severity: str) -> int:
    """The place of a severity in an order, the gravest first."""
    return SEVERITIES.index(known_severity(severity))


def facts_of(folder: Path | Remote, doc_id: str) -> dict[str, list[Row]]:
    """The document's rows, table by table, findings first and the gravest of them first. Raises NoTables."""
    folder = tables_folder(folder)
    part = part_of(folder, doc_id)
    names = ("findings", *(n for n in DOCUMENT_TABLES if n not in ("findings", "sections")), "sections")
    facts = {name: read_rows_of(folder, name, doc_id, part) for name in names}
    facts["findings"].sort(key=lambda row: gravity(row["severity"]))
    return facts


def as_json(found: Found, facts: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """All of it for a script, without the document's text."""
    return {"document": found.row, "repeated_by": found.repeated_by, **facts}


def print_document(found: Found, facts: Mapping[str, Sequence[Row]], console: Console) -> None:
    """The whole document on the screen."""
    document = found.row
    console.rule(Text(plain(document["doc_number"] or document["source_path"]), "bold"))
    for label, value in (*head_lines(document), *repeat_lines(found)):
        console.print(Text.assemble((f"{label:<12}", "dim"), plain(value)))
    for name, rows in facts.items():
        console.print()
        console.print(Text(f"{name} ({len(rows)})", "bold"))
        for row in rows:
            print_row(name, row, console)


def print_failure(failure: Row, console: Console) -> None:
    """Why a file could not be read, and what to do."""
    console.rule(Text(plain(failure["source_path"]), "bold"))
    console.print(Text(f"could not be read: {failure['error_type']} ({failure['stage']})", "red"))
    console.print(Text(plain(failure["message"])))
    console.print(Text("All reasons and cures: docs/failures.md", "dim"))


def head_lines(d: Row) -> list[tuple[str, str]]:
    """What the head of the document says, in a few labelled lines; what it does not say is left out."""
    places = [d["commune_name"], d["district_name"], d["province_name"]]
    now = d["current_province_name"] if d["current_province_name"] != d["province_name"] else None
    period = "–".join(str(y) for y in dict.fromkeys((d["period_start"], d["period_end"])) if y)
    lines = [
        ("title", d["title"]),
        ("issuer", d["issuer"]),
        ("place", ", ".join(filter(None, places)) + (f" (now {now})" if now else "")),
        ("date", date_text(d)),
        ("signed", " ".join(filter(None, (d["signing_capacity"], d["signer_title"], d["signer_name"])))),
        ("period", period),
        ("topic", " · ".join(filter(None, (kind_text(d), d["topic"], d["programme"])))),
        ("file", f"{d['source_path']} ({d['media_type']}{pages_text(d)})"),
        ("doc_id", d["doc_id"]),
    ]
    return [(label, value) for label, value in lines if value]


def repeat_lines(found: Found) -> list[tuple[str, str]]:
    """Which document this one repeats, and which others repeat it."""
    lines = []
    if original := found.row["duplicate_of"]:
        lines.append(("repeats", named(found.repeats) if found.repeats else original))
    if others := found.repeated_by:
        more = f" and {len(others) - MOST_REPEATS} more" if len(others) > MOST_REPEATS else ""
        lines.append(("repeated by", ", ".join(map(named, others[:MOST_REPEATS])) + more))
    return lines


def named(document: Row) -> str:
    """Path and id."""
    return f"{document['source_path']} ({document['doc_id']})"


def kind_text(document: Row) -> str:
    """The kind of document; a draft is called one."""
    return f"{document['doc_type']} (draft)" if document["is_draft"] else str(document["doc_type"])


def date_text(document: Row) -> str:
    """The date of issue as far as the dateline states it."""
    if document["issued_date"]:
        return vietnamese_date(document["issued_date"])
    return "/".join(f"{n:02}" for n in (document["issued_month"], document["issued_year"]) if n)


def pages_text(document: Row) -> str:
    """`, 12 pages` or nothing."""
    return f", {counted(document['n_pages'], 'page')}" if document["n_pages"] else ""


def vietnamese_date(date: datetime.date) -> str:
    """Day, month, year: `05/01/2017`."""
    return date.strftime("%d/%m/%Y")


def print_row(name: str, row: Row, console: Console) -> None:
    """One fact: what it says, then where and in which words."""
    style = SEVERITY_STYLES.get(row.get("severity", ""), "")
    console.print(Text.assemble("  • ", (plain(summary(name, row)), style)), soft_wrap=False)
    if row["quote"] is None:
        return
    quote = "" if name == "sections" else f" “{shorten(row['quote'], QUOTE_WIDTH)}”"
    console.print(Text.assemble(("    " + place(row), "dim"), (quote, "italic")))


def place(row: Row) -> str:
    """`p. 3, 1204–1260, rule, 0.92`: page, characters, and for facts how it was found and how sure that is."""
    parts = [f"p. {row['page']}" if row.get("page") else "", f"{row['char_start']}–{row['char_end']}"]
    if row.get("method"):
        parts += [row["method"], f"{row['confidence']:.2f}"]
    return plain(", ".join(filter(None, parts)))


def summary(name: str, row: Row) -> str:
    """What a fact says, in one line."""
    if name == "sections":
        return f"{'  ' * (row['level'] - 1)}{row['label'] + ' ' if row['label'] else ''}{row['heading']}"
    if name == "findings":
        said = f"{row['severity']} {row['check']}: {row['message']}"
        if row["expected"] is None or row["actual"] is None:
            return said
        return f"{said} (states {number(row['expected'])}, makes {number(row['actual'])})"
    if name == "targets":
        return " · ".join((target_value(row), row["indicator_text"], *rest(row, TARGET_SHOWN)))
    if name == "funding":
        money = [amount(row["amount_vnd"], "vnd")] if row["amount_vnd"] is not None else []
        share = [amount(row["share_percent"], "percent")] if row["share_percent"] is not None else []
        return " · ".join((row["kind"], *money, *share, *rest(row, FUNDING_SHOWN)))
    return " · ".join(rest(row, frozenset()))


TARGET_SHOWN = frozenset(
    ("indicator_text", "direction", "comparator", "value_min", "value_max", "unit", "rate_period", "due_year_stated")
)
FUNDING_SHOWN = frozenset(("kind", "amount_vnd", "share_percent", "amount_text"))


def rest(row: Row, shown: frozenset[str]) -> list[str]:
    """The row's other values as `name value`, without nulls, provenance and ids."""
    left = {k: v for k, v in row.items() if v is not None and k not in shown | HIDDEN and not k.endswith("_id")}
    return [f"{k} {vietnamese_date(v) if isinstance(v, datetime.date) else cell(v)}" for k, v in left.items()]


def cell(value: Any) -> str:
    """A value in words."""
    return f"{value:g}" if isinstance(value, float) else str(value)
