"""The generated plans of `benchmarks/plans`: distinct, the same for a seed, and with a truth that holds."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from benchmarks.plans import make_plan, plans
from benchmarks.plans.as_word import as_word
from benchmarks.plans.banks import BankError, fill
from benchmarks.plans.text import as_text
from pipeline.evaluate.gold import checked_gold, read_gold
from pipeline.ingest import read_file
from schemas.provinces import REFORM, provinces

ROOT = Path(__file__).resolve().parent.parent
PLANS = list(plans(60, seed=3))
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
needs_font = pytest.mark.skipif(not FONT.exists(), reason="fonts-dejavu-core is not installed")


def rows(plan, table):
    return plan.gold[table]


def lines(plan):
    return [block.text for block in plan.blocks]


def test_plans_are_the_same_for_a_seed_and_differ_between_seeds():
    again = list(plans(5, seed=3, first=10))
    assert [as_text(plan) for plan in again] == [as_text(plan) for plan in PLANS[10:15]]
    assert [plan.gold for plan in again] == [plan.gold for plan in PLANS[10:15]]
    assert as_text(make_plan(4, 10)) != as_text(PLANS[10])


def test_plans_are_distinct_and_share_few_paragraphs():
    assert len({plan.stem for plan in PLANS}) == len({as_text(plan) for plan in PLANS}) == len(PLANS)
    told = [{text for text in lines(plan) if len(text) > 80} for plan in PLANS[:30]]
    for place, one in enumerate(told):
        for other in told[place + 1 :]:
            assert len(one & other) < 0.35 * min(len(one), len(other))


def test_number_and_day_of_issue_are_never_shared():
    heads = {(make_plan(1, index).gold["document"]["doc_number"], make_plan(1, index).gold["document"]["issued_date"])
             for index in (0, 389, 778, 3770, 7540)}  # fmt: skip
    assert len(heads) == 5


def test_plans_are_as_long_as_real_ones():
    sizes = [len(as_text(plan)) for plan in PLANS]
    assert min(sizes) > 20_000
    assert 28_000 < sum(sizes) / len(sizes) < 42_000


def test_plans_come_from_both_maps_all_levels_and_topics():
    documents = [plan.gold["document"] for plan in plans(150, seed=8)]
    assert {d["issuer_level"] for d in documents} == {"province", "district", "commune"}
    assert len({d.get("topic") for d in documents}) == 8
    days = [d["issued_date"] or "" for d in documents]
    assert any(day >= REFORM.isoformat() for day in days) and any("2000" < day < REFORM.isoformat() for day in days)
    known = {p.name for p in provinces()} | {p.name for p in provinces(REFORM)} | {"Thừa Thiên Huế"}
    assert {d["province_name"] for d in documents} <= known


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.stem)
def test_gold_is_loaded_by_the_loader(plan):
    checked_gold(plan.gold, Path(plan.stem))


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.stem)
def test_every_anchor_stands_in_one_paragraph(plan):
    whole = lines(plan)
    for table in ("targets", "funding", "assignments", "deadlines", "activities"):
        for row in rows(plan, table):
            assert 10 <= len(row["anchor"]) <= 80 or row["anchor"] in whole, row  # a heading may be short: Sở Y tế
            assert any(row["anchor"] in text for text in whole), row


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.stem)
def test_anchors_hold_the_figure_of_their_row(plan):
    for row in rows(plan, "targets"):
        value = row["value_max"] if row.get("value_min") is None else row["value_min"]
        if row["unit"] != "vnd" if "unit" in row else False:
            figures = [float(f.replace(".", "").replace(",", ".")) for f in re.findall(r"\d[\d.,]*", row["anchor"])
                       for f in [f.rstrip(".,")]]  # fmt: skip
            assert value in figures, row


def partition(plan, *, source=False, year=False, kind=False):
    """The components of one partition of the total, by what sets their amounts apart."""
    marks = {"source": source, "year": year, "type": kind}
    wanted = next(name for name, on in marks.items() if on)
    return [r["amount_vnd"] for r in rows(plan, "funding") if r["note"].startswith(f"{wanted}.")
            and not r["note"].endswith(".of_source")]  # fmt: skip


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.stem)
def test_parts_make_the_total_unless_gold_says_that_they_do_not(plan):
    total = next(r["amount_vnd"] for r in rows(plan, "funding") if r["kind"] == "total")
    findings = [r for r in rows(plan, "findings") if r["check"] == "sum_mismatch"]
    wanted = findings[0]["actual"] if findings else total
    if findings:
        assert findings[0]["expected"] == total != wanted
    checked = 0
    for parts in (partition(plan, source=True), partition(plan, year=True), partition(plan, kind=True)):
        if parts:
            assert sum(parts) == wanted and min(parts) > 0
            checked += 1
    projects = [r["amount_vnd"] for r in rows(plan, "funding") if r["note"] == "project"]
    assert checked and (not projects or sum(projects) == total)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.stem)
def test_series_and_groups_make_their_totals(plan):
    for total in (r for r in rows(plan, "targets") if ".total." in r["note"]):
        form = total["note"].replace(".total.", ".part.")
        place = rows(plan, "targets").index(total)
        parts = []
        for row in rows(plan, "targets")[place + 1 :]:
            if row["note"] != form:
                break
            parts.append(row["value_min"])
        assert len(parts) > 1 and sum(parts) == total["value_min"]


def test_plans_that_contradict_themselves_say_so():
    checks = {row["check"] for plan in plans(150, seed=5) for row in rows(plan, "findings")}
    assert {"sum_mismatch", "count_mismatch", "conflicting_citation_date", "missing_number", "missing_date"} == checks


def test_drafts_have_neither_number_nor_day():
    drafts = [plan for plan in plans(80, seed=5) if plan.gold["document"]["doc_number"] is None]
    assert drafts
    for plan in drafts:
        assert plan.gold["document"]["issued_date"] is None
        assert re.search(r"Số: +/KH-UBND", as_text(plan))


def test_bodies_are_those_of_the_day():
    for plan in PLANS:
        day = f"{plan.gold['document']['issued_year']}-{plan.gold['document']['issued_month']:02d}"
        codes = {row["agency_code"] for row in rows(plan, "assignments")}
        assert not (day > "2025-07" and codes & {"ubnd_huyen", "so_ldtbxh", "so_nnptnt", "so_tttt"})
        assert not (day < "2025-02" and codes & {"so_nnmt", "so_dttg"})


def test_word_files_number_by_themselves_and_are_the_same_bytes(tmp_path):
    path = tmp_path / "plan.docx"
    path.write_bytes(as_word(PLANS[0]))
    assert as_word(PLANS[0]) == path.read_bytes()
    text = "\n".join(read_file(path).source.pages)
    for block in PLANS[0].blocks:
        if block.kind in ("chapter", "section"):
            assert f"{block.label} {block.text}" in text
    assert not any(
        block.label and block.label in block.text[:5] for block in PLANS[0].blocks if block.kind == "chapter"
    )


@needs_font
def test_pdf_and_scan_are_the_same_bytes_and_only_the_pdf_has_text():
    pdfium = pytest.importorskip("pypdfium2")
    pytest.importorskip("reportlab")
    from benchmarks.plans.as_pdf import as_pdf
    from benchmarks.plans.as_scan import as_scan

    data, scan = as_pdf(PLANS[1]), as_scan(PLANS[1])
    assert data == as_pdf(PLANS[1]) and scan == as_scan(PLANS[1])
    written, shown = pdfium.PdfDocument(data), pdfium.PdfDocument(scan)
    assert len(written) == len(shown) > 8
    text = "".join(page.get_textpage().get_text_bounded() for page in written)
    title = PLANS[1].blocks[2].text.split()
    assert " ".join(title[:3]) in " ".join(text.split())
    assert not shown[0].get_textpage().get_text_bounded().strip()


def test_the_script_writes_plans_with_gold(tmp_path, monkeypatch, capsys):
    spec = importlib.util.spec_from_file_location("make_plans", ROOT / "benchmarks" / "make_plans.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(sys, "argv", ["make_plans.py", "--count", "3", "--seed", "2", "--out", str(tmp_path)])
    assert script.main() == 0
    assert "3 plans" in capsys.readouterr().out
    golds = read_gold([tmp_path / "gold"])
    assert sorted(gold.stem for gold in golds) == sorted(path.stem for path in (tmp_path / "txt").iterdir())
    assert (tmp_path / "txt" / f"{make_plan(2, 0).stem}.txt").read_text("utf-8") == as_text(make_plan(2, 0))


def test_a_slot_that_nobody_fills_is_an_error():
    with pytest.raises(BankError, match="no value for the slot"):
        fill("Giao {who} thực hiện", {"task": "x"})
