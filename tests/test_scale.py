"""`benchmarks/scale.py`: facts multiplied in the store are documents of their own, and the script measures them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import scale
from pipeline.lookup import find_document
from pipeline.run import Options, run
from pipeline.show import facts_of
from pipeline.writers import read_rows, read_table
from schemas.records import FACT_TABLES, TABLES

ROOT = Path(__file__).parent.parent
COPIES = 7


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two plans, read, and seven copies of them as tables."""
    folder = tmp_path_factory.mktemp("scale")
    scale.read_plans(folder, 2)
    scale.multiply(folder, range(COPIES))
    result = run(folder / "corpus", folder / "tables", options=Options(jobs=0))
    assert all(outcome.kept for outcome in result.outcomes)
    return folder


def test_copies_are_documents_of_their_own(folder):
    documents = read_rows(folder / "tables", "documents")
    assert [d["source_path"] for d in documents] == [scale.path_of(number) for number in range(COPIES)]
    assert not any(d["duplicate_of"] for d in documents)
    for column in ("doc_id", "source_sha256", "doc_number"):
        assert len({d[column] for d in documents}) == COPIES
    assert len({(d["issuer"], d["issued_date"]) for d in documents}) > 2


def test_copies_have_the_rows_of_their_plans_under_ids_of_their_own(folder):
    for name in FACT_TABLES:
        rows = read_table(folder / "tables", name).num_rows
        counts = [len(plan.tables[name]) for plan in scale.all_read(folder / "read")]
        assert rows == sum(counts[number % 2] for number in range(COPIES))
        key = TABLES[name].key
        if key and name != "assignments":
            assert len(set(read_table(folder / "tables", name, [key])[key].to_pylist())) == rows


def test_facts_of_a_copy_belong_together(folder):
    document = find_document(folder / "tables", scale.path_of(3)).row
    facts = facts_of(folder / "tables", document["doc_id"])
    sections = {row["section_id"] for row in facts["sections"]}
    assert facts["targets"] and sections
    assert {row["parent_id"] for row in facts["sections"]} <= sections | {None}
    for rows in facts.values():
        assert {row["section_id"] for row in rows if "section_id" in row} <= sections | {None}


def test_the_script_measures_and_plots(tmp_path):
    words = ["--sizes", "3", "--plans", "1", "--only", "show", "--folder", tmp_path, "--plot", tmp_path / "plot.svg"]
    script = [sys.executable, ROOT / "benchmarks" / "scale.py", *words]
    done = subprocess.run(list(map(str, script)), capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.lstrip().startswith("3 ")]
    assert ["run: all tables made" in line for line in lines] == [True, False] and "show, one" in lines[1]
    assert all(float(line.split()[-1]) > 20 for line in lines)
    plot = (tmp_path / "plot.svg").read_text("utf-8")
    assert plot.count("<polyline") == 2 and "show, one document" in plot
    assert list(tmp_path.iterdir()) == [tmp_path / "plot.svg"]
