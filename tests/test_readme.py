"""What the README claims: its commands exist, its Python blocks run on the tables of the sample plans."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from page_reading import every_link_leads_somewhere, page

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.S)


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A folder as a user has it after the first command: samples in data/raw, tables in data/processed."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "data").mkdir()
    (folder / "data" / "raw").symlink_to(ROOT / "data" / "raw")
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "run"], cwd=folder, capture_output=True, text=True, env=environment()
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


@pytest.mark.parametrize("block", BLOCKS, ids=[b.strip().split("\n")[0] for b in BLOCKS])
def test_python_blocks_run(project, block):
    done = subprocess.run([sys.executable, "-c", block], cwd=project, capture_output=True, text=True, env=environment())
    assert done.returncode == 0, done.stderr
    assert any(words in done.stdout for words in ("indicator_code", "Lạng Sơn"))


def test_the_comparison_shows_the_three_provinces(project):
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "compare", "--indicator", "poverty.rate"],
        cwd=project, capture_output=True, text=True, env={**environment(), "COLUMNS": "160"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for words in ("Lạng Sơn", "Thái Bình", "giảm ≥ 3 điểm %/năm", "giảm ≥ 1 điểm %/năm", "≈ 11 %"):
        assert words in done.stdout


def test_the_workbook_holds_every_target(project):
    import openpyxl
    import pandas as pd

    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "export", "so-lieu.xlsx"],
        cwd=project, capture_output=True, text=True, env=environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    targets = pd.read_parquet(project / "data" / "processed" / "targets.parquet")
    assert openpyxl.load_workbook(project / "so-lieu.xlsx")["Chỉ tiêu"].max_row == len(targets) + 1


def test_the_sample_provinces_have_their_facts(project):
    import pandas as pd

    documents = pd.read_parquet(project / "data" / "processed" / "documents.parquet")
    assert {"Hải Dương", "Lạng Sơn", "Thái Bình"} <= set(documents["province_name"])


def test_the_sample_rows_are_those_of_a_run(project):
    """The README's table of some sample plans: their number, province, and how many rows each has in some tables."""
    import pandas as pd

    head, *lines = re.search(r"```text\n( file  .*?)```", README, re.S)[1].strip().split("\n")
    columns = head.split()
    tables = project / "data" / "processed"
    documents = pd.read_parquet(tables / "documents.parquet").set_index("source_path")
    assert columns[:3] == ["file", "number", "province"] and len(columns) > 3 and len(lines) >= 3
    for line in lines:
        file, number, province, *counts = re.split(r"\s{2,}", line.strip())
        document = documents.loc[file]
        assert (document["doc_number"], document["province_name"]) == (number, province)
        for table, count in zip(columns[3:], counts, strict=True):
            rows = pd.read_parquet(tables / f"{table}.parquet", columns=["doc_id"])
            assert (rows["doc_id"] == document["doc_id"]).sum() == int(count), (file, table)


def test_every_command_of_the_readme_exists():
    named = set(re.findall(r"`kehoach (\w+)", README))
    shown = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "--help"], capture_output=True, text=True, env=environment()
    ).stdout
    assert named and all(re.search(rf"\b{name}\b", shown) for name in named)


def test_every_file_of_the_readme_exists():
    reading = (ROOT / "docs" / "reading.md").read_text("utf-8")
    for path in re.findall(r"`((?:schemas|extractors|tests|benchmarks|docs)/[\w/.-]*)`", README + reading):
        if "*" not in path:
            assert (ROOT / path).exists(), path


def test_every_page_of_the_docs_is_linked():
    linked = set(re.findall(r"\(docs/(\w+\.md)\)", README))
    assert linked == {path.name for path in (ROOT / "docs").glob("*.md")}


def test_the_comparison_of_the_readme_is_that_of_the_samples(project):
    """Each value that the README's block shows stands in what the command prints."""
    block = re.search(r"```text\n( Chỉ tiêu .*?)```", README, re.S)[1]
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "compare", "--indicator", "poverty.rate"],
        cwd=project, capture_output=True, text=True, env={**environment(), "COLUMNS": "200"},
    )  # fmt: skip
    for part in re.split(r"\s{2,}|\n", block.strip()):
        assert part in done.stdout, part


def test_the_number_that_is_shown_is_one_of_a_sample(project):
    number = re.search(r"`kehoach show (\S+)`", README)[1]
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "show", number], cwd=project, capture_output=True, env=environment()
    )
    assert done.returncode == 0


def test_every_script_of_the_benchmarks_is_told_of():
    told = set(re.findall(r"`(\w+\.py)`", (ROOT / "benchmarks" / "README.md").read_text("utf-8")))
    assert told == {path.name for path in (ROOT / "benchmarks").glob("*.py")}


def test_every_column_of_the_readme_exists(project):
    import pyarrow.parquet as pq

    sections = re.findall(r"^\*\*`(\w+)`\*\*: (.*?)(?=^\*\*`|\n\n`activities`)", README, re.M | re.S)
    assert [name for name, _ in sections] == ["documents", "targets", "funding", "assignments", "deadlines"]
    for table, words in sections:
        columns = pq.read_schema(project / "data" / "processed" / f"{table}.parquet").names
        named = set(re.findall(r"`(\w+)`", words)) - {"findings", "P3M"}
        assert named and named <= set(columns), (table, named - set(columns))


def test_the_report_has_the_pages_and_the_ways_that_are_told(project):
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "report"], cwd=project, capture_output=True, text=True, env=environment()
    )
    assert done.returncode == 0, done.stderr
    assert "`data/report/index.html`" in README and "`so-sanh.html`" in README
    assert every_link_leads_somewhere(project / "data" / "report") > 1000
    compared = page(project / "data" / "report" / "so-sanh.html")
    assert "Lạng Sơn" in compared.text and [e for e in compared.elements if e.tag == "rect"]
    for path in (project / "data" / "report").rglob("*.html"):
        assert not {e.tag for e in page(path).elements} & {"script", "link", "img"}


def test_as_many_plans_are_kept_apart_as_are_told():
    kept = len([*(ROOT / "tests" / "heldout" / "plans").iterdir()])
    apart = (ROOT / "tests" / "heldout" / "README.md").read_text("utf-8")
    assert re.findall(r"on (\d+) plans", README) == re.findall(r"(?m)^(\d+) plans", apart) == [str(kept)]
