"""Read the tagged sentences: tags off, plain text and expected rows with offsets on. The form is told in README.md.

python tests/sentences/parse.py        # check all files and count
"""

from __future__ import annotations

import datetime
import html
import re
import shlex
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parents[1]))

from schemas.records import TABLES  # noqa: E402

TAGS = {
    "target": "targets",
    "funding": "funding",
    "assignment": "assignments",
    "deadline": "deadlines",
    "activity": "activities",
    "citation": "citations",
}
CONTEXT_KEYS = frozenset({"issued", "period", "zone", "heading", "level", "complete", "trap"})
ZONES = frozenset({"preamble", "body", "closing", "annex"})
LEVELS = frozenset({"province", "district", "commune"})
INTEGERS = frozenset({"due_year", "baseline_year", "amount_vnd", "year"})
NUMBERS = frozenset({"value_min", "value_max", "baseline_value", "share_percent", "quantity"})
DATES = frozenset({"start_date", "end_date", "date"})
BOOLEANS = frozenset({"due_year_stated"})
LOWER, UPPER = frozenset({"ge", "gt"}), frozenset({"le", "lt"})
TAG = re.compile(r"<(/?)([a-z]+)((?:\s+[a-z_]+=\"[^\"<>]*\")*)\s*>")
ATTRIBUTE = re.compile(r"([a-z_]+)=\"([^\"]*)\"")


class SentenceError(ValueError):
    """A file breaks the form; the message names file and line."""


@dataclass(frozen=True)
class Context:
    """What the document around the sentence says."""

    issued: datetime.date = datetime.date(2022, 1, 15)
    period: tuple[int, int] = (2021, 2025)
    zone: str = "body"
    heading: tuple[str, ...] = ()
    level: str = "province"


@dataclass(frozen=True)
class Row:
    """An expected row: its table, the tagged words and the columns that must agree (None: must be empty)."""

    table: str
    start: int
    end: int
    words: str
    expected: dict[str, object]
    optional: bool = False
    id: str | None = None
    parent: str | None = None


@dataclass(frozen=True)
class Case:
    """One case. `complete`: the tables in which no row but the expected ones may be found."""

    file: str
    line: int
    text: str
    context: Context
    rows: tuple[Row, ...]
    trap: bool
    complete: frozenset[str]
    comment: str = ""

    @property
    def name(self) -> str:
        return f"{self.file}:{self.line}"


def load_cases(folder: Path = HERE) -> list[Case]:
    """All cases of all files, in file and line order. Raises SentenceError."""
    return [case for path in sorted(folder.glob("*.txt")) for case in parse(path.read_text("utf-8"), path.name)]


def parse(text: str, file: str = "<text>") -> list[Case]:
    """The cases of one file."""
    cases: list[Case] = []
    defaults: dict[str, str] = {}
    for line, block in _blocks(text):
        own: dict[str, str] = {}
        comments, words, first = [], [], line
        for offset, row in enumerate(block):
            if row.startswith("#"):
                comments.append(row.lstrip("# "))
            elif row.startswith("@@"):
                defaults = _options(row[2:], f"{file}, line {line + offset}")
            elif row.startswith("@"):
                own.update(_options(row[1:], f"{file}, line {line + offset}"))
            else:
                first = first if words else line + offset
                words.append(row)
        if words:
            cases.append(_case(file, first, "\n".join(words), {**defaults, **own}, " ".join(comments)))
        elif own:
            raise SentenceError(f"{file}, line {line}: a context without a sentence")
    return cases


def _blocks(text: str):
    """Runs of lines without a blank one, with the number of their first line."""
    block: list[str] = []
    for number, row in enumerate(text.split("\n"), start=1):
        if row.strip():
            block.append(row.rstrip())
        elif block:
            yield number - len(block), block
            block = []
    if block:
        yield number - len(block) + 1, block


def _options(text: str, place: str) -> dict[str, str]:
    """`issued=2023 heading="II. MỤC TIÊU" trap` as a dict; a bare word is a key without value."""
    try:
        parts = shlex.split(text)
    except ValueError as error:
        raise SentenceError(f"{place}: {error}") from None
    options = {key: value for key, _, value in (part.partition("=") for part in parts)}
    if unknown := set(options) - CONTEXT_KEYS:
        raise SentenceError(f"{place}: unknown context {sorted(unknown)}; known are {sorted(CONTEXT_KEYS)}")
    return options


def _context(options: dict[str, str], place: str) -> Context:
    """The stated context over the defaults."""
    given: dict[str, object] = {}
    try:
        if "issued" in options:
            issued = options["issued"]
            given["issued"] = datetime.date.fromisoformat(issued if "-" in issued else f"{issued}-01-15")
        if "period" in options:
            first, _, last = options["period"].partition("-")
            given["period"] = (int(first), int(last or first))
    except ValueError as error:
        raise SentenceError(f"{place}: {error}") from None
    if "heading" in options:
        given["heading"] = tuple(part.strip() for part in options["heading"].split(" > "))
    for key, allowed in (("zone", ZONES), ("level", LEVELS)):
        if key in options:
            given[key] = options[key]
            if options[key] not in allowed:
                raise SentenceError(f"{place}: {key} {options[key]!r} is none of {sorted(allowed)}")
    return Context(**given)


def _tables(names: str, place: str) -> frozenset[str]:
    """`target,funding` as table names."""
    tags = [name.strip() for name in names.split(",") if name.strip()]
    if unknown := [tag for tag in tags if tag not in TAGS]:
        raise SentenceError(f"{place}: unknown table {unknown}; known are {sorted(TAGS)}")
    return frozenset(TAGS[tag] for tag in tags)


def _case(file: str, line: int, tagged: str, options: dict[str, str], comment: str) -> Case:
    place = f"{file}, line {line}"
    text, rows = untag(tagged, place)
    trap = "trap" in options
    if trap and rows:
        raise SentenceError(f"{place}: a trap has no tags")
    if not trap and not rows:
        raise SentenceError(f"{place}: no tags; begin with '@ trap' if nothing must be found")
    if trap:
        complete = _tables(options["trap"], place) or frozenset(TAGS.values())
    else:
        complete = _tables(options.get("complete", ""), place) | {row.table for row in rows}
    return Case(file, line, text, _context(options, place), tuple(rows), trap, complete, comment)


def untag(tagged: str, place: str = "<text>") -> tuple[str, list[Row]]:
    """Take the tags off: the plain text, and the rows in the order in which their tags open."""
    pieces: list[str] = []
    length = last = 0
    open_tags: list[tuple[str, int, dict[str, str], int]] = []
    rows: list[tuple[int, Row]] = []
    for match in TAG.finditer(tagged):
        piece = _plain(tagged[last : match.start()], place)
        pieces.append(piece)
        length, last = length + len(piece), match.end()
        closing, tag, attributes = match[1], match[2], dict(ATTRIBUTE.findall(match[3]))
        if tag not in TAGS:
            raise SentenceError(f"{place}: unknown tag <{tag}>; known are {sorted(TAGS)}")
        if not closing:
            open_tags.append((tag, length, attributes, match.start()))
            continue
        if not open_tags or open_tags[-1][0] != tag:
            raise SentenceError(f"{place}: </{tag}> closes nothing or crosses another tag")
        tag, start, attributes, order = open_tags.pop()
        words = "".join(pieces)[start:length]
        if not words.strip():
            raise SentenceError(f"{place}: <{tag}> holds no words")
        rows.append((order, _row(tag, start, words, attributes, place)))
    pieces.append(_plain(tagged[last:], place))
    if open_tags:
        raise SentenceError(f"{place}: <{open_tags[-1][0]}> is never closed")
    found = [row for _, row in sorted(rows, key=lambda item: item[0])]
    if missing := {row.parent for row in found if row.parent} - {row.id for row in found}:
        raise SentenceError(f"{place}: no tag has the id {sorted(missing)}")
    return "".join(pieces), found


def _plain(piece: str, place: str) -> str:
    if "<" in piece or ">" in piece:
        raise SentenceError(f"{place}: a broken tag in {piece!r}; write &lt; and &gt; for the signs themselves")
    return html.unescape(piece)


def _row(tag: str, start: int, words: str, attributes: dict[str, str], place: str) -> Row:
    table = TAGS[tag]
    optional = attributes.pop("optional", "") == "yes"
    own, parent = attributes.pop("id", None), attributes.pop("parent", None)
    expected: dict[str, object] = _value(attributes, place) if "value" in attributes else {}
    expected |= {key: _typed(key, value, place) for key, value in attributes.items() if key != "value"}
    columns = {column.name: column for column in TABLES[table].columns}
    for key, value in expected.items():
        if key not in columns:
            raise SentenceError(f"{place}: {table} has no column {key!r}")
        codes = columns[key].codes
        if codes and value is not None and value not in codes:
            raise SentenceError(f"{place}: {key} {value!r} is no code of the vocabulary")
    return Row(table, start, start + len(words), words, expected, optional, own, parent)


def _value(attributes: dict[str, str], place: str) -> dict[str, object]:
    """The short form `value`: the bounds that the comparator leaves."""
    low, _, high = attributes["value"].partition("..")
    comparator = attributes.get("comparator", "eq")
    if bool(high) != (comparator == "range"):
        raise SentenceError(f"{place}: comparator {comparator!r} with value {attributes['value']!r}")
    minimum, maximum = _typed("value_min", low, place), _typed("value_max", high or low, place)
    return {
        "value_min": None if comparator in UPPER else minimum,
        "value_max": None if comparator in LOWER else maximum,
    }


def _typed(key: str, value: str, place: str) -> object:
    """The attribute's value in the column's type."""
    if value == "null":
        return None
    try:
        if key in INTEGERS:
            return int(value)
        if key in NUMBERS:
            return float(value)
        if key in DATES:
            return datetime.date.fromisoformat(value)
        if key in BOOLEANS:
            return {"yes": True, "no": False}[value]
    except (ValueError, KeyError):
        raise SentenceError(f"{place}: {key} {value!r} cannot be read") from None
    return value


def main() -> None:
    cases = load_cases()
    files = Counter(case.file for case in cases)
    for file, count in files.items():
        print(f"{file:<45} {count:>4} cases, {sum(c.trap for c in cases if c.file == file):>3} traps")
    rows = Counter(row.table for case in cases for row in case.rows)
    print(f"{len(cases)} cases, {sum(case.trap for case in cases)} traps; rows: {dict(rows)}")


if __name__ == "__main__":
    main()
