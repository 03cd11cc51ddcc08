"""Which codes of bodies stand for many: `rules/agency_circles.yaml`, held against the vocabulary of agencies."""

from __future__ import annotations

from functools import cache
from typing import Any

from extractors.rule_files import RuleFileError, load_yaml_rules, texts
from schemas.vocabulary import agencies

FILE = "agency_circles.yaml"
NAMES = ("groups", "of_several", "places", "beneficiaries", "of_the_committee")


@cache
def circles() -> dict[str, frozenset[str]]:
    """The codes of each circle by its name. Raises RuleFileError."""
    rules = load_yaml_rules(FILE, {"codes": known_codes})
    if odd := sorted(set(NAMES) ^ set(rules)):
        raise RuleFileError(f"{FILE}, rule {odd[0]!r}: unknown or missing; wanted are {', '.join(NAMES)}")
    return {name: rule["codes"] for name, rule in rules.items()}


def known_codes(value: Any) -> frozenset[str]:
    """A list of codes of bodies. Raises ValueError."""
    codes = texts(value)
    if unknown := [code for code in codes if code not in agencies()]:
        raise ValueError(f"{unknown[0]!r} is no code of agencies.csv")
    return frozenset(codes)
