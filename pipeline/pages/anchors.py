"""Names of pages and of the places in them: safe in any file system and any link, whatever an id looks like."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

SAFE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
DOCUMENTS = "van-ban"
"""The folder of the documents' pages."""


class Span(NamedTuple):
    """A place in a document's text: from `start` up to `end`."""

    start: int
    end: int

    @property
    def name(self) -> str:
        """What the place is called in its page."""
        return f"w{self.start}-{self.end}"

    @property
    def note(self) -> str:
        """What the list of facts that rest on the place is called."""
        return f"n{self.start}-{self.end}"


def safe(text: str) -> str:
    """The text itself where it can be part of a file name on any system, else a digest of it."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return text if SAFE.fullmatch(text) and not text.endswith(".") else f"_{digest}"


def document_page(doc_id: str) -> str:
    """The page of a document, as a link from the pages at the top."""
    return f"{DOCUMENTS}/{safe(doc_id)}.html"


def place_of(row: Mapping[str, Any], text: str) -> Span | None:
    """Where a row's quote stands; None where it has none, or where the words there are not the quote."""
    start, end = row["char_start"], row["char_end"]
    if start is None or end is None or not 0 <= start < end <= len(text) or text[start:end] != row["quote"]:
        return None
    return Span(start, end)
