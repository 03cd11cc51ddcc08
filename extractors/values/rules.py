"""The rule files of the value grammar: units and the words around them, periods, scales of money, comparators."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.misread import spellings
from extractors.rule_files import RULES_DIR, RuleFileError, flag, load_csv, load_yaml_rules, one_of, texts

COMPARATORS = ("ge", "gt", "le", "lt", "approx")
TIMES = frozenset(("routines", "relatives", "points"))
LETTERS = ("Y", "Q", "M", "W", "D", "")


@dataclass(frozen=True, slots=True)
class ComparatorRule:
    """Words that say how a value binds. `near`: only directly before the number."""

    id: str
    code: str
    place: str
    near: bool
    forms: tuple[str, ...]


@cache
def unit_forms(folder: Path = RULES_DIR) -> dict[str, str]:
    """Unit code by surface form in lower case. Raises RuleFileError."""
    codes: dict[str, str] = {}
    for line, row in enumerate(load_csv("units.csv", ("code", "forms"), folder=folder), start=2):
        for form in row["forms"].split("|"):
            form = _plain(form)
            if not form or form in codes:
                raise RuleFileError(f"units.csv, line {line}: {row['code']}: form {form!r} is empty or stands twice")
            codes[form] = row["code"]
    return codes


@cache
def cell_forms(folder: Path = RULES_DIR) -> dict[str, str | None]:
    """Unit code by what a column of units says, of units that behind a number in running text mean something else or
    nothing (`Ngày`, `Hạng`); None for a measure that no code fits. Raises RuleFileError."""
    codes: dict[str, str | None] = {}
    rows = load_csv("table_units.csv", ("code", "forms"), optional=("code",), folder=folder)
    for line, row in enumerate(rows, start=2):
        for form in row["forms"].split("|"):
            form = _plain(form)
            if not form or form in codes or form in unit_forms():
                raise RuleFileError(f"table_units.csv, line {line}: form {form!r} is empty or stands twice")
            codes[form] = row["code"].strip() or None
    return codes


@cache
def other_nouns() -> dict[str, tuple[str, ...]]:
    """By unit the words behind it that make it the head of another noun."""
    rows = load_csv("unit_other_nouns.csv", ("unit", "next"), ("unit",))
    return {row["unit"]: tuple(_plain(word) for word in row["next"].split("|")) for row in rows}


@cache
def period_codes(folder: Path = RULES_DIR) -> dict[str, str]:
    """Code by the word for a period: `năm` is `year`."""
    return {row["word"]: row["period"] for row in _periods(folder)}


@cache
def period_letters() -> dict[str, str]:
    """Letter of ISO 8601 by the word for a period; `Q`, which it lacks, is three months."""
    return {row["word"]: row["letter"] for row in _periods(RULES_DIR) if row["letter"]}


def _periods(folder: Path) -> list[dict[str, str]]:
    rows = load_csv("period_words.csv", ("word", "period", "letter"), ("word",), ("letter",), folder)
    for row in rows:
        if row["letter"] not in LETTERS:
            raise RuleFileError(f"period_words.csv, word {row['word']!r}: letter is none of {', '.join(LETTERS[:-1])}")
    return rows


@cache
def words_near(times: str, folder: Path = RULES_DIR) -> tuple[str, ...]:
    """Words one of which each form of such times holds: `routines`, `relatives` or `points`. Raises RuleFileError."""
    lists = load_yaml_rules("time_words.yaml", {"words": texts}, folder=folder)
    if lists.keys() != TIMES:
        raise RuleFileError(f"time_words.yaml: the rules are {', '.join(lists)}, expected {', '.join(sorted(TIMES))}")
    return lists[times]["words"]


@cache
def money_scales(folder: Path = RULES_DIR) -> dict[str, int]:
    """How many đồng the scale of a unit stated once stands for. Raises RuleFileError."""
    rows = load_csv("money_scales.csv", ("form", "value"), ("form",), folder=folder)
    for row in rows:
        if not row["value"].isdigit():
            raise RuleFileError(f"money_scales.csv, form {row['form']!r}: {row['value']!r} is no number")
    return {row["form"]: int(row["value"]) for row in rows}


@cache
def comparator_rules(folder: Path = RULES_DIR) -> tuple[ComparatorRule, ...]:
    """All comparator rules in file order. Raises RuleFileError."""
    required = {"code": one_of(*COMPARATORS), "place": one_of("before", "after"), "forms": texts}
    rules = load_yaml_rules("comparators.yaml", required, {"near": flag}, folder)
    return tuple(ComparatorRule(name, **{"near": False} | rule) for name, rule in rules.items())


@cache
def comparator_code(place: str, near: bool | None = None) -> dict[str, str]:
    """Code by form in lower case, also as it may have been misread, of the rules for `place` (and nearness)."""
    return {
        spelled: rule.code
        for rule in comparator_rules()
        if rule.place == place and (near is None or rule.near == near)
        for form in rule.forms
        for spelled in spellings(_plain(form))
    }


def _plain(form: str) -> str:
    return " ".join(form.lower().split())
