"""The closed vocabularies (`vocab/*.csv`), loaded strictly: a duplicate, a gap or an unknown column is an error
that names the file and the line."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TypeVar

VOCAB_DIR = Path(__file__).parent / "vocab"


class VocabularyError(ValueError):
    """A vocabulary file breaks its form; the message names file, line and what to mend."""


@dataclass(frozen=True)
class Agency:
    """A body that plans give tasks to (cơ quan, đơn vị). `successor_code`: who holds its function since 2025."""

    code: str
    level: str
    name_vi: str
    name_en: str
    successor_code: str


@dataclass(frozen=True)
class Indicator:
    """What a target measures (chỉ tiêu), comparable between provinces."""

    code: str
    domain: str
    name_vi: str
    name_en: str
    usual_unit: str


@dataclass(frozen=True)
class FundingSource:
    """Where money comes from (nguồn vốn)."""

    code: str
    name_vi: str
    name_en: str


Entry = TypeVar("Entry")
LEVELS = frozenset({"central", "province", "district", "commune", "other"})


def load(name: str, entry: type[Entry], folder: Path = VOCAB_DIR) -> dict[str, Entry]:
    """Read `<folder>/<name>.csv` into entries by code, in file order. Raises VocabularyError."""
    path = folder / f"{name}.csv"
    wanted = [f.name for f in fields(entry)]
    entries: dict[str, Entry] = {}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != wanted:
            raise VocabularyError(f"{path.name}: columns are {reader.fieldnames}, expected {wanted}")
        for line, row in enumerate(reader, start=2):
            if None in row or None in row.values() or not all(v.strip() for v in row.values()):
                raise VocabularyError(f"{path.name}, line {line}: an empty or surplus cell in {row}")
            if row["code"] in entries:
                raise VocabularyError(f"{path.name}, line {line}: code {row['code']!r} stands twice")
            entries[row["code"]] = entry(**row)
    return entries


@cache
def agencies() -> dict[str, Agency]:
    """All agencies by code. Raises VocabularyError for an unknown level or successor."""
    entries = load("agencies", Agency)
    for agency in entries.values():
        if agency.level not in LEVELS:
            raise VocabularyError(f"agencies.csv: {agency.code}: level {agency.level!r} is none of {sorted(LEVELS)}")
        if agency.successor_code not in entries:
            raise VocabularyError(f"agencies.csv: {agency.code}: successor {agency.successor_code!r} is no code")
    return entries


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by code."""
    return load("indicators", Indicator)


@cache
def funding_sources() -> dict[str, FundingSource]:
    """All funding sources by code."""
    return load("funding_sources", FundingSource)
