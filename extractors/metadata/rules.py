"""The rule files of this package, loaded once and checked strictly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex

from extractors.rule_files import (
    RULES_DIR,
    RuleFileError,
    load_csv,
    load_yaml,
    load_yaml_rules,
    one_of,
    pattern,
    text,
    texts,
)
from schemas.filtered import Filtered
from schemas.folding import bare, fold, key
from schemas.records import DOC_TYPES, TOPICS

UNIT_LEVELS = ("commune", "district", "province")


@dataclass(frozen=True, slots=True)
class DocType:
    """A kind of document: headings by their letters without marks, abbreviations as written."""

    code: str
    headings: tuple[str, ...]
    abbreviations: tuple[str, ...]


@cache
def doc_types() -> tuple[DocType, ...]:
    """The kinds of documents, in file order."""
    rules = load_yaml_rules(
        "metadata_doc_types.yaml", {"type": one_of(*sorted(DOC_TYPES)), "headings": texts, "abbreviations": texts}
    )
    return tuple(DocType(r["type"], tuple(map(bare, r["headings"])), r["abbreviations"]) for r in rules.values())


@cache
def type_of_abbreviation(symbol: str) -> str | None:
    """`KH-UBND`, `KH` to `plan`. Case does not count: the programme's CTr is told from the directive's CT by its r."""
    first = regex.split(r"[-/]", fold(symbol))[0].strip()
    for kind in doc_types():
        if first in map(fold, kind.abbreviations):
            return kind.code
    return None


@cache
def type_of_heading(words: str) -> str | None:
    """`Kế hoạch`, `KẾ HOẠCH` to `plan`."""
    wanted = bare(" ".join(words.split()))
    return next((k.code for k in doc_types() if wanted in k.headings), None)


@dataclass(frozen=True, slots=True)
class Programme:
    """A national target programme."""

    name: str
    topic: str
    patterns: tuple[Filtered, ...]


def _patterns(value: object) -> tuple[Filtered, ...]:
    return tuple(pattern(item) for item in texts(value))


@cache
def programmes() -> tuple[Programme, ...]:
    """The national target programmes, in file order."""
    required = {"name": text, "topic": one_of(*sorted(TOPICS)), "patterns": _patterns}
    return tuple(Programme(**rule) for rule in load_yaml_rules("metadata_programmes.yaml", required).values())


@cache
def topic_terms() -> dict[str, tuple[tuple[str, int], ...]]:
    """Terms, folded, with their weights, by topic code. Raises RuleFileError."""
    topics = {}
    for code, terms in load_yaml("metadata_topics.yaml").items():
        where = f"metadata_topics.yaml, rule {code!r}"
        if code not in TOPICS:
            raise RuleFileError(f"{where}: none of {', '.join(sorted(TOPICS))}")
        if not isinstance(terms, dict) or not all(isinstance(w, int) and 0 < w < 10 for w in terms.values()):
            raise RuleFileError(f"{where}: a mapping from terms to weights from 1 to 9 is expected")
        topics[code] = tuple((" ".join(fold(str(term)).split()), weight) for term, weight in terms.items())
    return topics


@cache
def signer_titles() -> tuple[tuple[str, str], ...]:
    """Pairs of a form without marks and the normal title, longest form first."""
    rules = load_yaml_rules("metadata_signers.yaml", {"title": text, "forms": texts})
    pairs = [(form, rule["title"]) for rule in rules.values() for form in rule["forms"]]
    return tuple(sorted(pairs, key=lambda p: -len(p[0])))


@cache
def attribute_keys() -> dict[str, tuple[str, ...]]:
    """Keys of attribute tables, folded, by what they mean."""
    rules = load_yaml_rules("metadata_attributes.yaml", {"keys": texts})
    return {meaning: tuple(key(k) for k in rule["keys"]) for meaning, rule in rules.items()}


@cache
def unit_levels(folder: Path = RULES_DIR) -> dict[str, str]:
    """Level by the word for an administrative unit; a city counts as run by the centre until its name tells."""
    return {row["unit"]: row["level"] for row in _units(folder)}


@cache
def unit_words() -> dict[str, str]:
    """The word for a unit by its spelling without marks and by its abbreviation."""
    spelled = {bare(row["unit"]): row["unit"] for row in _units()}
    return spelled | {row["short"]: row["unit"] for row in _units() if row["short"]}


@cache
def _units(folder: Path = RULES_DIR) -> tuple[dict[str, str], ...]:
    rows = load_csv("metadata_units.csv", ("unit", "level", "short"), ("unit",), ("short",), folder)
    for row in rows:
        if row["level"] not in UNIT_LEVELS:
            raise RuleFileError(f"metadata_units.csv, unit {row['unit']!r}: level is none of {', '.join(UNIT_LEVELS)}")
    return tuple(rows)


@cache
def surnames() -> frozenset[str]:
    """Family names, folded."""
    return frozenset(fold(r["surname"]) for r in load_csv("metadata_surnames.csv", ("surname",), ("surname",)))


@cache
def bodies() -> tuple[str, ...]:
    """Spellings of issuing bodies other than committees, for letterheads in capitals."""
    return tuple(r["name"] for r in load_csv("metadata_bodies.csv", ("name",), ("name",)))


def attribute(attributes: dict[str, str], meaning: str) -> str | None:
    """The value that an attribute table states under any of the keys with that meaning."""
    by_key = {key(k).rstrip(": "): v.strip() for k, v in attributes.items()}
    return next((by_key[k] for k in attribute_keys()[meaning] if by_key.get(k)), None)
