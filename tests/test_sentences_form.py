"""The tagged sentences keep their form, and their parser gives back exact offsets."""

from __future__ import annotations

import datetime
import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "sentences"
SPEC = importlib.util.spec_from_file_location("sentences_parse", HERE / "parse.py")
parser = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = parser
SPEC.loader.exec_module(parser)

CASES = parser.load_cases()


def one(text: str):
    [case] = parser.parse(text)
    return case


def test_there_are_enough_cases_and_traps():
    assert len(CASES) >= 220
    assert sum(case.trap for case in CASES) >= 60
    assert {row.table for case in CASES for row in case.rows} == set(parser.TAGS.values())


def test_every_case_says_what_it_is_about():
    assert [case.name for case in CASES if not case.comment] == []
    texts = [case.text for case in CASES]
    assert sorted(t for t in set(texts) if texts.count(t) > 1) == []


def test_offsets_reproduce_the_tagged_words():
    for case in CASES:
        for row in case.rows:
            assert case.text[row.start : row.end] == row.words, case.name
        assert "</" not in case.text and '="' not in case.text, case.name


def test_tags_come_off_and_values_are_typed():
    case = one(
        '# x\nĐạt <target value="95" comparator="ge" unit="percent" due_year="2025">từ 95% trở lên</target> &amp; hơn.'
    )
    assert case.text == "Đạt từ 95% trở lên & hơn."
    [row] = case.rows
    assert (row.table, row.words, row.start) == ("targets", "từ 95% trở lên", 4)
    assert row.expected == {
        "value_min": 95.0,
        "value_max": None,
        "comparator": "ge",
        "unit": "percent",
        "due_year": 2025,
    }
    assert case.complete == {"targets"} and not case.trap


@pytest.mark.parametrize(
    ("attributes", "low", "high"),
    [
        ('value="3"', 3, 3),
        ('value="3" comparator="lt"', None, 3),
        ('value="3" comparator="approx"', 3, 3),
        ('value="3..4.5" comparator="range"', 3, 4.5),
    ],
)
def test_short_form_of_values(attributes, low, high):
    [row] = one(f"<target {attributes}>3</target>").rows
    assert (row.expected["value_min"], row.expected["value_max"]) == (low, high)


def test_tags_nest_and_rows_keep_their_order():
    case = one('Báo cáo <deadline recurrence="P6M"><deadline recurrence="P1Y">06 tháng, 01 năm</deadline></deadline>.')
    assert [row.expected["recurrence"] for row in case.rows] == ["P6M", "P1Y"]
    assert {(row.start, row.words) for row in case.rows} == {(8, "06 tháng, 01 năm")}


def test_parents_optional_rows_and_null():
    case = one(
        '<funding id="t" amount_vnd="6_000_000_000">6 tỷ</funding>: '
        '<funding parent="t" year="null" optional="yes">2 tỷ</funding>'
    )
    total, part = case.rows
    assert (total.id, part.parent, part.optional, part.expected) == ("t", "t", True, {"year": None})
    assert total.expected["amount_vnd"] == 6_000_000_000


def test_context_of_a_file_and_of_a_case():
    cases = parser.parse(
        '@@ issued=2023 period=2021-2025 heading="I. A > 1. B"\n\n<target>a</target>\n\n'
        "@ issued=2024-06-30 period=2024 zone=annex level=commune complete=funding\n<target>b</target>\n\n"
        "@@ period=2022-2026\n\n<target>c</target>"
    )
    assert [c.context.period for c in cases] == [(2021, 2025), (2024, 2024), (2022, 2026)]
    assert cases[0].context.heading == ("I. A", "1. B")
    assert cases[1].context.issued == datetime.date(2024, 6, 30)
    assert (cases[1].context.zone, cases[1].context.level) == ("annex", "commune")
    assert cases[1].complete == {"targets", "funding"} and cases[2].context.level == "province"
    assert [c.line for c in cases] == [3, 6, 10]


def test_a_case_may_be_a_list_of_lines():
    case = one('Vốn:\n- <funding amount_vnd="1">1 đồng</funding>;\n- hết.')
    assert case.text == "Vốn:\n- 1 đồng;\n- hết."


def test_traps():
    assert one("@ trap\nKhông có gì.").complete == set(parser.TAGS.values())
    assert one("@ trap=target,funding\nKhông có gì.").complete == {"targets", "funding"}


@pytest.mark.parametrize(
    "text",
    [
        "Không có thẻ.",
        "@ trap\n<target>5</target>",
        "@ trap=goal\nx",
        "@ zon=body\n<target>5</target>",
        "@ zone=middle\n<target>5</target>",
        "@ period=x\n<target>5</target>",
        "@ issued=2022",
        "<goal>5</goal>",
        "<target>5",
        "5</target>",
        "<target>5</funding>",
        "<target> </target>",
        '<target valeu="5">5</target>',
        '<target value="5..6">5</target>',
        '<target value="năm">5</target>',
        '<target comparator="more">5</target>',
        '<funding parent="t">5</funding>',
        "<target>5 < 6</target>",
        '<deadline end_date="2023-02-30">x</deadline>',
    ],
)
def test_broken_cases_are_refused_with_file_and_line(text):
    with pytest.raises(parser.SentenceError, match=r"^bad\.txt, line \d"):
        parser.parse(text, "bad.txt")


def test_no_sentence_is_taken_from_a_real_plan():
    seeds = HERE.parents[2] / "shared" / "seeds"
    if not seeds.is_dir():
        pytest.skip("the real plans are not on this machine")
    squeeze = lambda text: "".join(text.casefold().split())  # noqa: E731
    plans = [squeeze(path.read_text("utf-8")) for path in seeds.glob("*.txt")]
    taken = [case.name for case in CASES if len(case.text) > 40 and any(squeeze(case.text) in plan for plan in plans)]
    assert taken == []
