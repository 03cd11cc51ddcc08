"""Which rows of a run and of gold are one, and when their cells agree."""

from __future__ import annotations

import datetime

import pytest
from evaluate_rows import assignment, matched, row_at, target, wanted_target
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evaluate.match import Verdict, pair_up
from pipeline.evaluate.texts import document_number, holds, same, similar, squeezed


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
