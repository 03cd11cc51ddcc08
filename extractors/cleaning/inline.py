"""The step for documents whose line ends a scraper took away: blocks are found again by their markers.

`… như sau: I. MỤC ĐÍCH, YÊU CẦU 1. Mục đích - Nâng cao … . - Phấn đấu … . 2. Yêu cầu …` The space before a marker
becomes a line end where the evidence is good: the marker is next in its series, a sentence or heading ends before it, a
capital follows. Everything else stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from extractors.cleaning.letterhead import capitals_end, head_places
from extractors.cleaning.lines import Draft, Line, cut_all
from extractors.cleaning.starts import CLOSING, INLINE_MARKER, ends_sentence, last_word
from extractors.cleaning.words import WORDS, is_hyphenated_name
from extractors.cues import cues
from extractors.markers import ALPHABET, roman_value

CUES = cues("cleaning_cues.yaml")
LETTERHEAD_CUES = cues("letterhead_cues.yaml")
MIN_MARKERS = 4
MIN_LENGTH = 1200
MIN_BORDERS = 2
HEADING_CHARACTERS = 160
CANDIDATE = LETTERHEAD_CUES["block_opening"].compiled
LAST_PART = 0.6
"""Behind this share of the blocks the closing may stand, and a plan attached to a decision begins."""
ACTING = LETTERHEAD_CUES["acting_line"].compiled
SIGNER_POST = LETTERHEAD_CUES["signer_post"].compiled
SENTENCE_END = regex.compile(r"[.;:](?=\s|$)")
PREAMBLE_END = regex.compile(r"(?<=[.;]) (?=\p{Lu})")
LEGAL_BASIS = CUES["legal_basis_inside"].compiled


def break_inline_items(draft: Draft) -> None:
    """Give markers inside a long line lines of their own again (same characters, spaces become line ends)."""
    long = {i for i, line in enumerate(draft.lines) if needs_breaking(line) and not is_table_row(draft.lines, i)}
    if not long:
        return
    lines: list[Line] = []
    for i, line in enumerate(draft.lines):
        lines.extend(break_line(line) if i in long else [line])
    draft.lines = [line for line in lines if line.text.strip()]


def needs_breaking(line: Line) -> bool:
    """A line far too long for a paragraph, with several markers inside."""
    if len(line.text) < MIN_LENGTH:
        return False
    return sum(1 for _, _ in zip(range(MIN_MARKERS), INLINE_MARKER.finditer(line.text), strict=False)) >= MIN_MARKERS


def is_table_row(lines: list[Line], at: int) -> bool:
    """Whether a line is a row of a table, with lists in its cells: it has as many cells as the line before or behind
    it. Broken, its cells would be rows of their own."""
    borders = lines[at].text.count("|")
    beside = (lines[i].text.count("|") for i in (at - 1, at + 1) if 0 <= i < len(lines))
    return borders >= MIN_BORDERS and borders in beside


def break_line(line: Line) -> list[Line]:
    """One line into its blocks: first at markers, then each block at the end of its heading."""
    blocks = cut_all(line, marker_places(line.text))
    result: list[Line] = []
    for i, block in enumerate(blocks):
        places = preamble_places(block.text) if i == 0 else inner_places(block.text)
        if i > len(blocks) * LAST_PART:
            places += closing_places(block.text) + head_places(block.text)
        result.extend(cut_all(block, sorted(set(places))))
    return result


@dataclass(slots=True)
class Series:
    """The markers seen so far, by style, and where the present block began."""

    roman: int = 0
    number: tuple[int, ...] = ()
    letter: int = 0
    article: int = 0
    style: str = ""
    start: int = 0
    body: int = 0
    places: list[int] = field(default_factory=list)


def marker_places(text: str) -> list[int]:
    """The spaces before markers that open a block."""
    series = Series()
    at = 0
    while match := CANDIDATE.search(text, at):
        kind = match.lastgroup
        style = "number" if kind == "stop" else "letter" if kind == "close" else kind
        if ACCEPT[style](text, match, series):
            series.places.append(match.start())
            series.style, series.start, series.body = style, match.start() + 1, match.end()
            at = match.end() - 1
        else:
            at = match.start() + 1
    return series.places


def sentence_ends(text: str, at: int) -> bool:
    """A sentence ends before position `at`."""
    return ends_sentence(text[max(0, at - 4) : at])


def in_heading(text: str, at: int, series: Series) -> bool:
    """From the last marker to `at` stands a short text without a sentence end: a heading."""
    if not series.style or at - series.start > HEADING_CHARACTERS:
        return False
    return SENTENCE_END.search(text, series.body, at) is None


def accept_roman(text: str, match: regex.Match, series: Series) -> bool:
    """`II.` before a heading in capitals, next in its series or after a sentence."""
    value = roman_value(match["roman"])
    capitals = text[match.end() : match.end() + 2].isupper()
    next_one = value in (1, series.roman, series.roman + 1, series.roman + 2)
    ended = sentence_ends(text, match.start())
    if not ended and last_word(text[max(0, match.start() - 30) : match.start()]) in WORDS.number_words:
        return False
    if not ((capitals and (next_one or ended)) or (ended and next_one and value != 1)):
        return False
    series.roman, series.number, series.letter = value, (), 0
    return True


def accept_number(text: str, match: regex.Match, series: Series) -> bool:
    """`3.` or `2.1.` next in its series, before a capital, after a sentence or a heading."""
    parts = tuple(map(int, match["number"].split(".")))
    if 0 in parts or (len(parts) == 1 and not match["stop"]):
        return False
    after = text[match.end()]
    if after.isdigit() and not match["stop"]:
        return False
    at = match.start()
    ended = sentence_ends(text, at)
    if not ended and last_word(text[max(0, at - 30) : at]) in WORDS.number_words:
        return False
    if not follows(parts, series.number, ended or in_heading(text, at, series)):
        return False
    if after.isdigit() and not ended:
        return False
    series.number, series.letter = parts, 0
    return True


def follows(parts: tuple[int, ...], last: tuple[int, ...], free: bool) -> bool:
    """`parts` may come after `last`: the next number at its depth, or the first of a deeper one. Without a sentence
    end before it (`free`) nothing but the very next will do."""
    depth = len(parts)
    same = last[:depth]
    if len(same) == depth and parts[:-1] == same[:-1]:
        step = parts[-1] - same[-1]
        if step == 1 or (free and step in (0, 2)):
            return True
    if parts[-1] == 1:
        return free and (depth == 1 or not last or parts[:-1] == last[: depth - 1])
    return free and depth > 1 and parts[:-1] == last[: depth - 1]


def accept_article(text: str, match: regex.Match, series: Series) -> bool:
    """`Điều 2.` next in its series or after a sentence; not in a reference (`khoản 3 Điều 2.`)."""
    value = int(match["article"])
    if value != series.article + 1 and not (value == 1 and sentence_ends(text, match.start())):
        return False
    series.article, series.number, series.letter = value, (), 0
    return True


def accept_letter(text: str, match: regex.Match, series: Series) -> bool:
    """`b)` next in its series, unless a reference (`điểm b)`)."""
    at = match.start()
    value = ALPHABET.find(match["letter"]) + 1
    if not value or last_word(text[max(0, at - 30) : at]) in WORDS.reference_words:
        return False
    ended = sentence_ends(text, at)
    if value != series.letter + 1 and not (value == 1 and (ended or in_heading(text, at, series))):
        return False
    if match["close"] != ")" and not (ended or in_heading(text, at, series)):
        return False
    series.letter = value
    return True


def accept_bullet(text: str, match: regex.Match, series: Series) -> bool:
    """A dash after a sentence or heading; not inside a name, a range or a sum."""
    at = match.start()
    if match["bullet"] in "•●":
        return True
    if sentence_ends(text, at):
        return True
    before, after = text[max(series.start, at - 60) : at], text[match.end() : match.end() + 60]
    if not before or (before[-1].isdigit() and after[0].isdigit()) or is_hyphenated_name(before, after):
        return False
    if known_heading_ends(text, series.body, at) or WORDS.label.match(after):
        return True
    name = last_word(before)
    plain = name[:1].islower() or name.isdigit()
    opener = WORDS.opener.match(after) is not None
    if in_heading(text, at, series) and series.style != "bullet":
        return opener or (plain and match["bullet"] != "+" and item_follows(text, match.end()))
    return opener and plain and series.style == "bullet" and match["bullet"] == text[series.start]


def known_heading_ends(text: str, start: int, at: int) -> bool:
    """The block so far is nothing but a known short heading."""
    match = WORDS.known_heading.match(text, start)
    return match is not None and match.end() == at


def item_follows(text: str, at: int) -> bool:
    """What follows reads like a list item: several words and then a sentence end or colon before any other dash."""
    end = SENTENCE_END.search(text, at, at + 1500)
    return (
        end is not None and " - " not in text[at : min(end.start(), at + 60)] and text.count(" ", at, end.start()) >= 1
    )


def accept_word(text: str, match: regex.Match, series: Series) -> bool:
    """Divisions in capitals, recipients and signature always open a block."""
    series.number, series.letter = (), 0
    return True


ACCEPT = {
    "roman": accept_roman,
    "number": accept_number,
    "article": accept_article,
    "letter": accept_letter,
    "bullet": accept_bullet,
    "division": accept_word,
    "closing": accept_word,
}

MARKED_CAPITAL = regex.compile(r"[\p{Lu}--[A-ZĐ]]", regex.VERSION1)
MARKER = regex.compile(r"(?:[IVX]{1,6}\s?[./:)]|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)/]?|[a-zđ]\s?[.)/]|[-–+*•●])\s?")


def preamble_places(text: str) -> list[int]:
    """In the preamble every legal basis is a paragraph."""
    ends = [m.start() for m in PREAMBLE_END.finditer(text) if WORDS.preamble_opener.match(text, m.end())]
    return ends + [m.start() for m in LEGAL_BASIS.finditer(text)]


def closing_places(text: str) -> list[int]:
    """The sentence that closes the plan stands in no item."""
    return [m.start() for m in PREAMBLE_END.finditer(text) if WORDS.closing_opener.match(text, m.end())]


def inner_places(text: str) -> list[int]:
    """Inside a block: where its heading ends, and before labels (`Cơ quan thực hiện:`)."""
    places = set()
    marker = MARKER.match(text)
    body = marker.end() if marker else 0
    if (end := heading_end(text, body)) is not None:
        places.add(end)
    places.update(m.start() - 1 for m in WORDS.label.finditer(text, body + 1) if starts_label(text, m.start()))
    if ACTING.match(text):
        places.update(m.start() for m in SIGNER_POST.finditer(text, body))
        if (end := capitals_end(text, 0)) is not None:
            places.add(end)
    return sorted(p for p in places if p > 0 and text[p] == " ")


def heading_end(text: str, body: int) -> int | None:
    """The space behind the heading with which a block begins, where a paragraph follows it without a mark."""
    if text[body : body + 2].isupper() and text[0] not in "-–+*•●":
        return None if CLOSING.match(text) else heading_capitals_end(text, body)
    known = WORDS.known_heading.match(text, body)
    if known and text[known.end() + 1 : known.end() + 2].isupper():
        return known.end()
    if not body or text[0] in "-–+*•●":
        return None
    stop = SENTENCE_END.search(text, body, body + HEADING_CHARACTERS)
    limit = stop.start() if stop else min(len(text), body + HEADING_CHARACTERS)
    for match in WORDS.opener.finditer(text, body + 1, limit):
        if opens_paragraph(text, body, match):
            return match.start() - 1
    return None


def heading_capitals_end(text: str, body: int) -> int | None:
    """Where a heading in capitals ends; abbreviations alone (`UBND`, `HĐND`) are none."""
    end = capitals_end(text, body)
    if end is None:
        return None
    heading = text[body:end]
    return end if " " in heading and MARKED_CAPITAL.search(heading) else None


def opens_paragraph(text: str, body: int, match: regex.Match) -> bool:
    """A capitalised opener behind a heading's words, not inside a name, with ordinary words behind it."""
    at = match.start()
    if text[at - 1] != " " or text.count(" ", body, at) < 2:
        return False
    before = text[max(body, at - 30) : at - 1]
    word = before.rsplit(" ", 1)[-1]
    after = text[match.end() : match.end() + 2].lstrip()
    if word in WORDS.name_words or not ((word[:1].islower() and word[-1:].isalnum()) or word[-1:] == ")"):
        return False
    return not after or after[0].islower() or after[0] == ","


def starts_label(text: str, at: int) -> bool:
    """A label opens a line unless it stands behind a marker or conjunction."""
    if text[at - 1] != " ":
        return False
    word = text[max(0, at - 20) : at - 1].rsplit(" ", 1)[-1]
    return word != "và" and not word.endswith(",") and MARKER.fullmatch(word) is None
