#!/usr/bin/env python3
"""Whether the facts of a plan stay the same when the plan is written in another, equally usual way.

    python benchmarks/rewrite.py PLANS... [--only NAME ...] [--gold DIR] [--seed 1] [--jobs 2] [--examples 3]

PLANS are text files or folders of them. Each plan is read, its cleaned text (one paragraph a line) is written otherwise
by one rewriting at a time (`benchmarks/rewritings/`) and read again, and the values of all its facts are compared. A
table tells, the worst first, how many facts each rewriting changed, of the plans that it changes at all. With `--gold`
it also tells how many of gold's rows were found before and after; anchors are rewritten as the text is.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.rewritings import rewritings
from benchmarks.rewritings.facts import VALUES, Change, Difference, compare, held_against
from benchmarks.rewritings.model import Rewriting
from extractors.extract import Extraction, extract
from extractors.plan import Source
from pipeline.evaluate.gold import Gold, read_gold

WIDTH = 170


@dataclass
class Told:
    """What one rewriting did to the plans."""

    plans: int = 0
    lines: int = 0
    facts: int = 0
    wanted: int = 0
    found: int = 0
    found_again: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    tables: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, other: Told) -> None:
        self.plans += other.plans
        self.lines += other.lines
        self.facts += other.facts
        self.wanted += other.wanted
        self.found += other.found
        self.found_again += other.found_again
        self.kinds += other.kinds
        self.tables += other.tables
        self.examples += other.examples

    @property
    def share(self) -> float:
        """Facts in a hundred that are not as they were."""
        return 100 * self.kinds.total() / max(1, self.facts)


@cache
def read(text: str) -> Extraction:
    """A text's facts."""
    return extract(Source((text,)), "d0")


def rewritten(rewriting: Rewriting, text: str, seed: int, stem: str) -> str:
    """The text written otherwise; the same seed writes the same."""
    return rewriting.apply(text, random.Random(f"{seed}:{rewriting.name}:{stem}"))


def try_plan(path: Path, names: tuple[str, ...], seed: int, golds: Mapping[str, Gold]) -> dict[str, Told]:
    """All rewritings of one plan."""
    read.cache_clear()
    base = read(path.read_text("utf-8")).text
    found = {}
    gold = golds.get(path.stem)
    for name in names:
        rewriting = rewritings()[name]
        text = rewritten(rewriting, base, seed, path.stem)
        if text == base and name != "as-cleaned":
            continue
        before = read(path.read_text("utf-8")) if name == "as-cleaned" else read(base)
        after = read(text)
        found[name] = told = told_of(path, base, text, compare(before, after))
        if gold is not None:
            anchor = partial(rewritten, rewriting, seed=seed, stem=path.stem) if rewriting.local else str
            told.wanted, told.found = held_against(gold, before, str)
            told.found_again = held_against(gold, after, anchor)[1]
    return found


def told_of(path: Path, base: str, text: str, difference: Difference) -> Told:
    """What differs between the facts of the base and those of the rewritten text."""
    lines = sum((Counter(base.split("\n")) - Counter(text.split("\n"))).values())
    told = Told(1, lines, difference.facts)
    for change in difference.changes:
        told.kinds[change.kind] += 1
        told.tables[change.table.split(".")[0]] += 1
        told.examples.append(f"{path.stem}: {shown(change)}")
    return told


def shown(change: Change) -> str:
    """A change in one line."""
    if change.table.startswith("documents"):
        return f"{change.table}: {change.before!r} -> {change.after!r}"
    sides = [side for side in (change.before, change.after) if side is not None]
    quotes = " >> ".join(" ".join((side.quote or "").split())[:WIDTH] for side in sides)
    cells = (
        {c: tuple(str(getattr(s, c)) for s in sides) for c in change.columns} if change.columns else briefly(sides[0])
    )
    return f"{change.table} {change.kind} {cells} | {quotes}"


def briefly(row) -> str:
    """The main values of a row."""
    names = (*chain.from_iterable(VALUES.values()), "agency_text", "name")
    return " ".join(f"{n}={getattr(row, n)}" for n in dict.fromkeys(names) if getattr(row, n, None) is not None)


def plan_files(inputs: Iterable[Path]) -> Iterator[Path]:
    for path in inputs:
        yield from sorted(p for p in path.rglob("*") if p.suffix in (".txt", ".md")) if path.is_dir() else [path]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", type=Path, nargs="+")
    parser.add_argument("--only", nargs="+", default=[], help="names or groups of rewritings")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--examples", type=int, default=3)
    parser.add_argument("--json", type=Path, help="all figures and changes, for comparing two runs")
    arguments = parser.parse_args()
    known = rewritings()
    wanted = set(arguments.only)
    names = tuple(n for n, r in known.items() if not wanted or {n, r.group} & wanted)
    totals = {name: Told() for name in names}
    golds = {gold.stem: gold for gold in read_gold([arguments.gold])} if arguments.gold else {}
    one = partial(try_plan, names=names, seed=arguments.seed, golds=golds)
    with get_context("fork").Pool(arguments.jobs) as pool:
        for found in pool.imap_unordered(one, list(plan_files(arguments.plans))):
            for name, told in found.items():
                totals[name].add(told)
    report({n: t for n, t in totals.items() if t.plans}, arguments.examples)
    if arguments.json:
        arguments.json.write_text(json.dumps({n: vars(t) for n, t in totals.items()}, ensure_ascii=False, indent=1))
    return 0


def report(totals: dict[str, Told], examples: int) -> None:
    """The table and some examples, the worst first."""
    ranked = sorted(totals.items(), key=lambda item: -item[1].share)
    print(f"{'rewriting':<28}{'plans':>6}{'lines':>7}{'facts':>7}{'lost':>6}{'new':>6}{'other':>6}{'%':>7}  by table")
    for name, told in ranked:
        kinds = "".join(f"{told.kinds[k]:>6}" for k in ("lost", "new", "changed"))
        print(
            f"{name:<28}{told.plans:>6}{told.lines:>7}{told.facts:>7}{kinds}{told.share:>7.2f}"
            + (f"  gold {told.found} > {told.found_again} of {told.wanted}" if told.wanted else "")
            + f"  {dict(told.tables.most_common(4))}"
        )
    for name, told in ranked:
        if told.examples and examples:
            print(f"\n## {name}")
            print("\n".join(random.Random(name).sample(told.examples, min(examples, len(told.examples)))))


if __name__ == "__main__":
    sys.exit(main())
