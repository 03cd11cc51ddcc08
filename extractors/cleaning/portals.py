"""Steps on what law portals put over a document: attribute tables and lists of related documents."""

from __future__ import annotations

from itertools import groupby

import regex

from extractors.cleaning.characters import drop_empty
from extractors.cleaning.lines import Draft, Line
from extractors.cleaning.words import WORDS, any_of
from extractors.cues import cues

CUES = cues("cleaning_cues.yaml")
HEAD_LINES = 40
LIST_LINES = 300
BULLET = regex.compile(r"[-–•·*+]\s*")
STATE_LINES = cues("letterhead_cues.yaml")["state_lines"]
NUMBERED = regex.compile(r"[-–•·*+]\s*(?P<number>\d{1,3})[.)]?\s?(?=\p{Lu})")
KEYS = "|".join(regex.escape(key) for key in sorted(WORDS.attribute_keys, key=len, reverse=True))
WITH_COLON = regex.compile(rf"(?:(?<=^)|(?<=[\s,;|]))(?P<key>{KEYS})\s*:", regex.IGNORECASE)
NO_COLON = regex.compile(rf"(?P<key>{KEYS})\s+(?P<value>\S.*)", regex.IGNORECASE)
OPENS_DOCUMENT = CUES["document_opening"].compiled
DOCUMENTS = any_of((*map(str.capitalize, WORDS.document_words), *WORDS.law_words))
NAMES_DOCUMENT = regex.compile(rf"(?<!\p{{L}})(?:{DOCUMENTS})(?!\p{{L}})")
Pairs = list[tuple[str, str]]


def take_attributes(draft: Draft) -> None:
    """Law portals put a table over the document (`Số hiệu | 35/KH-UBND |`): it is metadata, not text.

    Saved pages give it with or without cell borders, colons and bullets, one pair or several a line. Without borders a
    run of such lines counts as a table only over the letterhead and where it holds two of the keys that every table
    has, so that a plan's own `Phạm vi: …` stays text.
    """
    rows = [(line, pairs) for line in draft.lines[:HEAD_LINES] if (pairs := bordered_pairs(line.text))]
    if sum(len(pairs) for _, pairs in rows) < 2:
        rows = []
    rows += [row for row in open_rows(over_letterhead(draft.lines)[:HEAD_LINES]) if row[0].text]
    for line, pairs in rows:
        for key, value in pairs:
            if value:
                draft.attributes.setdefault(key, value)
        line.text = ""
    drop_empty(draft)


def bordered_pairs(text: str) -> Pairs:
    """Keys and values of a row with cell borders: each key's cell and the next."""
    cells = [cell.strip() for cell in text.strip("| ").split("|")]
    if len(cells) % 2 or not all(cell.rstrip(":").strip().lower() in WORDS.attribute_keys for cell in cells[::2]):
        return []
    return [(k.rstrip(":").strip(), v) for k, v in zip(cells[::2], cells[1::2], strict=True)] if cells[1] else []


def open_rows(lines: list[Line]) -> list[tuple[Line, Pairs]]:
    """The rows of a table without borders: neighbouring lines that open with a key, two of them keys of every table."""
    found = []
    for is_row, group in groupby(((line, open_pairs(line.text)) for line in lines), key=lambda row: bool(row[1])):
        rows = list(group) if is_row else []
        keys = {key.lower() for _, pairs in rows for key, value in pairs if value}
        if len(rows) >= 2 and len(keys & WORDS.main_attribute_keys) >= 2:
            found += rows
    return found


def open_pairs(text: str) -> Pairs:
    """Keys and values of a line that opens with a key: each value goes up to the next key."""
    words = BULLET.sub("", text, count=1) if BULLET.match(text) else text
    keys = list(WITH_COLON.finditer(words))
    if keys and keys[0].start() == 0:
        ends = [match.start() for match in keys[1:]] + [len(words)]
        return [(m["key"], words[m.end() : end].strip(" ,;|")) for m, end in zip(keys, ends, strict=True)]
    match = NO_COLON.match(words)
    return [(match["key"], match["value"].strip())] if match and len(words) < 120 else []


def over_letterhead(lines: list[Line]) -> list[Line]:
    """The lines above the motto, which opens every official document; none where no motto stands."""
    end = next((i for i, line in enumerate(lines[:LIST_LINES]) if STATE_LINES.search(line.text)), 0)
    opens = next((i for i, line in enumerate(lines[:end]) if OPENS_DOCUMENT.match(line.text)), end)
    return lines[:opens]


def drop_related_documents(draft: Draft) -> None:
    """A portal lists the documents that a document is based on or replaces over it (`- 1Luật …`, `- 2 …`): these are
    the portal's words, with its own short names, and would be taken for a first chapter and for citations."""
    expected = 1
    for line in over_letterhead(draft.lines):
        match = NUMBERED.match(line.text)
        number = int(match["number"]) if match else None
        if number is not None and number in (1, expected) and NAMES_DOCUMENT.search(line.text):
            expected = number + 1
            line.text = ""
    drop_empty(draft)
