"""Plain text that is data or points at a document, and is none itself: told from its content, never from its name.

Read as documents such files would fill the tables with rows that hold nothing, so the user is told what to give
instead.
"""

from __future__ import annotations

import csv
import json
import re

HEAD_LETTERS = 50_000
"""What is looked at of a long text."""
FEWEST_ROWS, FEWEST_FIELDS = 5, 3
SEPARATORS = ",;"
"""Not the tab: annexes of plans are pasted so, and are read."""
PROSE = 0.1
"""Share of separators with a blank behind them from which a comma is one of a sentence."""
SHORTCUT = re.compile(r"\ufeff?\s*\[InternetShortcut\]\s*$", re.MULTILINE)
MAIL_HEADERS = re.compile(r"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.ASCII)
MAIL_SIGNS = (re.compile(r"^MIME-Version:", re.M | re.I), re.compile(r"^(?:From|Received|Message-ID):", re.M | re.I))


def data_kind(text: str) -> str | None:
    """`json`, `csv`, `shortcut` or `mail`; None for a text that may be a document."""
    head = text[:HEAD_LETTERS].lstrip("\ufeff")
    if SHORTCUT.match(head):
        return "shortcut"
    if is_json(text, head):
        return "json"
    if is_mail(head):
        return "mail"
    return "csv" if any(is_csv(head, separator) for separator in SEPARATORS) else None


def is_json(text: str, head: str) -> bool:
    """Whether the whole text is one JSON value, or each of its first lines is."""
    if not head.lstrip().startswith(("{", "[")):
        return False
    lines = [line for line in head.splitlines() if line.strip()][:FEWEST_ROWS]
    return holds_json(text.lstrip("\ufeff")) or (len(lines) > 1 and all(map(holds_json, lines)))


def holds_json(text: str) -> bool:
    """Whether a text is an object or a list of JSON."""
    try:
        return isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):
        return False


def is_mail(head: str) -> bool:
    """Whether a text begins with the headers of a mail, or of a web page saved as one file (MHTML)."""
    headers = MAIL_HEADERS.match(head.replace("\r\n", "\n"))
    return bool(headers) and all(sign.search(headers[0]) for sign in MAIL_SIGNS)


def is_csv(head: str, separator: str) -> bool:
    """Whether every line has the same number of values, as no document is written."""
    first = head.split("\n", 1)[0]
    if first.count(separator) < FEWEST_FIELDS - 1:  # the usual case, told at once
        return False
    whole = head if len(head) < HEAD_LETTERS else head.rpartition("\n")[0]
    if whole.count(separator + " ") > PROSE * whole.count(separator):
        return False
    try:
        rows = [row for row in csv.reader(whole.splitlines(keepends=True), delimiter=separator) if row]
    except csv.Error:
        return False
    return len(rows) >= FEWEST_ROWS and len({len(row) for row in rows}) == 1 and len(rows[0]) >= FEWEST_FIELDS
