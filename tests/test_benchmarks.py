"""Each script of `benchmarks/` that no other test runs still runs, on next to nothing, and prints its figures.

Figures are not looked at: that they come is what a change of the code that they measure breaks.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import speed

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data" / "raw"

SCRIPTS = {
    "speed": ("--input {text} --copies 1 --distinct", r"end to end: 1 documents in .*(?s:.*)  extract_targets +\d"),
    "pdf": ("{pdf} --rounds 1", r"end to end +[\d.]+ pages/s"),
    "duplicates": ("{text} --documents 20", r"20 documents: "),
    "state": ("--documents 6 --new 2", r"nothing changed +0 shards"),
    "fuzz": ("--count 2 --jobs 1", r"no fault"),
    "typeset": ("{text} {out}", r""),
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("plans")
    for name, sample in (
        ("text", "dong-lach-chuyen-doi-so-2023.txt"),
        ("pdf", "khau-ngan-nong-thon-moi-2021-2025.pdf"),
    ):
        (base / name).mkdir()
        shutil.copy(SAMPLES / sample, base / name)
    return {"text": base / "text", "pdf": base / "pdf", "out": base / "out"}


def run_script(name: str, words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    script = [sys.executable, str(ROOT / "benchmarks" / f"{name}.py"), *words]
    return subprocess.run(script, capture_output=True, text=True, cwd=folder)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_script_prints_its_figures(name, folders, tmp_path):
    words, told = SCRIPTS[name]
    given = [word.format(**folders) for word in words.split()]
    done = run_script(name, given, tmp_path)
    assert done.returncode == 0, done.stderr
    assert re.search(told, done.stdout), done.stdout
    if name == "typeset":
        assert [path.name for path in (folders["out"] / "pdf").iterdir()] == ["dong-lach-chuyen-doi-so-2023.pdf"]


def test_a_folder_without_plans_is_told_of(tmp_path):
    done = run_script("typeset", [str(tmp_path), str(tmp_path / "out")], tmp_path)
    assert done.returncode == 2 and "no .txt files" in done.stderr


def test_every_stage_of_reading_is_timed():
    stages = speed.by_stage([SAMPLES / "dong-lach-chuyen-doi-so-2023.txt"], 1)
    assert set(stages) == {"read file", "outline", *speed.STAGES}
