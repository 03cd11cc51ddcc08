"""The rule files on agencies, loaded strictly, as terms to match and as the settings of the assembly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.language.terms import Term
from extractors.language.variants import spellings
from extractors.rule_files import RuleFileError, flag, load_csv, load_yaml_rules, one_of, text, texts
from schemas.folding import fold
from schemas.vocabulary import agencies

UNLISTED = "unlisted"
LEVEL_KEYS = ("province", "district", "commune", "all")
WORD_LISTS = frozenset(
    (
        "at_every_level",
        "offices_of_districts",
        "commune_offices",
        "conjunctions",
        "list_heads",
        "city_words",
        "codes_of_many",
        "concerned_openings",
        "titles",
        "plurals",
        "links",
        "concerned",
        "not_places",
        "blockers",
        "name_ends",
        "inner_phrases",
        "inner_commas",
        "one_of_fields",
        "name_tails",
        "no_names",
        "place_names",
        "gates",
        "numbered",
        "parts",
        "part_links",
        "branches",
        "branch_links",
        "works",
        "worked_out",
        "fields",
        "topic_words",
        "kinds",
        "kinds_by_trade",
        "kinds_by_work",
        "objects",
        "legal_forms",
        "trades",
        "trade_verbs",
        "verbs",
        "circle_tasks",
        "short_verbs",
        "field_verbs",
        "verb_objects",
        "after_names",
        "boundaries",
        "continued",
        "partner_openings",
        "provincial_units",
        "regions",
        "run_by_centre",
        "specialised",
    )
)
KINDS = ("proper", "weak", "small", "common", "plural")
"""How a name is written: `proper` with capitals, `weak` where it does not stand alone, `small` in any case behind words
that ask for a body, `common` with or without, `plural` as `common` and also of several (`các`)."""


@dataclass(frozen=True, slots=True)
class Family:
    """A body of several levels under one name: its code by level, and how the name must be written."""

    codes: dict[str, str]
    topic: bool = False
    any_case: bool = False
    small: bool = False
    needs_level: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A standing group of bodies, told by its unit words."""

    code: str
    level: str = ""
    alone: bool = False
    heads: bool = False
    absorbs: tuple[str, ...] = ()


def _code(value: object) -> str:
    if value != UNLISTED and value not in agencies():
        raise ValueError(f"{value!r} is no code of agencies.csv")
    return str(value)


def _codes(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not value:
        raise ValueError("a mapping from levels to codes is expected")
    for level in value:
        one_of(*LEVEL_KEYS)(level)
    return {level: _code(code) for level, code in value.items()}


@cache
def families() -> dict[str, Family]:
    """Families by name (`agency_families.yaml`)."""
    rules = _family_rules()
    return {name: Family(**{k: v for k, v in rule.items() if k != "heads"}) for name, rule in rules.items()}


@cache
def _family_rules() -> dict[str, dict]:
    optional = {"topic": flag, "any_case": flag, "small": flag, "needs_level": flag}
    return load_yaml_rules("agency_families.yaml", {"heads": texts, "codes": _codes}, optional)


@cache
def groups() -> dict[str, Group]:
    """Groups by name (`agency_groups.yaml`). Raises RuleFileError."""
    rules = _group_rules()
    for name, rule in rules.items():
        if unknown := [g for g in rule.get("absorbs", ()) if g not in rules]:
            raise RuleFileError(
                f"agency_groups.yaml, rule {name!r}, key 'absorbs': {unknown[0]!r} is no rule of this file"
            )
    return {name: Group(**{k: v for k, v in rule.items() if k != "units"}) for name, rule in rules.items()}


@cache
def _group_rules() -> dict[str, dict]:
    optional = {"level": one_of(*LEVEL_KEYS), "alone": flag, "heads": flag, "absorbs": texts}
    return load_yaml_rules("agency_groups.yaml", {"units": texts, "code": _code}, optional)


@cache
def words(name: str) -> frozenset[str]:
    """A word list of `agency_words.yaml`, folded."""
    return frozenset(fold(word) for word in _word_rules()[name]["words"])


@cache
def _word_rules() -> dict[str, dict]:
    rules = load_yaml_rules("agency_words.yaml", {"words": texts})
    if odd := sorted(rules.keys() ^ WORD_LISTS):
        raise RuleFileError(
            f"agency_words.yaml, rule {odd[0]!r}: unknown or missing; wanted are {', '.join(sorted(WORD_LISTS))}"
        )
    return rules


@cache
def bodies() -> dict[str, str]:
    """Code of the bodies known by their heads alone, by rule (`agency_bodies.yaml`)."""
    return {name: rule.get("code", UNLISTED) for name, rule in _body_rules().items()}


@cache
def circles() -> frozenset[str]:
    """The rules of `agency_bodies.yaml` for those who have no name, only a word for what they are."""
    return frozenset(name for name, rule in _body_rules().items() if rule.get("unnamed"))


@cache
def _body_rules() -> dict[str, dict]:
    return load_yaml_rules("agency_bodies.yaml", {"heads": texts}, {"code": _code, "unnamed": flag})


@cache
def terms() -> tuple[tuple[Term, str], ...]:
    """Every phrase that the assembly of agencies asks for."""
    return tuple(_terms())


def _terms() -> Iterator[tuple[Term, str]]:
    groups()
    yield from _names()
    for rules, group, key in (
        (_family_rules(), "family", "heads"),
        (_group_rules(), "unit", "units"),
        (_body_rules(), "body", "heads"),
    ):
        seen: dict[str, str] = {}
        for name, rule in rules.items():
            for phrase in rule[key]:
                if fold(phrase) in seen and group != "body":
                    raise RuleFileError(f"rule {name!r}: {phrase!r} stands in rule {seen[fold(phrase)]!r} already")
                seen[fold(phrase)] = name
                yield Term(group, name, name), phrase
    for name in ("titles", "concerned", "blockers"):
        for phrase in _word_rules()[name]["words"]:
            yield Term(name, name, name), phrase


def _names() -> Iterator[tuple[Term, str]]:
    rows = load_csv("agency_names.csv", ("code", "form", "kind"), unique=("form", "kind"))
    listed = {fold(row["form"]): row["code"] for row in rows}
    for line, row in enumerate(rows, start=2):
        code, form, kind = row["code"], row["form"], row["kind"]
        if kind not in KINDS or (code != UNLISTED and code not in agencies()):
            raise RuleFileError(f"agency_names.csv, line {line}: code {code!r} or kind {kind!r} is unknown")
        written = "common" if kind == "plural" else kind
        for spelling in forms_of(form, kind):
            if listed.get(fold(spelling), code) != code:
                continue  # another body's own name goes before a spelling made from this one
            yield Term("name", code, "name", written), text(spelling)
            head, _, bare = spelling.partition(" ")
            if fold(head) in words("list_heads") and len(bare) > 2:
                yield Term("bare", code, fold(head)), bare


def forms_of(form: str, kind: str) -> Sequence[str]:
    """The ways in which a name of this kind is written. One that names a rule of `agency_groups.yaml` in braces stands
    with each of its units, one or several (`ban quản lý {villages}`: `ban quản lý thôn`, `ban quản lý các ấp`)."""
    plural = _word_rules()["plurals"]["words"][0]
    head, brace, group = form.partition("{")
    if brace:
        return [f"{head}{many}{unit}" for unit in _units_of(group, form) for many in ("", f"{plural} ")]
    if kind == "plural":
        return (form, f"{plural} {form}")
    return spellings(form) if kind == "proper" else (form,)


def _units_of(group: str, form: str) -> Sequence[str]:
    """The units of the group that closes a form, with its brace."""
    rule = _group_rules().get(group.removesuffix("}"))
    if rule is None or not group.endswith("}"):
        raise RuleFileError(f"agency_names.csv: {form!r} names no rule of agency_groups.yaml at its end")
    return rule["units"]
