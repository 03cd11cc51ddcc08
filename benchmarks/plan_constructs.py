#!/usr/bin/env python3
"""How well each construct of generated plans is read: what is missed or partly wrong, by the `note` of gold rows.

    python benchmarks/plan_constructs.py TABLES --gold GOLD [--below 1.0] [--examples 2]

A construct is named after its place in the phrase banks: `share.ge.3` is the third form of `share: ge:` in
`benchmarks/plans/banks/target_forms.yaml`. Rows of the tables that gold does not have are counted by their rule.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.evaluate.gold import read_gold
from pipeline.evaluate.judge import Judged, judge
from pipeline.evaluate.match import Matching


@dataclass
class Construct:
    """What became of the gold rows of one construct."""

    wanted: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    halves: list[str] = field(default_factory=list)

    @property
    def strict(self) -> float:
        return 1 - (len(self.missed) + len(self.halves)) / self.wanted


def by_construct(judged: list[Judged]) -> tuple[dict[tuple[str, str], Construct], dict[tuple[str, str], list[str]]]:
    """Constructs by table and note; spare rows by table and rule, each with the words it was read from."""
    constructs: dict[tuple[str, str], Construct] = defaultdict(Construct)
    spare: dict[tuple[str, str], list[str]] = defaultdict(list)
    for document in judged:
        for table, matching in document.tables.items():
            count(constructs, table, matching, document.stem)
            for given in matching.spare:
                words = f"{document.stem}: {given.cells['quote'][:150]!r}"
                spare[table, str(given.cells.get("method"))].append(words)
    return constructs, spare


def count(constructs: dict[tuple[str, str], Construct], table: str, matching: Matching, stem: str) -> None:
    """Add one table of one document."""
    for pair in matching.pairs:
        if pair.wanted.optional:
            continue
        construct = constructs[table, pair.wanted.cells.get("note", "")]
        construct.wanted += 1
        if pair.differing:
            construct.wrong.update(pair.differing)
            told = {name: (pair.wanted.cells[name], pair.given.cells.get(name)) for name in pair.differing}
            construct.halves.append(f"{stem}: {pair.wanted.label!r} {told}")
    for wanted in matching.missed:
        construct = constructs[table, wanted.cells.get("note", "")]
        construct.wanted += 1
        construct.missed.append(f"{stem}: {wanted.label!r}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--below", type=float, default=1.0, help="show constructs whose strict recall is below this")
    parser.add_argument("--examples", type=int, default=2)
    arguments = parser.parse_args()
    constructs, spare = by_construct(judge(arguments.tables, read_gold([arguments.gold])))
    print(f"{'table':<12} {'construct':<26} {'gold':>6} {'missed':>7} {'partly':>7} {'strict':>7}  wrong columns")
    for (table, note), found in sorted(constructs.items(), key=lambda item: (item[0][0], item[1].strict)):
        if found.strict >= arguments.below:
            continue
        columns = ", ".join(f"{name} {number}" for name, number in found.wrong.most_common())
        print(f"{table:<12} {note:<26} {found.wanted:>6} {len(found.missed):>7} {len(found.halves):>7}"
              f" {found.strict:>7.3f}  {columns}")  # fmt: skip
        for line in (found.missed + found.halves)[: arguments.examples]:
            print(f"    {line}")
    for (table, method), lines in sorted(spare.items(), key=lambda item: -len(item[1])):
        print(f"spare {table:<12} {method:<32} {len(lines):>5}")
        for line in lines[: arguments.examples]:
            print(f"    {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
