"""What stands right after a number: its unit (đơn vị tính) and what it is counted per (`/hộ`, `/người/tháng`)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from extractors.cues import cues
from extractors.values.patterns import GAP, SHAPES, any_of, compiled, line_start
from extractors.values.rules import other_nouns, period_codes, unit_forms
from schemas.filtered import Filtered

CUES = cues("value_cues.yaml", shapes=SHAPES)
_PERIODS = period_codes()
_PERIOD = rf"{CUES['period_opening'].pattern}(?:{'|'.join(_PERIODS)}){CUES['period_end'].pattern}"
_FOOT = CUES["rate_foot"].pattern
SEASON, CASE = "season", "item"
CASE_REACH = 120
"""So far before `/vụ` stands what it is a case of."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit at a place of the text."""

    start: int
    end: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Per:
    """`/người/tháng`: what a value holds for. `codes`: unit codes and periods in order."""

    start: int
    end: int
    codes: tuple[str, ...]
    text: str

    @property
    def unit(self) -> str | None:
        """The first thing counted (not a period), else the first period."""
        periods = set(_PERIODS.values())
        return next((c for c in self.codes if c not in periods), self.codes[0] if self.codes else None)

    @property
    def yearly(self) -> bool:
        """Whether the value holds per year."""
        return "year" in self.codes


@cache
def _unit_pattern() -> Filtered:
    return compiled(rf"{GAP}(?P<unit>{any_of(unit_forms())})(?![\p{{L}}\p{{M}}\p{{N}}²³])")


@cache
def _next_nouns() -> dict[str, Filtered]:
    """By unit the words behind it that make it the head of another noun: `con đường`, `tổ chức`, `đồng bào`."""
    return {unit: compiled(rf"{GAP}(?:{'|'.join(tails)})(?!\p{{L}})") for unit, tails in other_nouns().items()}


def normal(form: str) -> str:
    """A surface form as the rule file spells it (lower case, plain spaces and dashes)."""
    form = " ".join(form.lower().replace("\u00a0", " ").split())
    return form.replace("–", "-").replace("—", "-")


@cache
def _folded_forms() -> dict[str, str]:
    return {_fold(form): code for form, code in unit_forms().items()}


def _fold(form: str) -> str:
    """Tone placement folded away by sorting nothing but the marks' places: `hoá` and `hóa` give one key."""
    letters = unicodedata.normalize("NFD", form)
    tones = "".join(sorted(c for c in letters if c in "\u0300\u0301\u0303\u0309\u0323"))
    return "".join(c for c in letters if c not in "\u0300\u0301\u0303\u0309\u0323") + "|" + tones


def unit_code(form: str) -> str | None:
    """Code of a surface form, whatever its case and tone placement."""
    form = normal(form)
    return unit_forms().get(form) or _folded_forms().get(_fold(form))


def unit_at(text: str, at: int) -> Unit | None:
    """The unit that begins at `at` (after at most two spaces), the longest form first."""
    match = _unit_pattern().match(text, at)
    if match is None:
        return None
    form = normal(match["unit"])
    other = _next_nouns().get(form)
    if other is not None and other.match(text, match.end()):
        return None
    code = unit_code(form)
    return None if code is None else Unit(match.start("unit"), match.end(), code, match["unit"])


@cache
def _per_pattern() -> Filtered:
    other = r"\p{L}{1,12}(?:␣\p{L}{1,8})?(?=[/.,;:)\s=])"
    part = rf"(?:{_PERIOD}|{any_of(unit_forms())}(?![\p{{L}}\p{{N}}])|{other})"
    return compiled(rf"{GAP}(?:/{GAP}(?:{_FOOT}␣)?{part}){{1,4}}")


_EACH = CUES["each"]
_PART = compiled(rf"/{GAP}(?:{_FOOT}␣)?([^/]+)")
_PERIOD_WORD = compiled(rf"{CUES['period_once'].pattern}({'|'.join(_PERIODS)})\b")


def each_at(text: str, at: int) -> Per | None:
    """`10 triệu đồng một hộ`, `2 tỷ đồng mỗi năm`: a rate in words, as money has it."""
    match = _EACH.match(text, at)
    if match is None:
        return None
    what = match["what"].lower()
    code = _PERIODS.get(what) or unit_code(what)
    return Per(match.start(), match.end(), (code,), match.group().strip())


def per_at(text: str, at: int) -> Per | None:
    """The chain `/người/tháng` that begins at `at`."""
    if "/" not in text[at : at + 3]:
        return None
    match = _per_pattern().match(text, at)
    if match is None:
        return None
    codes = []
    for part in _PART.findall(match.group()):
        period = _PERIOD_WORD.match(part.strip())
        code = _PERIODS[period[1].lower()] if period else unit_code(part) or unit_code(part.split()[0])
        if code == SEASON and not codes and is_case(text, at, match.end()):
            code = CASE
        if code is not None:
            codes.append(code)
    return Per(match.start(), match.end(), tuple(codes), match.group().strip())


def is_case(text: str, at: int, end: int) -> bool:
    """Whether `/vụ` between `at` and `end` is of a case (vụ việc) and not of a season of crops (vụ mùa), by what stands
    behind it or, where nothing there speaks of crops, before it."""
    if CUES["case_behind"].match(text, end):
        return True
    line = line_start(text, at, CASE_REACH)
    return CUES["case_before"].search(text, line, at) is not None and CUES["crops"].search(text, line, at) is None
