"""The numbers and bullets that Word makes itself (`I.`, `1.`, `a)`, `-`): rebuilt from the numbering part.

They stand in no run of the document, so a reader that takes the runs alone loses the outline. A paragraph names a list
(`numId`) and a level (`ilvl`), by itself or through its style; the list gives the form of each level, and the numbers
follow from the paragraphs counted so far. Terms are those of ECMA-376, part 1, 17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from extractors.markers import ALPHABET
from pipeline.ingest.ooxml import W, attribute, child, children, integer, value
from pipeline.ingest.word_styles import Styles

LEVELS = 9
PLACEHOLDER = re.compile(r"%([1-9])")
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
         (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
VIETNAMESE_NUMBERS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
MAX_ROMAN, MAX_REPEATS = 3999, 5
KEPT_BULLETS = "-–—+*•●▪◦·"
"""Bullets that say something to the outline; every other sign and picture stands as `•`."""


@dataclass(slots=True)
class Level:
    """How one level of a list counts and looks."""

    start: int = 1
    format: str = "decimal"
    custom: str = ""
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class List:
    """A list: its levels (`abstractNum`), with what this use of them overrides."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives each paragraph its label; call `label` once a paragraph, in reading order."""

    def __init__(self, part: etree._Element | None, styles: Styles):
        """`part`: the root of numbering.xml, None where the document has none."""
        self.styles = styles
        self.lists = read_lists(part, styles) if part is not None else {}
        self.counts: dict[str, list[int | None]] = {}
        self.restarted: set[tuple[str, int]] = set()

    def label(self, paragraph: etree._Element) -> str:
        """The paragraph's number or bullet as Word shows it; "" where it has none."""
        found = self.place(paragraph)
        if found is None:
            return ""
        number, level = found
        return label_text(self.lists[number], level, self.count(number, level))

    def place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """List and level of a paragraph: its own, else its style's; `numId` 0 takes the style's list away."""
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle")) or self.styles.default_paragraph
        own = child(properties, "numPr")
        number, level = value(child(own, "numId")), integer(child(own, "ilvl"))
        if number is None:
            inherited = self.styles.list_of(style)
            if inherited is None:
                return None
            number, style_level, owner = inherited
            if level is None:
                level = self.linked_level(number, owner) if style_level is None else style_level
        if number == "0" or number not in self.lists:
            return None
        return number, min(max(level or 0, 0), LEVELS - 1)

    def linked_level(self, number: str, style: str) -> int:
        """The level that a list keeps for a style."""
        levels = self.lists[number].levels if number in self.lists else {}
        return next((i for i, level in levels.items() if level.style == style), 0)

    def count(self, number: str, level: int) -> list[int]:
        """Count one paragraph; the numbers of its level and those above. Lists of one `abstractNum` count on."""
        used = self.lists[number]
        counts = self.counts.setdefault(used.abstract, [None] * LEVELS)
        current = counts[level]
        if level in used.starts and (number, level) not in self.restarted:
            self.restarted.add((number, level))
            counts[level] = used.starts[level]
        else:
            counts[level] = start_of(used, level) if current is None else current + 1
        for deeper in range(level + 1, LEVELS):
            limit = used.levels[deeper].restart if deeper in used.levels else None
            if limit is None or level < limit:
                counts[deeper] = None
        return [start_of(used, i) if n is None else n for i, n in enumerate(counts[: level + 1])]


def read_lists(part: etree._Element, styles: Styles) -> dict[str, List]:
    """All lists of the numbering part by `numId`."""
    abstract = {attribute(e, "abstractNumId") or "": e for e in children(part, "abstractNum")}
    numbers = {attribute(e, "numId") or "": e for e in children(part, "num")}
    return {n: read_list(e, abstract, numbers, styles) for n, e in numbers.items()}


def read_list(element: etree._Element, abstract: dict, numbers: dict, styles: Styles) -> List:
    """One `num`: the levels of its `abstractNum`, and its overrides."""
    name = linked_abstract(value(child(element, "abstractNumId")) or "", abstract, numbers, styles)
    levels = read_levels(abstract.get(name))
    starts = {}
    for override in children(element, "lvlOverride"):
        index = integer(override, "ilvl") or 0
        levels.update(read_levels(override))
        if (start := integer(child(override, "startOverride"))) is not None:
            starts[index] = start
    return List(name, levels, starts)


def linked_abstract(name: str, abstract: dict, numbers: dict, styles: Styles) -> str:
    """Follow `numStyleLink`: an `abstractNum` without levels that names the list style which holds them."""
    for _ in range(len(abstract)):
        link = value(child(abstract.get(name), "numStyleLink"))
        owner = styles.list_of(link) if link else None
        target = value(child(numbers.get(owner[0]), "abstractNumId")) if owner else None
        if target is None or target == name:
            break
        name = target
    return name


def read_levels(element: etree._Element | None) -> dict[int, Level]:
    """The `lvl` elements of an `abstractNum` or `lvlOverride`."""
    levels = {}
    for found in children(element, "lvl"):
        if (index := integer(found, "ilvl")) is not None:
            levels[index] = read_level(found)
    return levels


def read_level(element: etree._Element) -> Level:
    """One `lvl`. Word 2010 and later write forms of their own (`custom`) beside a plain one for older readers."""
    form = next(element.iter(W + "numFmt"), None)
    start = integer(child(element, "start"))
    return Level(
        start=1 if start is None else start,
        format=value(form) or "decimal",
        custom=(attribute(form, "format") or "") if form is not None else "",
        text=value(child(element, "lvlText")) or "",
        restart=integer(child(element, "lvlRestart")),
        legal=child(element, "isLgl") is not None and value(child(element, "isLgl")) not in ("0", "false"),
        style=value(child(element, "pStyle")),
    )


def start_of(used: List, level: int) -> int:
    """The number at which a level begins."""
    return used.levels[level].start if level in used.levels else 1


def label_text(used: List, index: int, counts: list[int]) -> str:
    """The label that a level's pattern (`%1.%2.`) makes of the counts."""
    level = used.levels.get(index)
    if level is None:
        return ""
    if level.format == "bullet":
        return bullet(level.text)

    def number(match: re.Match) -> str:
        place = int(match.group(1)) - 1
        if place > index:
            return ""
        shown = used.levels.get(place, level)
        return format_number(counts[place], "decimal" if level.legal else shown.format, shown.custom)

    return PLACEHOLDER.sub(number, level.text).strip()


def bullet(text: str) -> str:
    """The sign of a bulleted level. Symbol fonts keep their signs in the private use area, at U+F000 + code."""
    sign = text.strip()[:1]
    if not sign:
        return ""
    if "\uf020" <= sign <= "\uf07e":
        sign = chr(ord(sign) - 0xF000)
    return sign if sign in KEPT_BULLETS else "•"


def format_number(number: int, form: str, custom: str = "") -> str:
    """A count in one of Word's number forms; forms that no Vietnamese document uses come as digits."""
    if form == "none":
        return ""
    if form in ("upperRoman", "lowerRoman"):
        return roman(number) if form == "upperRoman" else roman(number).lower()
    if form in ("upperLetter", "lowerLetter"):
        letters = letter(number, "abcdefghijklmnopqrstuvwxyz")
        return letters.upper() if form == "upperLetter" else letters
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "custom":
        return custom_number(number, custom)
    if form == "vietnameseCounting" and number < len(VIETNAMESE_NUMBERS):
        return VIETNAMESE_NUMBERS[number]
    return str(number)


def roman(number: int) -> str:
    """Roman digits; beyond their range plain ones."""
    if not 0 < number <= MAX_ROMAN:
        return str(number)
    parts = []
    for amount, digits in ROMAN:
        times, number = divmod(number, amount)
        parts.append(digits * times)
    return "".join(parts)


def letter(number: int, alphabet: str) -> str:
    """Letters as Word counts them: behind z comes aa, then bb."""
    repeats, place = divmod(number - 1, len(alphabet))
    if number < 1 or repeats >= MAX_REPEATS:
        return str(number)
    return alphabet[place] * (repeats + 1)


def custom_number(number: int, pattern: str) -> str:
    """A form given by example: `001, 002, …` or letters (`a, b, c, d, đ, …`)."""
    first = pattern.split(",")[0].strip()
    if first.isdigit():
        return str(number).zfill(len(first))
    listed = [part.strip() for part in pattern.split(",") if part.strip(" .…")]
    if 0 < number <= len(listed):
        return listed[number - 1]
    if first in ("a", "A") and "đ" in pattern.lower():
        letters = letter(number, ALPHABET)
        return letters if first == "a" else letters.upper()
    return str(number)
