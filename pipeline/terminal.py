"""Text on its way to a terminal: a document must not move the cursor, ring the bell or reverse the line."""

from __future__ import annotations

import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
UNPRINTABLE = frozenset({"Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp"})
"""Control, surrogate, format (with the bidirectional marks), private use, unassigned, line and paragraph separators."""


def plain(text: str) -> str:
    """The text on one line, NFC, every character printable: white space runs become one space, others that cannot be
    shown become the replacement character."""
    line = " ".join(text.split())
    if not line.isprintable():  # most lines are, and a report has many
        line = "".join(c if unicodedata.category(c) not in UNPRINTABLE else REPLACEMENT for c in line)
    return unicodedata.normalize("NFC", line)


def counted(count: int, noun: str) -> str:
    """`1 document`, `2 documents`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def shorten(text: str, limit: int) -> str:
    """The text plain and at most `limit` characters long."""
    text = plain(text)
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
