"""The figures of an evaluation put together, and as JSON for a script."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluate.changes import Change, changes
from pipeline.evaluate.gold import read_gold
from pipeline.evaluate.judge import Judged, judge
from pipeline.evaluate.match import RULES, Given, Wanted
from pipeline.evaluate.scores import (
    ColumnScore,
    TableScore,
    Tally,
    column_scores,
    fields_right,
    headline,
    read_bounds,
    short_of,
    table_score,
    table_scores,
)
from pipeline.evaluate.texts import stated
from pipeline.evaluate.trust import EDGES, RuleUse, Trust, calibration, rule_uses
from pipeline.exit_codes import UsageError
from pipeline.remote import Remote
from schemas.records import FACT_TABLES

SCORED_TABLES = ("documents", *RULES)
DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A run held against gold; `names` are the tables to show."""

    judged: list[Judged]
    names: tuple[str, ...]
    short: list[str]
    changes: list[Change] | None

    @property
    def absent(self) -> list[str]:
        """Gold files whose document is not among the tables."""
        return [document.stem for document in self.judged if document.doc_id is None]


def evaluate(
    tables: Path | Remote,
    gold: Path,
    against: Path | Remote | None = None,
    names: Sequence[str] = (),
    bounds: Sequence[str] = (),
) -> Evaluation:
    """Hold a run against gold, and against an earlier run. Raises UsageError, GoldError, NoTables.

    Bounds hold for all documents of the gold: one that is not among the tables makes every bound fall short.
    """
    wanted_bounds, shown = read_bounds(bounds), chosen_tables(names, SCORED_TABLES)
    golds = read_gold([gold])
    judged = judge(tables, golds)
    found = None
    if against is not None:
        found = [change for change in changes(judge(against, golds), judged) if change.table in shown]
    short = short_of(wanted_bounds, headline(judged))
    if wanted_bounds:
        short += [f"{document.stem} is not among the documents" for document in judged if document.doc_id is None]
    return Evaluation(judged, shown, short, found)


def count_rules(folders: Sequence[Path | Remote], golds: Sequence[Path], names: Sequence[str]) -> list[RuleUse]:
    """How often each rule fired in each run, and how its rows stand against gold. Raises as `evaluate`."""
    shown = chosen_tables(names, FACT_TABLES)
    judged = []
    if golds:
        read = read_gold(golds)
        judged = [d for folder in folders for d in judge(folder, read) if d.doc_id is not None]
    return rule_uses(folders, judged, shown)


def chosen_tables(names: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The tables asked for, or all. Raises UsageError."""
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise UsageError(f"no table {name!r} here.{hint} Tables: {', '.join(known)}.")
    return tuple(name for name in known if not names or name in names)


# --- as JSON


def as_json(evaluation: Evaluation, misses: bool) -> dict[str, Any]:
    """All figures for a script; `misses` adds every row that is missed, wrong or half right."""
    judged, names = evaluation.judged, evaluation.names
    tables = [name for name in names if name in RULES]
    scores = table_scores(judged)
    told: dict[str, Any] = {
        "scores": {n: rounded(v) for n, v in headline(judged).items() if n.split(".")[0] in names},
        "tables": {name: table_json(scores[name]) for name in tables},
        "columns": {n: {c: column_json(s) for c, s in column_scores(n, judged).items()} for n in names},
        "documents": {document.stem: document_json(document, names) for document in judged},
        "calibration": calibration_json(calibration(judged, tables)),
        "absent": evaluation.absent,
        "short": evaluation.short,
    }
    if misses:
        told["misses"] = {document.stem: misses_json(document, names) for document in judged}
    if evaluation.changes is not None:
        told["changes"] = [change_json(change) for change in evaluation.changes]
    return told


def rounded(value: float | None) -> float | None:
    """A share with as many decimals as are worth reading."""
    return None if value is None else round(value, DECIMALS)


def tally_json(tally: Tally) -> dict[str, Any]:
    """Counts and shares."""
    shares = {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
    counts = {"support": tally.support, "hit": tally.hit, "missed": tally.missed, "spare": tally.spare}
    return counts | {name: rounded(value) for name, value in shares.items()}


def table_json(score: TableScore) -> dict[str, Any]:
    """Found and strict."""
    return {"found": tally_json(score.found), "strict": tally_json(score.strict)}


def column_json(score: ColumnScore) -> dict[str, Any]:
    """Values stated, and how many of the rows found are right."""
    return tally_json(score.values) | {"rows": score.rows, "right": score.right, "accuracy": rounded(score.accuracy)}


def document_json(document: Judged, names: Sequence[str]) -> dict[str, Any]:
    """One document: its fields and its tables."""
    told: dict[str, Any] = {"doc_id": document.doc_id}
    if "documents" in names:
        right, fields = fields_right([document])
        told["fields"] = {"right": right, "of": fields}
    told["tables"] = {n: table_json(table_score([m])) for n, m in document.tables.items() if n in names}
    return told


def misses_json(document: Judged, names: Sequence[str]) -> dict[str, Any]:
    """What is not as gold says in one document."""
    told: dict[str, Any] = {}
    if "documents" in names:
        wrong = [field for field in document.fields if not field.right]
        told["documents"] = [{"field": f.name, "wanted": f.wanted, "given": f.given} for f in wrong]
    for name, matching in document.tables.items():
        if name in names:
            told[name] = {
                "missed": [dict(row.cells) for row in matching.missed],
                "spare": [spare_cells(row) for row in matching.spare],
                "half": [
                    {"row": pair.wanted.label, **differences(pair.differing, pair.wanted, pair.given)}
                    for pair in matching.counted
                    if pair.differing
                ],
            }
    return told


def spare_cells(row: Given) -> dict[str, Any]:
    """What a row too many says."""
    return {k: v for k, v in row.cells.items() if stated(v) and k not in ("doc_id", "char_start")}


def differences(columns: Sequence[str], wanted: Wanted, given: Given) -> dict[str, Any]:
    """For each column that is wrong, what gold says and what the table says."""
    return {c: {"wanted": wanted.cells[c], "given": given.cells[c]} for c in columns}


def calibration_json(tables: Mapping[str, Mapping[float, Trust]]) -> dict[str, list[dict[str, Any]]]:
    """For each table its bins."""
    return {n: [{"bin": bin_name(e), **trust_json(t)} for e, t in bins.items()] for n, bins in tables.items()}


def bin_name(edge: float) -> str:
    """`0.5-0.6`."""
    return f"{edge:.1f}-{dict(zip(EDGES, (*EDGES[1:], 1.0), strict=True))[edge]:.1f}"


def trust_json(trust: Trust) -> dict[str, Any]:
    """Judged rows and how many are right."""
    return {
        "rows": trust.rows,
        "found": trust.found,
        "strict": trust.strict,
        "mean_confidence": rounded(trust.mean_confidence),
        "found_share": rounded(trust.found_share),
        "strict_share": rounded(trust.strict_share),
    }


def change_json(change: Change) -> dict[str, Any]:
    """A gain or a loss."""
    head = {"kind": "gain" if change.gain else "loss", "document": change.stem, "table": change.table}
    return head | {"row": change.what, "before": change.before, "after": change.after}


def rules_json(uses: Sequence[RuleUse], folders: Sequence[Path | Remote]) -> list[dict[str, Any]]:
    """Every rule that fired."""
    return [
        {
            "table": use.table,
            "method": use.method,
            "fired": {str(folder): count for folder, count in zip(folders, use.fired, strict=True)},
            "judged": trust_json(use.trust) if use.trust.rows else None,
        }
        for use in uses
    ]
