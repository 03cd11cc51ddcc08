"""Evaluation: when rows agree, how they are paired, what gold may hold, what the figures say; and that the totals are
those of the project's scorer where that is at hand."""

from __future__ import annotations

import dataclasses
import datetime
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pipeline_fakes import STEPS, THREE, folder_of
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.contract import to_arrow
from pipeline.evaluate.changes import changes
from pipeline.evaluate.gold import Gold, GoldError, checked_gold, read_gold
from pipeline.evaluate.judge import Judged, judge_document
from pipeline.evaluate.match import RULES, Given, Page, Verdict, Wanted, match, pair_up
from pipeline.evaluate.report import count_rules, evaluate
from pipeline.evaluate.scores import column_scores, headline, read_bounds, short_of, table_scores
from pipeline.evaluate.texts import document_number, holds, same, similar, squeezed
from pipeline.evaluate.trust import bin_of, calibration
from pipeline.exit_codes import ExitCode, NoTables, UsageError
from pipeline.run import run
from schemas.records import TABLES

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "score" / "score.py"

TEXT = """I. Mục tiêu
Đến năm 2026, 85% thôn có nhà văn hóa.
Mỗi năm trồng mới từ 40 ha rừng trở lên.
II. Tổ chức thực hiện
1. Sở Y tế chủ trì, phối hợp với Sở Tài chính hướng dẫn mua sắm tủ thuốc thôn.
Sở Y tế báo cáo trước ngày 15/12/2026."""


def row_at(words, **cells):
    """A row of a table whose quote is the given words of TEXT."""
    start = TEXT.index(words)
    return {"doc_id": "d", "quote": words, "char_start": start, "method": "rule", "confidence": 0.9, **cells}


def target(words, **cells):
    usual = {"indicator_code": None, "direction": "reach", "comparator": "eq", "value_min": 85.0, "value_max": 85.0,
             "unit": "percent", "rate_period": None, "due_year": 2026}  # fmt: skip
    return row_at(words, **usual | cells)


def wanted_target(anchor, **cells):
    usual = {"anchor": anchor, "indicator_code": None, "direction": "reach", "comparator": "eq", "value_min": 85,
             "value_max": 85, "unit": "percent", "rate_period": None, "scope": None, "due_year": 2026}  # fmt: skip
    return usual | cells


def assignment(words, code, **cells):
    return row_at(words, **{"agency_code": code, "agency_text": words, "role": "lead", "component": None} | cells)


def judged_with(given_rows, wanted_rows, document=None, stem="plan"):
    gold = Gold(stem, document or {}, {t: [Wanted(row) for row in rows] for t, rows in wanted_rows.items()})
    told = {"doc_id": "d", "text": TEXT} | {name: None for name in (document or {})}
    return judge_document(gold, told, {table: {"d": given_rows.get(table, [])} for table in RULES})


def matched(table, given_rows, wanted_rows):
    return judged_with({table: given_rows}, {table: wanted_rows}).tables[table]


# --- words and values


@pytest.mark.parametrize(
    ("quote", "anchor", "held"),
    [
        ("Đến năm 2026, 85% thôn có nhà văn hóa", "85%  THÔN có *nhà văn hoá*", True),
        ("giảm 3% - 4%", "giảm 3% – 4%", True),
        ("85% thôn", "85% thôn có nhà", True),
        ("85%", "85% thôn có nhà văn hóa", False),
        ("trồng mới từ 4O ha rừng trở lên", "mới từ 40 ha rừng trở lên", True),
        ("4O ha rừng", "40 ha rừng", False),
        ("Đến năm 2026", "trước ngày 15/12/2026", False),
        ("", "85%", False),
        ("85%", "", False),
    ],
)
def test_quote_holds_anchor(quote, anchor, held):
    assert holds(squeezed(quote), squeezed(anchor)) is held


@pytest.mark.parametrize(
    ("wanted", "found", "agree"),
    [
        (3, 3.0, True),
        (3, 3.1, False),
        (2_400_000_000, 2_400_000_000, True),
        ("2026-12-15", datetime.date(2026, 12, 15), True),
        ("2026-12-15", datetime.date(2026, 12, 16), False),
        (None, None, True),
        (None, "", True),
        (None, 0, False),
        (3, "ba", False),
        ("xã Hoà An", "xã Hòa An", True),
        ("project", "model", False),
    ],
)
def test_cells_agree(wanted, found, agree):
    assert same(wanted, found) is agree


def test_names_and_numbers():
    assert similar("Sở Y tế", "Sở Y tế tỉnh", 0.8) and similar("Ban Dân vận", "Ban dân vân", 0.8)
    assert not similar("Sở Y tế", "Ngân hàng Chính sách", 0.8) and not similar(None, "Sở Y tế", 0.8)
    assert document_number("01722/QĐ-TTg") == document_number("1722/qđ-ttg") != document_number("1722/QĐ-UBND")


# --- pairing


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), unique=True))
@settings(max_examples=200, deadline=None)
def test_pairs_are_one_to_one_and_as_many_as_can_be(ranked):
    partner = pair_up(ranked, 7)
    assert len(set(partner.values())) == len(partner)
    assert set(partner.items()) <= set(ranked)
    assert len(partner) == most_pairs(ranked, 0, frozenset())


def most_pairs(ranked, i, taken):
    """The size of the largest pairing, by trying all."""
    if i == 7:
        return 0
    without = most_pairs(ranked, i + 1, taken)
    return max([without, *(1 + most_pairs(ranked, i + 1, taken | {j}) for a, j in ranked if a == i and j not in taken)])


def test_the_partner_that_agrees_more_is_taken():
    rows = [target("85% thôn", unit="item"), target("85% thôn", unit="percent")]
    matching = matched("targets", rows, [wanted_target("85% thôn")])
    assert [pair.given.cells["unit"] for pair in matching.pairs] == ["percent"]
    assert [row.cells["unit"] for row in matching.spare] == ["item"]


def test_optional_rows_are_neither_missed_nor_wrong_and_choose_last():
    both = [wanted_target("85% thôn", optional=True), wanted_target("85% thôn có nhà")]
    matching = matched("targets", [target("85% thôn có nhà văn hóa")], both)
    assert (len(matching.counted), matching.missed, matching.spare) == (1, [], [])
    alone = matched("targets", [target("85% thôn")], both[:1])
    assert (alone.counted, alone.missed, alone.spare) == ([], [], [])
    assert [verdict for _, verdict in alone.verdicts()] == [Verdict.OPEN]


def test_what_gold_leaves_out_of_a_row_is_not_held_against_it():
    wanted = wanted_target("85% thôn")
    del wanted["due_year"]
    matching = matched("targets", [target("85% thôn", due_year=1999, unit="item")], [wanted])
    assert matching.pairs[0].differing == ("unit",)


def test_assignments_stand_near_and_a_second_row_of_an_item_is_excused():
    item = "Sở Y tế chủ trì"
    wanted = [{"anchor": "Sở Y tế chủ trì", "agency_code": "so_yt", "agency_text": "Sở Y tế", "role": "lead"}]
    rows = [assignment(item, "so_yt"), assignment("Sở Y tế báo cáo", "so_yt"), assignment(item, "so_tc")]
    matching = matched("assignments", rows, wanted)
    assert [pair.given.cells["quote"] for pair in matching.counted] == [item]
    assert [row.cells["quote"] for row in matching.excused] == ["Sở Y tế báo cáo"]
    assert [row.cells["agency_code"] for row in matching.spare] == ["so_tc"]


def test_unlisted_bodies_agree_by_name_and_components_by_their_last_part():
    wanted = [{"anchor": "Sở Y tế chủ trì", "agency_code": None, "agency_text": "Sở Y tê", "component": "Tiểu dự án 1"}]
    row = assignment("Sở Y tế chủ trì", None, agency_text="Sở Y tế", component="Dự án 2/Tiểu dự án 1")
    assert matched("assignments", [row], wanted).pairs[0].differing == ()


def test_citations_are_scored_once_and_laws_without_number_not_at_all():
    cell = {"instrument": "decree", "date": None, "relation": "reference"}
    rows = [row_at("I. Mục tiêu", number=number, **cell) for number in ("07/NĐ-CP", "7/NĐ-CP", None, "8/NĐ-CP")]
    matching = matched("citations", rows, [{"number": "07/NĐ-CP", **cell}])
    assert (len(matching.counted), len(matching.excused)) == (1, 2)
    assert [row.cells["number"] for row in matching.spare] == ["8/NĐ-CP"]


@pytest.mark.parametrize(
    ("wanted", "row", "found"),
    [
        ({"kind": "due", "end_date": "2026-12-15"}, {"kind": "window", "end_date": datetime.date(2026, 12, 15)}, True),
        ({"kind": "due", "end_date": "2026-12-15"}, {"kind": "due", "end_date": datetime.date(2026, 12, 14)}, False),
        ({"kind": "recurring", "recurrence": "P1Y"}, {"kind": "recurring", "recurrence": "P1Y"}, True),
        ({"kind": "recurring", "recurrence": "P1Y"}, {"kind": "recurring", "recurrence": "P6M"}, False),
        ({"kind": "relative"}, {"kind": "relative"}, True),
        ({"kind": "period", "end_date": "2026-12-31"}, {"kind": "period", "end_date": datetime.date(2026, 12, 31),
                                                        "quote": "II."}, True),
        ({"kind": "period", "end_date": "2026-12-31"}, {"kind": "due", "end_date": datetime.date(2026, 12, 31)}, False),
    ],
)  # fmt: skip
def test_deadlines_agree_in_their_time(wanted, row, found):
    empty = {"start_date": None, "end_date": None, "precision": None, "recurrence": None}
    rows = [row_at("trước ngày 15/12/2026", **empty) | row]
    matching = matched("deadlines", rows, [empty | {"anchor": "trước ngày 15/12"} | wanted])
    assert bool(matching.pairs) is found


@pytest.mark.parametrize(
    ("wanted", "row", "found"),
    [
        ({"kind": "total", "amount_vnd": 5}, {"kind": "component", "amount_vnd": 5}, True),
        ({"kind": "total", "amount_vnd": 5}, {"kind": "total", "amount_vnd": 6}, False),
        ({"kind": "share", "share_percent": 40}, {"kind": "share", "share_percent": 40.0}, True),
        ({"kind": "source", "source": "credit"}, {"kind": "source", "source": "credit"}, True),
        ({"kind": "source", "source": "credit"}, {"kind": "total", "amount_vnd": 5, "source": "credit"}, False),
        ({"kind": "share"}, {"kind": "source"}, False),
    ],
)
def test_funding_agrees_in_amount_share_or_source(wanted, row, found):
    empty = {c: None for c in ("amount_vnd", "share_percent", "per_unit", "year", "source", "expenditure_type")}
    matching = matched("funding", [row_at("II. Tổ chức", **empty) | row], [empty | {"anchor": "II. Tổ chức"} | wanted])
    assert bool(matching.pairs) is found


def test_further_findings_are_not_punished():
    rows = [{"check": "sum_mismatch", "expected": 6e9, "actual": 5e9}, {"check": "numbering_gap"}]
    rows = [{"doc_id": "d", "quote": None, "char_start": None, "expected": None, "actual": None} | row for row in rows]
    matching = matched(
        "findings", rows, [{"check": "sum_mismatch", "actual": 5_000_000_000}, {"check": "missing_date"}]
    )
    assert (len(matching.counted), len(matching.missed), len(matching.spare)) == (1, 1, 0)


# --- gold files


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


# --- figures


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


# --- the commands


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


# --- the project's scorer


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
