"""Loads the rule files of the value grammar (`rules/units.csv`, `rules/comparators.yaml`), strictly: what is
unknown, doubled or empty is an error that names the file and the place."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

RULES = Path(__file__).resolve().parent.parent / "rules"
COMPARATORS = frozenset({"ge", "gt", "le", "lt", "approx"})
_FIELDS = {"id", "code", "place", "forms", "near"}


class RuleError(ValueError):
    """A rule file breaks its form; the message names the file, the rule and what to mend."""


@dataclass(frozen=True, slots=True)
class ComparatorRule:
    """Words that say how a value binds. `near`: only directly before the number."""

    id: str
    code: str
    place: str
    near: bool
    forms: tuple[str, ...]


@cache
def unit_forms(path: Path = RULES / "units.csv") -> dict[str, str]:
    """Unit code by surface form in lower case. Raises RuleError."""
    codes: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        # A form may hold commas (`xã, phường`): all after the first comma of a line is the cell of forms.
        if next(rows, None) != ["code", "forms"]:
            raise RuleError(f"{path.name}: the first line must be code,forms")
        for line, row in enumerate(rows, start=2):
            if len(row) < 2 or not row[0].strip():
                raise RuleError(f"{path.name}, line {line}: want code,form | form | …, got {row}")
            for form in ",".join(row[1:]).split("|"):
                form = " ".join(form.lower().split())
                if not form or form in codes:
                    raise RuleError(f"{path.name}, line {line}: {row[0]}: form {form!r} is empty or stands twice")
                codes[form] = row[0].strip()
    return codes


@cache
def comparator_rules(path: Path = RULES / "comparators.yaml") -> tuple[ComparatorRule, ...]:
    """All comparator rules in file order. Raises RuleError."""
    rules: list[ComparatorRule] = []
    seen: set[str] = set()
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
        name = entry.get("id", "?") if isinstance(entry, dict) else "?"
        if not isinstance(entry, dict) or set(entry) - _FIELDS or not {"id", "code", "place", "forms"} <= set(entry):
            raise RuleError(f"{path.name}: rule {name}: wants id, code, place, forms (and near), nothing else")
        if name in seen or entry["code"] not in COMPARATORS or entry["place"] not in ("before", "after"):
            raise RuleError(f"{path.name}: rule {name}: doubled id, unknown code or place")
        seen.add(name)
        rules.append(
            ComparatorRule(name, entry["code"], entry["place"], bool(entry.get("near")), tuple(entry["forms"]))
        )
    return tuple(rules)


@cache
def comparator_code(place: str, near: bool | None = None) -> dict[str, str]:
    """Code by form in lower case, of the rules for `place` (and nearness)."""
    return {
        " ".join(form.lower().split()): rule.code
        for rule in comparator_rules()
        if rule.place == place and (near is None or rule.near == near)
        for form in rule.forms
    }


