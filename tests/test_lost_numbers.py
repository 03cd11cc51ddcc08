"""Plans whose chapters and items lost their numbers and bullets, as portals take them over from Word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractors.extract import extract
from extractors.plan import Source

SAMPLES = sorted((Path(__file__).parent.parent / "data" / "raw").glob("*.txt"))
MARKER = re.compile(
    r"^[ ]*(?:(?:[IVX]{1,5}|[A-H]|\d{1,2}(?:\.\d{1,2}){0,3})[.)/][ ]+(?=\D)|[a-zđ]\)[ ]+|[-–+*•][ ]+)", re.MULTILINE
)
KEPT = 0.9
"""So much of the rows is read without the numbers that is read with them."""

HEAD = """ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
Số: 77/KH-UBND
Hà Giang, ngày 12 tháng 3 năm 2022
KẾ HOẠCH
Dạy bơi cho trẻ em năm 2022
"""
BODY = """Mục tiêu cụ thể
Mở 40 lớp học bơi cho 1.200 trẻ em.
85% trường tiểu học có giáo viên biết dạy bơi.
Kinh phí thực hiện
Ngân sách tỉnh cấp 900 triệu đồng.
Tổ chức thực hiện
Sở Văn hóa, Thể thao và Du lịch
Chủ trì, phối hợp với Tỉnh đoàn mở lớp trước ngày 30/6/2022.
Sở Tài chính
Bố trí kinh phí cho các lớp.
"""


def rows_of(text: str) -> dict[str, list]:
    """The rows of a plan by table."""
    return extract(Source((text,)), "d0").rows


def figures(rows: dict[str, list]) -> list:
    """What a plan without numbers must give all the same."""
    return [
        sorted((row.value_min, row.unit) for row in rows["targets"]),
        [(row.amount_vnd, row.source) for row in rows["funding"]],
        [(row.agency_text, row.role) for row in rows["assignments"]],
        [str(row.end_date) for row in rows["deadlines"] if row.kind == "due"],
    ]


EXPECTED = [
    [(40.0, "class"), (85.0, "percent"), (1200.0, "person")],
    [(900_000_000, "provincial_budget")],
    [("Sở Văn hóa, Thể thao và Du lịch", "lead"), ("Tỉnh đoàn", "coordinate"), ("Sở Tài chính", "responsible")],
    ["2022-06-30"],
]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + BODY,
        HEAD.replace("KẾ HOẠCH\nDạy bơi", "KẾ HOẠCH DẠY BƠI CHO TRẺ EM\nDạy bơi") + BODY,
        HEAD + BODY.replace("Mục tiêu cụ thể", "MỤC TIÊU").replace("Tổ chức", "TỔ CHỨC"),
        HEAD + "Căn cứ Luật Trẻ em, UBND tỉnh ban hành kế hoạch như sau:\n" + BODY.split("\n", 1)[1],
    ],
    ids=["no marks", "title in one line", "capitals", "no heading over the aims"],
)
def test_a_plan_without_numbers_is_read(text: str):
    assert figures(rows_of(text)) == EXPECTED


def test_chapters_without_numbers_are_sections():
    headings = [row.heading for row in rows_of(HEAD + BODY)["sections"]]
    assert headings[:3] == ["Mục tiêu cụ thể", "Kinh phí thực hiện", "Tổ chức thực hiện"]


def test_what_was_is_told_apart_without_numbers():
    past = "Kết quả thực hiện năm 2021\nĐã mở 25 lớp; tỷ lệ trẻ em biết bơi đạt 31%.\n"
    assert figures(rows_of(HEAD + past + BODY)) == EXPECTED


def test_the_preamble_of_a_numbered_plan_stays_one():
    text = HEAD + "Mục tiêu của tỉnh là 90% trẻ em biết bơi.\nI. MỤC TIÊU\n- Mở 40 lớp học bơi.\n"
    assert [row.value_min for row in rows_of(text)["targets"]] == [40.0]


def test_a_letter_without_chapters_names_no_headings():
    text = HEAD.replace("KẾ HOẠCH", "CÔNG VĂN") + "Kính gửi: Sở Tài chính\nĐề nghị góp ý trước ngày 20/3/2022.\n"
    assert rows_of(text)["sections"] == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_without_marks_give_their_rows(path: Path):
    text = path.read_text(encoding="utf-8")
    bare = "\n".join(line if "|" in line or "\t" in line else MARKER.sub("", line) for line in text.split("\n"))
    with_marks, without = rows_of(text), rows_of(bare)
    for table in ("targets", "funding", "assignments", "deadlines"):
        assert len(without[table]) >= KEPT * len(with_marks[table]), table


CELLS = """STT
Nội dung công việc
Cơ quan chủ trì
Cơ quan phối hợp
Thời gian hoàn thành
1
Mua phao tập bơi
Sở Y tế
UBND cấp huyện
Quý II/2022
2
Kiểm tra bể bơi
Sở Xây dựng
Công an tỉnh
Tháng 8/2022
"""
PROSE = """Tổ chức thực hiện
Sở Nội vụ
Theo dõi các lớp bơi hè.
"""
OF_CELLS = [
    ("Sở Y tế", "lead", "Mua phao tập bơi"),
    ("UBND cấp huyện", "coordinate", "Mua phao tập bơi"),
    ("Sở Xây dựng", "lead", "Kiểm tra bể bơi"),
    ("Công an tỉnh", "coordinate", "Kiểm tra bể bơi"),
]
OF_PROSE = [("Sở Nội vụ", "responsible", "Theo dõi các lớp bơi hè.")]


def tasks(text: str) -> list[tuple[str, str, str]]:
    """Who does what in a plan."""
    return [(row.agency_text, row.role, row.task) for row in rows_of(text)["assignments"]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("PHỤ LỤC\nPHÂN CÔNG CÔNG VIỆC\n" + CELLS, OF_CELLS),
        ("PHỤ LỤC\n" + CELLS + PROSE, OF_CELLS + OF_PROSE),
        ("PHỤ LỤC\n" + CELLS + "Nơi nhận:\nNhư trên\nTM. ỦY BAN NHÂN DÂN\n", OF_CELLS),
    ],
)
def test_cells_on_lines_of_their_own_are_no_headings(body, expected):
    rows = rows_of(HEAD + body)
    assert tasks(HEAD + body) == expected
    due = [(row.event, str(row.end_date)) for row in rows["deadlines"] if row.kind == "window"]
    assert due == [("Mua phao tập bơi", "2022-06-30"), ("Kiểm tra bể bơi", "2022-08-31")]


@pytest.mark.parametrize("above", ["PHỤ LỤC\n", "PHỤ LỤC\nSTT\nTên lớp\n", ""])
def test_an_annex_of_prose_keeps_its_bodies(above):
    assert tasks(HEAD + above + PROSE) == OF_PROSE
