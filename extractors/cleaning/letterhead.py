"""The step that sets the parts of a letterhead on lines of their own.

`ỦY BAN NHÂN DÂN TỈNH … CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM … Số: … …, ngày … KẾ HOẠCH …` comes on
one line where columns were read across or a scraper lost the line ends.
"""

from __future__ import annotations

import regex

from extractors.cleaning.lines import Draft, Line, cut_all
from extractors.cleaning.starts import NUMBERED
from extractors.cleaning.words import WORDS, any_of
from extractors.cues import cues

LETTERHEAD_CUES = cues("letterhead_cues.yaml")
HEAD_LINES = 25
HEAD_CHARACTERS = 1500
PART = LETTERHEAD_CUES["part_of_line"].compiled
DATELINE = LETTERHEAD_CUES["dateline"].compiled
MOTTO_END = LETTERHEAD_CUES["end_of_motto"].compiled
KIND = regex.compile(rf" (?=(?:{any_of(WORDS.document_words)})(?: (?=\p{{Lu}})|$))")


def split_letterhead(draft: Draft) -> None:
    """Issuer, motto, number, dateline, kind of document and title each on a line."""
    result: list[Line] = []
    characters = 0
    for i, line in enumerate(draft.lines):
        if i >= HEAD_LINES or characters > HEAD_CHARACTERS or NUMBERED.match(line.text):
            result.extend(draft.lines[i:])
            break
        result.extend(cut_all(line, head_places(line.text)))
        characters += len(line.text)
    draft.lines = [line for line in result if line.text.strip()]


def head_places(text: str) -> list[int]:
    """Spaces of a head line at which a part of the letterhead ends."""
    head = text[:HEAD_CHARACTERS]
    places = {m.start() for m in PART.finditer(head)} if has_letterhead(head) else set()
    motto = MOTTO_END.search(head)
    dateline = DATELINE.search(head, motto.end() if motto else 0)
    if dateline and has_letterhead(head):
        if dateline.start():
            places.add(dateline.start() - 1)
        places.add(dateline.end())
        if kind := KIND.match(text, dateline.end()):
            places |= set(title_places(text, kind.end()))
    return sorted(p for p in places if text[p : p + 1] == " ")


def has_letterhead(head: str) -> bool:
    """The line holds more than one part of a letterhead."""
    return sum(sign in head for sign in WORDS.letterhead_signs) >= 2


def title_places(text: str, at: int) -> list[int]:
    """Behind the kind of document (`KẾ HOẠCH`), and behind the title in capitals where it ends."""
    places = []
    kind = regex.compile(rf"(?:{any_of(WORDS.document_words)})(?= )").match(text, at)
    if kind:
        places.append(kind.end())
        if (end := capitals_end(text, kind.end() + 1)) is not None:
            places.append(end)
    return places


TOKEN = regex.compile(r"\S+")
WORD = regex.compile(r"\p{L}+")
ROMAN = regex.compile(r"[IVX]{1,4}\.")


def capitals_end(text: str, start: int, limit: int = 600) -> int | None:
    """The space at which a run of words in capitals ends and ordinary words begin; None where it does not end so."""
    previous = None
    for token in TOKEN.finditer(text, start, start + limit):
        if previous and ROMAN.fullmatch(token.group()):
            return token.start() - 1
        word = WORD.search(token.group())
        if word is None or any(c.isdigit() or c == "/" for c in token.group()):
            previous = token
            continue
        if not word.group().isupper():
            if previous is None:
                return None
            abbreviation = previous.group()
            if word.group().islower() and abbreviation.isascii() and len(abbreviation) <= 6 and abbreviation.isalpha():
                return previous.start() - 1 if previous.start() > start else None
            return token.start() - 1
        previous = token
    return None
