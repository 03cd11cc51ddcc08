"""What opens a block of a plan: chapter words, Roman and Arabic numbers, letters, bullets.

The forms are those of Nghị định 30/2020/NĐ-CP, Phụ lục I (phần, chương, mục, điều, khoản, điểm) and the custom of
plans, which have no điều but `I.`, `1.`, `1.1.`, `a)`, `-`, `+`. Only the form is read here; how blocks nest is worked
out in `outline`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from extractors.cues import cues
from schemas.filtered import Filtered, filtered

CUES = cues("zone_cues.yaml")
ALPHABET = "abcdđeghiklmnopqrstuvxy"  # the letters that điểm run through: Vietnamese, without f, j, w, z
BULLET_STYLES = frozenset({"dash", "plus", "star"})

DEFAULT_RANK = {
    "part": 0.0,
    "annex": 0.0,
    "chapter": 1.0,
    "upper": 2.0,
    "roman": 3.0,
    "item": 3.5,
    "untitled": 3.8,
    "article": 4.0,
    "project": 4.5,
    "counted": 4.6,
    "sub_project": 4.8,
    "arabic": 5.0,
    "decimal2": 5.2,
    "decimal3": 5.3,
    "decimal4": 5.4,
    "named": 5.6,
    "arabic_paren": 6.0,
    "letter": 7.0,
    "star": 7.5,
    "dash": 8.0,
    "plus": 9.0,
}
"""How far in a style stands when the document itself has not yet said so."""

BULLET_SIGNS = "•●▪·■□◆◇►➢➤❖✓✔⇒▶‣∙"
"""Signs before items beside dashes, plus signs and stars."""
DASHED = r"\s?[-–]\s*(?=\p{Lu}\p{L}*[\s,:(])"
"""Behind a number in the custom of the south (`1- Mục đích`), but not in a document's number (`22-NQ/TU`)."""

NO_ITEM = r"(?!\d{1,4}/(?:20\d\d/)?\p{Lu}[\p{Lu}\d]{0,9}-\p{Lu})"
"""The number of a document (`49/QCPH-UBND`), which a wrapped line may begin with, opens no item."""

TITLED = r"(?P<label>Ii{1,2}|Iv|Vi{1,3}|Ix|Xi{1,3})"
"""Roman numbers after software that gives each word of a heading one capital letter (`Iii. Nội dung`)."""

PATTERNS = [  # style, the characters it may open with (0: any digit), form
    ("part", "P", CUES["part_marker"]),
    ("chapter", "C", CUES["chapter_marker"]),
    ("item", "M", CUES["item_marker"]),
    ("article", "Đ", CUES["article_marker"]),
    ("annex", "P", CUES["annex_marker"]),
    (
        "roman",
        "IVX",
        filtered(
            rf"(?!V\s?/\s?[Vv]\b)(?P<label>[IVX]{{1,5}})\s*(?:/\.|[.)/:-])\s*(?=[\p{{L}}\"“(])|{TITLED}[.)]\s+(?=\p{{L}})"
        ),
    ),
    ("upper", "ABCDEFGHĐ", filtered(r"(?P<label>[A-HĐ])\s*(?:/\.|[.)/])\s+(?=\p{Lu})")),
    (
        "decimal",
        "0",
        filtered(r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,3})(?:\s*(?:/\.|[.)])\s*(?=\D)|\s+(?=[\p{Lu}\"“])|" + DASHED + ")"),
    ),
    (
        "arabic",
        "0",
        filtered(
            NO_ITEM
            + r"(?P<label>\d{1,2})(?:\s*(?:/\.|\./|[./])\s*(?=[^\s\d])|(?:/\.|[./])\s+(?=\d)"
            + r"|(?<!\d\d)-\s+(?=\d[\d.,]*\s?%)|"
            + DASHED
            + ")"
        ),
    ),
    ("arabic_paren", "(0", filtered(r"\(?(?P<label>\d{1,2})\s*\)\s*(?=\S)")),
    (
        "letter",
        "(abcdefghijklmnopqrstuvwxyzđ",
        filtered(
            r"\(?(?P<label>[a-zđ])\s*\)\s*(?=\S)|(?P<label>[a-hđ])(?:\s*\.\s+(?=\S)|\s*/\.?\s*(?=\p{Lu})|"
            + DASHED
            + ")"
        ),
    ),
    ("project", "D", CUES["project_marker"]),
    ("sub_project", "T", CUES["sub_project_marker"]),
    ("counted", "HNGM", CUES["counted_marker"]),
    ("plus", "-–—+", filtered(r"(?:[-–—]\s*)?\+\s*(?=\S)")),
    ("plus", "◦○", filtered(r"[◦○]\s*(?=\S)")),  # Word's bullets of the second level, which come as a letter, too
    ("plus", "o", filtered(r"o\s+(?=\p{Lu}\p{L})")),
    ("dash", f"-–—{BULLET_SIGNS}", filtered(rf"[-–—{BULLET_SIGNS}]\s*(?=\S)")),
    ("star", "*", filtered(r"\*{1,3}\s*(?=\S)")),
]

ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


class Marker(NamedTuple):
    """A marker found at the start of a line: its style, its label (None for bullets) and how long it is."""

    style: str
    label: str | None
    length: int


def roman_value(label: str) -> int:
    """The value of a Roman number of I, V and X: `XIV` is 14."""
    values = [ROMAN_DIGITS[c] for c in label]
    return sum(-v if any(v < later for later in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def label_value(style: str, label: str | None) -> int | None:
    """The place of a label in its series, from 1; None for bullets and for words."""
    if not label:
        return None
    last = label.split(".")[-1]
    if last.isdigit():
        return int(last)
    if style == "letter":
        return ALPHABET.find(last) + 1 or None
    if style == "upper":
        return ALPHABET.upper().find(last) + 1 or None
    if set(last) <= set(ROMAN_DIGITS):
        return roman_value(last)
    return None


@lru_cache(maxsize=1024)
def patterns_for(first: str) -> tuple[tuple[str, Filtered], ...]:
    """The markers that may open with a character."""
    key = "0" if first.isdecimal() else first
    return tuple((style, pattern) for style, openings, pattern in PATTERNS if key and key in openings)


def read_marker(line: str) -> Marker | None:
    """The marker that opens `line`, or None."""
    for style, pattern in patterns_for(line[:1]):
        match = pattern.match(line)
        if not match:
            continue
        label = match.groupdict().get("label") or None
        if style == "roman" and label:
            label = label.upper()
        if style == "decimal":
            style = f"decimal{min(4, label.count('.') + 1)}"
        return Marker(style, label, match.end())
    return None
