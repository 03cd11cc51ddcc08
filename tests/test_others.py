"""`benchmarks/others.py`: every tool gets the same files, the fastest round counts, and a tool that fails is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import others

ROOT = Path(__file__).parent.parent
PLAN = ROOT / "data" / "raw" / "khau-ngan-nong-thon-moi-2021-2025.pdf"
ONE, TWO = Path("one.pdf"), Path("two.pdf")


def figures(name: str, rounds: list[tuple[float, float, float, float]], text: str = "Kế hoạch") -> others.Figures:
    """Rounds over two files: processor and clock of the first, then of the second."""
    of = others.Figures(name)
    for used, clock, used_of_two, clock_of_two in rounds:
        of.add(ONE, {"used": used, "clock": clock, "text": text})
        of.add(TWO, {"used": used_of_two, "clock": clock_of_two, "text": text})
    return of


def test_the_fastest_round_of_each_file_counts():
    of = figures("ours", [(4, 9, 1, 2), (2, 3, 2, 8)])
    assert (of.fastest(), of.first()) == ((3, 5), 5)


def test_errors_are_counted_where_the_text_is_known():
    of = figures("ours", [(1, 1, 1, 1)], "Kê hoạch")
    assert of.errors({ONE: "Kế hoạch"}) == (1, 8)
    assert of.errors({}) == (0, 0)


def test_others_are_held_against_ours():
    all_figures = [figures("ours", [(2, 2, 2, 2), (1, 2, 1, 2)]), figures("theirs", [(6, 12, 6, 12), (5, 12, 5, 12)])]
    ours, theirs = others.lines(all_figures, 20, {ONE: "Kế hoạch", TWO: "Kế hoạch x"})
    assert "10.00 pages/s (by the clock 5.00, in the first round 5.00)" in ours and "times" not in ours
    assert "2.00 pages/s" in theirs and "ours is 5.00 times as fast (6.00, 3.00)" in theirs
    assert ours.endswith("2 of 18 characters wrong, 11.11%")


def test_files_and_texts_belong_together_by_stem(tmp_path):
    for name in ("b.pdf", "a.pdf", "a.txt", "c.pdf.md"):
        (tmp_path / name).write_text(name, "utf-8")
    files = others.files_of([tmp_path, tmp_path / "b.pdf"])
    assert [path.name for path in files] == ["a.pdf", "b.pdf", "b.pdf"]
    assert others.known_texts(files, tmp_path) == {tmp_path / "a.pdf": "a.txt"}
    assert others.known_texts(files, None) == {}


def test_a_tool_that_does_not_start_is_told():
    with pytest.raises(SystemExit, match="ended with 1"):
        others.Running(others.Tool("nonsense", sys.executable), PLAN)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="a process cannot be held to a core here")
def test_the_script_measures_the_whole_pipeline_on_one_core(tmp_path):
    script = [sys.executable, ROOT / "benchmarks" / "others.py", PLAN, "--rounds", "1", "--scans", PLAN]
    done = subprocess.run(list(map(str, script)), capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    heads = [line for line in done.stdout.splitlines() if "1 files, 4 pages" in line]
    rates = [float(line.split("pages/s")[0].split()[-1]) for line in done.stdout.splitlines() if "pages/s" in line]
    assert len(heads) == 2 and len(rates) == 2 and min(rates) > 0
