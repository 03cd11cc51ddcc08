"""Rewritings of numbers, bullets and headings: the same outline in other styles."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from benchmarks.rewritings.model import Rewriting, of_text

ROMAN = re.compile(r"^([IVX]+)\. (?=\S)")
ARABIC = re.compile(r"^(\d{1,2})\. (?=\S)")
DECIMAL = re.compile(r"^((?:\d{1,2}\.)+\d{1,2})\.? (?=\S)")
LETTER = re.compile(r"^([a-zđ])\) (?=\S)")
UPPER = re.compile(r"(?m)^(?:[AB]\. |PHẦN |Phần )")
ORDINALS = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"]
NUMERALS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
LETTERS = "ABCDEFGHIK"
VALUES = {"I": 1, "V": 5, "X": 10}
HEAD_END = re.compile(r"^[IVX]+\. ")


def by_lines(change: Callable[[str], str], text: str) -> str:
    """The text with each line of the body changed: from the first Roman heading to the recipients."""
    lines, inside = text.split("\n"), False
    for i, line in enumerate(lines):
        inside = (inside or bool(HEAD_END.match(line))) and not line.startswith("Nơi nhận")
        if inside:
            lines[i] = change(line)
    return "\n".join(lines)


def value(roman: str) -> int:
    """The number that Roman numerals mean."""
    figures = [VALUES[letter] for letter in roman] + [0]
    return sum(-a if a < b else a for a, b in pairwise(figures))


def marked(pattern: re.Pattern[str], new: str) -> Callable[[str], str]:
    return partial(by_lines, partial(pattern.sub, new))


def roman_as(write: Callable[[int], str]) -> Callable[[str], str]:
    """Roman headings with other numbers; not where letters or parts stand over them."""

    def change(text: str) -> str:
        return (
            text
            if UPPER.search(text)
            else by_lines(partial(ROMAN.sub, lambda found: write(value(found.group(1)))), text)
        )

    return change


def nested(text: str) -> str:
    """`I.`, `1.`, `1.1.` as `1.`, `1.1.`, `1.1.1.`. Only where Roman headings carry the outline."""
    if UPPER.search(text):
        return text
    top = 0

    def renumber(line: str) -> str:
        nonlocal top
        if found := ROMAN.match(line):
            top = value(found.group(1))
            return f"{top}. " + line[found.end() :]
        if found := ARABIC.match(line) or DECIMAL.match(line):
            return f"{top}.{found.group(1)}. " + line[found.end() :]
        return line

    return by_lines(renumber, text)


def bullets(text: str, first: str, second: str) -> str:
    """Other signs before items: for `-` and for `+`."""
    signs = {"-": first, "+": second}
    return by_lines(lambda line: re.sub(r"^([-+]) ", lambda m: f"{signs[m.group(1)]} ", line), text)


def decimal_without_stop(text: str) -> str:
    return by_lines(lambda line: DECIMAL.sub(r"\1 ", line), text)


def headings(change: Callable[[str], str], pattern: re.Pattern[str]) -> Callable[[str], str]:
    """The words of short lines with such a number changed."""

    def one(line: str) -> str:
        found = pattern.match(line)
        return (
            found.group() + change(line[found.end() :])
            if found and len(line) < 90 and not line.endswith((".", ";"))
            else line
        )

    return partial(by_lines, one)


def sentence_case(words: str) -> str:
    """Capitals throughout as a sentence; names of agencies in it would lose their capitals, so those stay."""
    return words.capitalize() if words.isupper() and "UBND" not in words else words


def bold(text: str) -> str:
    """Headings in Markdown's bold."""
    return by_lines(
        lambda line: f"**{line}**" if ROMAN.match(line) or (ARABIC.match(line) and len(line) < 80) else line, text
    )


def hashes(text: str) -> str:
    """Headings as Markdown's."""

    def one(line: str) -> str:
        if ROMAN.match(line):
            return f"## {line}"
        return f"### {line}" if ARABIC.match(line) and len(line) < 80 and line[-1] not in ".;" else line

    return by_lines(one, text)


def outline(name: str, change: Callable[[str], str]) -> Rewriting:
    return of_text(name, "outline", change, local=False)


OUTLINES = (
    outline("roman-slash", marked(ROMAN, r"\1/ ")),
    outline("roman-hyphen", marked(ROMAN, r"\1- ")),
    outline("roman-dash", marked(ROMAN, r"\1 - ")),
    outline("roman-bracket", marked(ROMAN, r"\1) ")),
    outline("roman-as-letters", roman_as(lambda n: f"{LETTERS[n - 1]}. ")),
    outline("roman-as-parts", roman_as(lambda n: f"Phần {NUMERALS[n - 1]}. ")),
    outline("roman-as-parts-in-words", roman_as(lambda n: f"Phần thứ {ORDINALS[n - 1]}: ")),
    outline("roman-as-parts-capital", roman_as(lambda n: f"PHẦN {NUMERALS[n - 1]}\n")),
    outline("roman-as-arabic", nested),
    outline("arabic-slash", marked(ARABIC, r"\1/ ")),
    outline("arabic-bracket", marked(ARABIC, r"\1) ")),
    outline("arabic-hyphen", marked(ARABIC, r"\1- ")),
    outline("arabic-in-brackets", marked(ARABIC, r"(\1) ")),
    outline("decimal-without-stop", decimal_without_stop),
    outline("letter-stop", marked(LETTER, r"\1. ")),
    outline("letter-slash", marked(LETTER, r"\1/ ")),
    outline("letter-hyphen", marked(LETTER, r"\1- ")),
    outline("letter-in-brackets", marked(LETTER, r"(\1) ")),
    outline("bullets-plus", partial(bullets, first="+", second="-")),
    outline("bullets-dot", partial(bullets, first="•", second="◦")),
    outline("bullets-star", partial(bullets, first="*", second="+")),
    outline("bullets-en-dash", partial(bullets, first="–", second="+")),
    outline("bullets-symbol-font", partial(bullets, first="\uf02d", second="\uf02b")),
    outline("bullets-middle-dot", partial(bullets, first="·", second="o")),
    outline("bullets-square", partial(bullets, first="▪", second="✓")),
    outline("headings-capital", headings(str.upper, ROMAN)),
    outline("headings-small", headings(sentence_case, ROMAN)),
    outline("headings-title-case", headings(lambda w: w.title() if w.isupper() else w, ROMAN)),
    outline("second-headings-capital", headings(str.upper, ARABIC)),
    outline("headings-with-colon", headings(lambda w: w.rstrip(":") + ":", re.compile(r"^(?:[IVX]+|\d{1,2})\. "))),
    outline("headings-with-stop", headings(lambda w: w.rstrip(":.") + ".", re.compile(r"^[IVX]+\. "))),
    outline("headings-bold", bold),
    outline("headings-hashes", hashes),
)
