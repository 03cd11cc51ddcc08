"""Whether rows are as trustworthy as they say: by confidence, and by the rule that made them.

Confidence is calibrated when among rows with a confidence near 0.9 about nine in ten are right. Rows that gold does
not judge (optional ones, repeated mentions) are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc

from pipeline.evaluate.judge import Judged
from pipeline.evaluate.match import Verdict
from pipeline.evaluate.scores import share
from pipeline.remote import Remote
from pipeline.writers import read_table
from schemas.records import FACT_TABLES

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Lower edges of the bins; the last bin reaches to 1."""
EXACT = 6
"""Decimals that a confidence has, which the tables hold as 32-bit float."""


@dataclass(slots=True)
class Trust:
    """Rows that gold judges: how many were right, and what they said of themselves."""

    rows: int = 0
    found: int = 0
    strict: int = 0
    told: float = 0.0

    def add(self, confidence: float, verdict: Verdict) -> None:
        """Count a row, unless gold leaves it open."""
        if verdict == Verdict.OPEN:
            return
        self.rows += 1
        self.found += verdict != Verdict.WRONG
        self.strict += verdict == Verdict.RIGHT
        self.told += confidence

    @property
    def mean_confidence(self) -> float | None:
        """What the rows say on the mean."""
        return self.told / self.rows if self.rows else None

    @property
    def found_share(self) -> float | None:
        """Share of rows that gold knows."""
        return share(self.found, self.rows) if self.rows else None

    @property
    def strict_share(self) -> float | None:
        """Share of rows that are right in every scored column."""
        return share(self.strict, self.rows) if self.rows else None


@dataclass(slots=True)
class RuleUse:
    """One rule (`method`): how often it fired in each run, and how its rows stand against gold."""

    table: str
    method: str
    fired: list[int]
    trust: Trust


def bin_of(confidence: float) -> float:
    """The lower edge of a confidence's bin."""
    return max(edge for edge in EDGES if round(confidence, EXACT) >= edge)


def calibration(judged: Sequence[Judged], names: Iterable[str]) -> dict[str, dict[float, Trust]]:
    """For each table with confidences, each bin that holds a row."""
    tables: dict[str, dict[float, Trust]] = {}
    for name in names:
        bins = {edge: Trust() for edge in EDGES}
        for confidence, _, verdict in judgements(judged, name):
            bins[bin_of(confidence)].add(confidence, verdict)
        tables[name] = {edge: trust for edge, trust in bins.items() if trust.rows}
    return {name: bins for name, bins in tables.items() if bins}


def judgements(judged: Iterable[Judged], table: str) -> Iterable[tuple[float, str, Verdict]]:
    """Confidence, rule and verdict of each row of a table that has them."""
    for document in judged:
        if table in document.tables:
            for given, verdict in document.tables[table].verdicts():
                if "confidence" in given.cells:
                    yield given.cells["confidence"], given.cells["method"], verdict


def rule_uses(folders: Sequence[Path | Remote], judged: Sequence[Judged], names: Sequence[str]) -> list[RuleUse]:
    """Every rule that fired, by table, the most used first. Raises NoTables."""
    uses: dict[tuple[str, str], RuleUse] = {}
    for place, folder in enumerate(folders):
        for name in names:
            for method, count in fired(folder, name).items():
                use = uses.setdefault((name, method), RuleUse(name, method, [0] * len(folders), Trust()))
                use.fired[place] = count
    for name in names:
        for confidence, method, verdict in judgements(judged, name):
            uses[name, method].trust.add(confidence, verdict)
    return sorted(uses.values(), key=lambda use: (names.index(use.table), -sum(use.fired), use.method))


def fired(folder: Path | Remote, table: str) -> Counter[str]:
    """How many rows of a table each rule made."""
    if table not in FACT_TABLES:
        return Counter()
    counts = pc.value_counts(read_table(folder, table, ["method"])["method"])
    return Counter({entry["values"]: entry["counts"] for entry in counts.to_pylist()})
