"""Time grows with the text and not with its square, whatever the text is: a line without end must not stop a run.

Two sizes of one text are read in one process, so that a slow or busy machine slows both; the bound is twice what
straight growth gives, and growth by the square would give eight times the straight one or more.
"""

from __future__ import annotations

import gc
import time

import pytest

from extractors.cleaning import clean
from extractors.context import Plan
from extractors.extract import extract
from extractors.findings.sentence_splits import wrong_splits
from extractors.plan import Source
from extractors.values.numbers import all_numbers

HEAD = "KẾ HOẠCH\nGiảm nghèo năm 2024\nI. MỤC TIÊU\n- "
TASKS = "KẾ HOẠCH\nGiảm nghèo năm 2024\nV. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- "
MONEY = "KẾ HOẠCH\nGiảm nghèo năm 2024\nI. KINH PHÍ\n- "
LINES_OF_1_MB = ["1", ".", " ", ",", "(", "và ", "a, ", "_", "ế", "kếhoạch!"]
LINES_OF_FACTS = [
    "Sở ",
    "1.234,5 ",
    "ngày 15/6/2024 ",
    "hằng năm ",
    "Quyết định số 12/QĐ-UBND ",
    "20 triệu đồng ",
    "A ",
    "xã A, ",
    "từ 24,6% năm 2020 giảm ",
    "*chữ: *A ",
    "*chữ\n*A ",
    "TT A 1 B ",
    "đạt 90% vào năm 2025 và ",
    "xã,phường,",
    "|\nmột ô\n",
    "|\n1\n|\nMở lớp\n|\nSở Y tế\n|\n",
    "| a | b | c | trước ngày 10/6/2024 ",
    "không còn xã nào trên 5%, ",
    "tăng lúa 3%, ngô 2%, ",
]


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Rules are loaded and patterns compiled with the first text."""
    extract(Source((f"{HEAD}đạt 5%, 20 triệu đồng, giao Sở Y tế báo cáo hằng năm",)), "d0")


def seconds(piece: str, characters: int, head: str = HEAD) -> float:
    text = head + piece * (characters // len(piece))
    gc.collect()
    begin = time.process_time()
    extract(Source((text,)), "d0")
    return time.process_time() - begin


@pytest.mark.parametrize("piece", LINES_OF_1_MB)
def test_a_line_of_a_megabyte_takes_its_time_and_no_more(piece: str) -> None:
    assert seconds(piece, 1_000_000) < 0.5 + 2 * 4 * seconds(piece, 250_000)


@pytest.mark.parametrize("piece", LINES_OF_FACTS)
def test_a_line_of_facts_takes_its_time_and_no_more(piece: str) -> None:
    assert seconds(piece, 40_000) < 0.5 + 2 * 4 * seconds(piece, 10_000)


@pytest.mark.parametrize(
    "piece",
    [
        "2023: 5 tỷ đồng; ",
        "tăng 5 tỷ đồng và ",
        "đã chi 5 tỷ đồng, ",
        "từ ngân sách tỉnh 5 tỷ đồng, ",
        "200 cuốn x 3 triệu đồng; ",
        "xã 2 triệu đồng, ngân sách, ",
    ],
)
def test_a_line_of_sums_takes_its_time_and_no_more(piece: str) -> None:
    assert seconds(piece, 20_000, MONEY) < 0.5 + 2 * 4 * seconds(piece, 5_000, MONEY)


@pytest.mark.parametrize("head", [MONEY, TASKS])
@pytest.mark.parametrize("piece", ["ngân sách tỉnh, ngân sách, ", "nhân dân đóng góp, ngân sách, "])
def test_a_clause_of_sources_is_read_once_and_not_for_each(piece: str, head: str) -> None:
    assert seconds(piece, 80_000, head) < 0.5 + 2 * 4 * seconds(piece, 20_000, head)


@pytest.mark.parametrize("piece", ["phối hợp với Sở Y tế; ", "Sở Y tế báo cáo trước ngày 10/6/2024; "])
def test_an_item_of_clauses_takes_its_time_and_no_more(piece: str) -> None:
    assert seconds(piece, 80_000, TASKS) < 0.5 + 2 * 4 * seconds(piece, 20_000, TASKS)


@pytest.mark.parametrize("piece", ["1,500 hộ, ", "12 500 hộ, ", "12 500 | "])
def test_numbers_of_a_long_line_are_held_against_their_neighbours_only(piece: str) -> None:
    def spent(characters: int) -> float:
        text = piece * (characters // len(piece))
        begin = time.process_time()
        all_numbers(text)
        return time.process_time() - begin

    assert spent(400_000) < 0.5 + 2 * 4 * spent(100_000)


def test_a_list_of_thousands_of_counts_with_one_unit_is_read_in_one_pass() -> None:
    text = HEAD + "Đào tạo nghề, chia ra: " + "trung cấp 900, " * 1500 + "sơ cấp 3.000 học viên."
    assert len(extract(Source((text,)), "d0").rows["targets"]) > 1


def test_a_run_of_splits_is_not_held_against_each_of_its_wholes() -> None:
    def spent(characters: int) -> float:
        piece = "24 lớp, gồm 10 lớp mới, "
        plan = Plan.read(clean(Source((HEAD + piece * (characters // len(piece)),))), "d0")
        plan.reading, plan.body  # noqa: B018 - made before the clock starts
        begin = time.process_time()
        list(wrong_splits(plan))
        return time.process_time() - begin

    assert spent(80_000) < 0.5 + 2 * 4 * spent(20_000)
