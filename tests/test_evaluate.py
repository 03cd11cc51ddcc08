"""Evaluation: when rows agree, how they are paired, what gold may hold, what the figures say; and that the totals are
those of the project's scorer where that is at hand.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from evaluate_rows import TEXT, judged_with, target, wanted_target
from pipeline_fakes import STEPS, THREE, folder_of
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.contract import to_arrow
from pipeline.evaluate.changes import changes
from pipeline.evaluate.gold import Gold, GoldError, checked_gold, read_gold
from pipeline.evaluate.judge import Judged, judge_document
from pipeline.evaluate.match import RULES, Given, Page, Wanted, match
from pipeline.evaluate.report import count_rules, evaluate
from pipeline.evaluate.scores import column_scores, headline, read_bounds, short_of, table_scores
from pipeline.evaluate.texts import squeezed
from pipeline.evaluate.trust import bin_of, calibration
from pipeline.exit_codes import ExitCode, NoTables, UsageError
from pipeline.run import run
from schemas.records import TABLES

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "score" / "score.py"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([], "one object"),
        ({"target": []}, "Did you mean `targets`?"),
        ({"targets": {}}, "list of rows"),
        ({"document": {"doc_numbr": "1"}}, "Did you mean `doc_number`?"),
        ({"document": {"issued_date": "5/1/2026"}}, "no date"),
        ({"document": {"topic": "poverty"}}, "none of the column's codes"),
        ({"document": {"issued_year": "2026"}}, "no number"),
        ({"targets": [{"anchor": "85% thôn", "value_min": 85}]}, "targets, row 1: lacks `value_max`"),
        ({"targets": [{"value_min": 1, "value_max": 1}]}, "lacks `anchor`"),
        ({"targets": [{"anchor": " ", "value_min": 1, "value_max": 1}]}, "anchor is empty"),
        ({"targets": [{"anchor": "a", "value_min": 1, "value_max": 1, "unitt": "km"}]}, "Did you mean `unit`?"),
        ({"citations": [{"number": 7}]}, "no text"),
        ({"assignments": [{"anchor": "Sở Y tế", "agency_code": None}]}, "needs its `agency_text`"),
        ({"assignments": [{"anchor": "Sở Y tế", "agency_code": "soyte"}]}, "none of the column's codes"),
        ({"findings": [{"check": "sum_mismatch", "optional": "yes"}]}, "true or false"),
    ],
)
def test_slips_in_gold_are_named(told, said):
    with pytest.raises(GoldError, match=r"plan\.json") as caught:
        checked_gold(told, Path("plan.json"))
    assert said in str(caught.value)


def test_gold_folders(tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        read_gold([tmp_path / "none"])
    with pytest.raises(UsageError, match="no gold file"):
        read_gold([tmp_path])
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    with pytest.raises(GoldError, match=r"a\.json"):
        read_gold([tmp_path])
    (tmp_path / "a.json").write_text('\ufeff{"document": {"topic": "health"}}', encoding="utf-8")
    assert read_gold([tmp_path])[0].document == {"topic": "health"}
    with pytest.raises(GoldError, match="same document"):
        read_gold([tmp_path, tmp_path])


def test_gold_of_the_samples_is_in_form():
    assert {gold.stem for gold in read_gold([ROOT / "tests" / "gold"])} == {
        path.stem for path in (ROOT / "tests" / "gold").glob("*.json")
    }


def test_the_example_of_the_documentation_is_in_form():
    page = (ROOT / "docs" / "gold.md").read_text("utf-8")
    example = json.loads(page.split("```json")[1].split("```")[0])
    assert checked_gold(example, Path("example.json")).tables["targets"]


@pytest.fixture
def judged():
    """One target right, one with a wrong unit, one missed, one too many."""
    rows = [
        target("85% thôn"),
        target("từ 40 ha rừng trở lên", comparator="ge", value_min=40.0, value_max=None, unit="km", confidence=0.6),
        target("Đến năm 2026", value_min=2026.0, value_max=2026.0, unit=None, confidence=0.6),
    ]
    wanted = [
        wanted_target("85% thôn"),
        wanted_target("từ 40 ha rừng", comparator="ge", value_min=40, value_max=None, unit="hectare"),
        wanted_target("tủ thuốc thôn", value_min=1, value_max=1, unit="item"),
    ]
    return [judged_with({"targets": rows}, {"targets": wanted}, {"topic": "health", "district_name": None})]


def test_scores_by_table(judged):
    score = table_scores(judged)["targets"]
    assert dataclasses.asdict(score.found) == {"hit": 2, "missed": 1, "spare": 1}
    assert dataclasses.asdict(score.strict) == {"hit": 1, "missed": 2, "spare": 2}
    assert score.found.precision == score.found.recall == score.found.f1 == pytest.approx(2 / 3)
    assert headline(judged)["documents"] == 0.5
    assert headline(judged)["funding"] == 1.0


def test_scores_by_column(judged):
    unit = column_scores("targets", judged)["unit"]
    assert dataclasses.asdict(unit.values) == {"hit": 1, "missed": 2, "spare": 1}
    assert (unit.rows, unit.right, unit.accuracy) == (2, 1, 0.5)
    value_max = column_scores("targets", judged)["value_max"]
    assert (value_max.values.support, value_max.rows, value_max.right) == (2, 2, 2)
    assert column_scores("documents", judged)["topic"].values.recall == 0.0


def test_calibration_leaves_open_rows_out(judged):
    bins = calibration(judged, ["targets", "findings"])["targets"]
    assert {edge: (trust.rows, trust.found, trust.strict) for edge, trust in bins.items()} == {
        0.6: (2, 1, 0),
        0.9: (1, 1, 1),
    }
    assert bins[0.6].mean_confidence == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("confidence", "edge"), [(0.0, 0.0), (0.49, 0.0), (0.5, 0.5), (0.8999999761581421, 0.9), (0.899, 0.8), (1.0, 0.9)]
)
def test_bins(confidence, edge):
    assert bin_of(confidence) == edge


def test_bounds():
    bounds = read_bounds(["targets=0.7", "targets.strict=0.2", "documents=1"])
    figures = {"targets": 2 / 3, "targets.strict": 0.5, "documents": 1.0}
    assert short_of(bounds, figures) == ["targets 0.667 < 0.7"]
    for wrong in ("target=0.7", "targets", "targets=x", "targets=1.5", "documents.strict=1", "targets=nan"):
        with pytest.raises(UsageError, match="is no bound"):
            read_bounds([wrong])


def test_gains_and_losses_row_by_row(judged):
    wanted = {"targets": [pair.wanted.cells for pair in judged[0].tables["targets"].pairs]}
    wanted["targets"] += [row.cells for row in judged[0].tables["targets"].missed]
    now = judged_with(
        {
            "targets": [
                target("từ 40 ha rừng trở lên", comparator="ge", value_min=40.0, value_max=None, unit="hectare"),
                target("tủ thuốc thôn", value_min=1.0, value_max=1.0, unit="km"),
            ]
        },
        wanted,
        {"topic": "health", "district_name": None},
    )
    found = {(c.what, c.before, c.after, c.gain) for c in changes(judged, [now])}
    assert found == {
        ("85% thôn", "right", "missed", False),
        ("từ 40 ha rừng", "wrong: unit", "right", True),
        ("tủ thuốc thôn", "missed", "wrong: unit", True),
        ("Đến năm 2026", "wrongly given", "not given", True),
    }
    assert changes(judged, judged) == []


def test_a_document_that_is_not_there_has_nothing_right():
    gold = Gold("gone", {"district_name": None}, {"targets": [Wanted(wanted_target("85% thôn"))]})
    missing: Judged = judge_document(gold, None, {})
    assert (missing.doc_id, missing.fields[0].right, len(missing.tables["targets"].missed)) == (None, False, 1)


@pytest.fixture
def measured(tmp_path):
    """Tables of three small plans, and gold for two of them and for one that is not there."""
    run(folder_of(tmp_path, THREE), tmp_path / "out", steps=STEPS)
    gold = tmp_path / "gold"
    gold.mkdir()
    documents = pq.read_table(tmp_path / "out" / "documents.parquet").to_pylist()
    for document in documents[:2]:
        told = {"document": {"doc_number": document["doc_number"]}, "targets": [], "findings": []}
        told["targets"] = [wanted_target("Giảm tỷ lệ hộ nghèo từ", value_min=3, value_max=None)]
        stem = Path(document["source_path"]).stem
        (gold / f"{stem}.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return tmp_path / "out", gold


def invoke(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_evaluate_command(measured):
    tables, gold = measured
    shown = invoke("evaluate", tables, "--gold", gold, "--misses", "--against", tables)
    assert shown.exit_code == 0, shown.output
    for words in ("targets.unit", "documents: 2 of 2", "Confidence", "0.9-1.0", "half", "Gains", "Losses"):
        assert words in shown.output
    told = json.loads(invoke("evaluate", tables, "--gold", gold, "--json", "--misses", "--against", tables).output)
    assert told["tables"]["targets"]["found"]["support"] == 2
    assert told["calibration"]["targets"][0]["bin"] == "0.9-1.0"
    assert (told["changes"], told["absent"], told["short"]) == ([], [], [])
    assert all(set(t["targets"]) == {"missed", "spare", "half"} for t in told["misses"].values())


def test_evaluate_shows_only_the_tables_asked_for(measured):
    tables, gold = measured
    told = json.loads(invoke("evaluate", tables, "--gold", gold, "--json", "--table", "targets").output)
    assert set(told["tables"]) == set(told["columns"]) == {"targets"}
    assert set(told["scores"]) == {"targets", "targets.strict"}
    assert "misses" not in told and "changes" not in told


def test_bounds_decide_on_the_exit_code(measured):
    tables, gold = measured
    assert invoke("evaluate", tables, "--gold", gold, "--min", "targets=0.9").exit_code in (0, 1)
    short = invoke("evaluate", tables, "--gold", gold, "--min", "targets.strict=1")
    assert (short.exit_code, "SHORT: targets.strict" in short.output) == (1, True)
    (gold / "gone.json").write_text('{"document": {"doc_type": "plan"}}', encoding="utf-8")
    assert invoke("evaluate", tables, "--gold", gold).exit_code == 0
    gone = invoke("evaluate", tables, "--gold", gold, "--min", "citations=0")
    assert (gone.exit_code, "gone is not among the documents" in gone.output) == (1, True)


def test_wrong_use_of_evaluate(measured, tmp_path):
    tables, gold = measured
    for words, code in (
        (["evaluate", tables, "--gold", tmp_path / "none"], ExitCode.USAGE),
        (["evaluate", tables, "--gold", gold, "--table", "target"], ExitCode.USAGE),
        (["evaluate", tables, "--gold", gold, "--min", "x=1"], ExitCode.USAGE),
        (["evaluate", gold, "--gold", gold], ExitCode.NO_TABLES),
        (["evaluate", tables, "--gold", gold, "--against", gold], ExitCode.NO_TABLES),
        (["rules", gold], ExitCode.NO_TABLES),
        (["rules", tables, "--table", "documents"], ExitCode.USAGE),
    ):
        assert invoke(*words).exit_code == code, words
    (gold / "broken.json").write_text('{"targets": [{}]}', encoding="utf-8")
    broken = invoke("evaluate", tables, "--gold", gold)
    assert (broken.exit_code, "broken.json: targets, row 1" in broken.stderr) == (ExitCode.GOLD_BROKEN, True)


def test_rules_command(measured):
    tables, gold = measured
    told = json.loads(invoke("rules", tables, tables, "--gold", gold, "--json", "--table", "targets").output)
    assert [(rule["table"], rule["method"], list(rule["fired"].values())) for rule in told] == [
        ("targets", "fake", [3])
    ]
    assert told[0]["judged"]["rows"] == 4
    shown = invoke("rules", tables)
    assert shown.exit_code == 0 and "fake" in shown.output
    with pytest.raises(NoTables):
        count_rules([gold], [], [])


def scorer_says(tables, gold):
    done = subprocess.run(
        [sys.executable, str(SCORER), str(tables), "--gold", str(gold), "--json"], capture_output=True, check=True
    )
    return json.loads(done.stdout)


def spoil(tables, folder):
    """A copy with errors of every kind: rows left out, given twice, misquoted, with a wrong column or value."""
    folder.mkdir()
    for name, table in TABLES.items():
        path = tables / f"{name}.parquet"
        if not path.exists():
            continue
        rows = [table.record(**row) for row in pq.read_table(path).to_pylist()]
        if name in RULES:
            rows = [spoiled for number, row in enumerate(rows) for spoiled in spoiled_row(name, row, number)]
        pq.write_table(to_arrow(table, rows), folder / f"{name}.parquet")
    return folder


def spoiled_row(name, row, number):
    """What becomes of the n-th row of a table."""
    if number % 7 == 3:
        return []
    if number % 7 == 5:
        return [row, row]
    if number % 7 == 1 and row.quote and len(row.quote) > 20:
        return [dataclasses.replace(row, quote=row.quote[:12].replace("0", "o") + row.quote[13:])]
    if number % 7 == 2:
        column = (*RULES[name].scored, "expected")[number % (len(RULES[name].scored) + 1)]
        neighbour = {"kind": {"total": "component", "due": "window"}, "role": {"lead": "responsible"}}
        value = getattr(row, column, None)
        changed = neighbour.get(column, {}).get(value, value) if isinstance(value, str) else None
        nullable = {c.name for c in TABLES[name].columns if c.nullable}
        if changed is not None or column in nullable:
            return [dataclasses.replace(row, **{column: changed})]
    return [row]


@pytest.mark.skipif(not SCORER.is_file(), reason="the project's scorer is not on this machine")
@pytest.mark.parametrize(
    ("source", "gold"),
    [
        (SHARED / "seeds", SHARED / "gold"),
        (SHARED / "variants" / "pdf", SHARED / "gold"),
        (ROOT / "data" / "raw", ROOT / "tests" / "gold"),
    ],
    ids=["seeds", "pdf", "samples"],
)
def test_totals_are_those_of_the_scorer(source, gold, tmp_path):
    run(source, tmp_path / "out")
    runs = [tmp_path / "out"]
    if source.name != "pdf":  # what the tables come from does not matter to what is made of them
        runs.append(spoil(tmp_path / "out", tmp_path / "spoiled"))
    for tables in runs:
        theirs, ours = scorer_says(tables, gold), evaluate(tables, gold)
        assert headline(ours.judged) == pytest.approx(theirs["scores"])
        totals = {
            name: {"hit": s.found.hit, "strict": s.strict.hit, "missed": s.found.missed, "spare": s.found.spare}
            for name, s in table_scores(ours.judged).items()
        }
        assert totals == theirs["totals"]
        assert ours.absent == theirs["absent"]


def test_places_count_letters_that_count():
    page = Page(squeezed(TEXT))
    wanted = Wanted({"anchor": "85% thôn"})
    start = page.text.index(wanted.anchor)
    assert page.near(wanted, Given({"quote": "x"}, start + len("85%thôn") + 10), 10)
    assert not page.near(wanted, Given({"quote": "x"}, start + len("85%thôn") + 11), 10)
    assert match("targets", [], [], page).pairs == []
