"""Cleaning: each step on small cases, the laws that hold for all of them, and the real documents."""

from __future__ import annotations

import difflib
import time
import unicodedata
from pathlib import Path

import pytest
from cleaning_text import BODY, CLOSING, HEAD, MORE, cleaned, wrapped
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.cleaning import STEPS, clean
from extractors.cleaning.lines import Draft, Line, assemble, cut_all
from extractors.plan import Source

SHARED = Path(__file__).resolve().parents[2] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not on this machine")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("KẾ HOẠCH\nPhát triển du lịch\ntrên địa bàn huyện", "KẾ HOẠCH\nPhát triển du lịch trên địa bàn huyện"),
        (
            "ỦY BAN NHÂN\nDÂN |\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM |",
            "ỦY BAN NHÂN DÂN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        ),
        (
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nLò Văn Páo",
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLò Văn Páo",
        ),
        ("Các bản làm du lịch gồm: Nậm Cang,\n\nSín Chải.", "Các bản làm du lịch gồm: Nậm Cang, Sín Chải."),
        ("Vận động đóng góp để\n\nxây nhà văn hóa.", "Vận động đóng góp để xây nhà văn hóa."),
        ("Hỗ trợ các bản.\n\nKhen thưởng hộ giỏi.", "Hỗ trợ các bản.\nKhen thưởng hộ giỏi."),
        ("-\nNội dung sau gạch", "- Nội dung sau gạch"),
        ("Xong kế hoạch.\n/.", "Xong kế hoạch. /."),
        ("Năm | Vốn\n2024 | 5 tỷ", "Năm | Vốn\n2024 | 5 tỷ"),
    ],
)
def test_small_cases(raw, text):
    assert cleaned(raw) == text


def test_a_paragraph_cut_by_a_page_break_is_one_with_the_break_inside():
    first, second = "Huyện tập trung hỗ trợ các bản vùng cao làm", "du lịch gắn với rừng."
    result = clean(Source((first, f"2\n{second}"), paged=True))
    assert result.text == f"{first} {second}"
    assert result.page_starts == (0, len(first) + 1)
    assert result.page_of(len(first)) == 1 and result.page_of(len(first) + 1) == 2


def test_pages_without_text_keep_their_number():
    result = clean(Source(("Trang đầu có chữ.", "", "Trang ba có chữ.", ""), paged=True))
    assert len(result.page_starts) == 4
    assert result.page_of(0) == 1
    assert result.page_of(result.text.index("Trang ba")) == 3


def test_text_without_pages_has_none():
    assert clean(Source(("Một dòng.",))).page_of(0) is None


def test_a_passage_pasted_twice_is_kept_once_and_noted():
    head = ["Kế hoạch của huyện về du lịch", *BODY[:7]]
    result = clean(Source(("\n".join([*head, *BODY[:7], *BODY[7:]]),)))
    assert result.text == "\n".join([head[0], *BODY])
    [note] = result.notes
    assert note.check == "duplicated_text"
    assert result.text[note.start : note.end] == "\n".join(BODY[:7])


def test_rows_of_a_scan_that_tell_the_same_of_another_place_are_no_copy():
    tasks = [
        "Đo lại mốc ranh giới", "Sơn cọc tiêu bên đường", "Sửa biển tên các thôn", "Gắn số nhà ở ngõ mới",
        "Trồng cây che nắng", "Nạo vét rãnh thoát nước", "Thay bóng đèn đã cháy", "Dọn bãi đá ven suối",
        "Lát gạch sân nhà văn hóa", "Chụp ảnh hiện trạng", "Ghi sổ theo dõi hằng tuần", "Đóng lại cọc mốc cũ",
    ]  # fmt: skip
    rows = [
        f"{task} cùng với người dân và đoàn viên đang sống tại {{}} | Tổ đo đạc của huyện | Tháng 5" for task in tasks
    ]
    first, second = ([row.format(f"xã {name}") for row in rows] for name in ("Bình An", "Hòa Lạc"))
    other = clean(Source(("\n".join([*first, *second]),), True, page_confidence=(0.9,)))
    assert len(other.text.split("\n")) == 2 * len(rows)
    long = [f"{row} năm nay, xong trước mùa mưa" for row in rows]
    three = [row.format(f"xã {name}") for name in ("Bình An", "Hòa Lạc", "Tân Mỹ") for row in long]
    assert clean(Source(("\n".join(three),), True, page_confidence=(0.9,))).text.split("\n") == three
    misread = [first[0].replace("sống", "sông"), first[1].replace("Tổ", "Tô"), *first[2:]]
    copy = clean(Source(("\n".join([*first, *misread]),), True, page_confidence=(0.9,)))
    assert len(copy.text.split("\n")) == len(rows)


def test_short_repeats_are_text():
    lines = [
        "- Nguồn vốn: ngân sách tỉnh.",
        "- Đối tượng: các hộ.",
        "- Nội dung: tập huấn.",
        "- Mục tiêu: đạt chuẩn.",
        "- Thời gian: một năm.",
    ]
    text = "\n".join(["1. Dự án một", *lines, "2. Dự án hai", *lines])
    assert cleaned(text) == text


paragraphs = st.lists(st.sampled_from([*HEAD, *BODY, *MORE, *CLOSING]), min_size=1, max_size=14, unique=True)


@settings(max_examples=60, deadline=None)
@given(paragraphs, st.integers(40, 110))
def test_clean_text_stays_as_it_is(lines, width):
    once = cleaned(wrapped(lines, width))
    assert cleaned(once) == once


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="aBcđĐ ỦÝộ 12.,;:-+*|#\n\f\t)(/", max_size=120), min_size=1, max_size=6))
def test_form_and_pages_hold_for_any_text(pages):
    result = clean(Source(tuple(pages), paged=True))
    assert unicodedata.is_normalized("NFC", result.text)
    assert "\n\n" not in result.text and not result.text.startswith("\n") and not result.text.endswith("\n")
    assert all(line == line.strip() for line in result.text.split("\n"))
    assert len(result.page_starts) == len(pages) and result.page_starts[0] == 0
    assert list(result.page_starts) == sorted(result.page_starts)
    numbers = [result.page_of(i) for i in range(len(result.text))]
    assert numbers == sorted(numbers)
    assert all(0 <= note.start < note.end <= len(result.text) for note in result.notes)


@given(st.lists(st.text(alphabet="ab", min_size=1, max_size=5), min_size=2, max_size=8), st.data())
def test_cutting_keeps_text_and_pages(words, data):
    text = " ".join(words)
    spaces = [i for i, c in enumerate(text) if c == " "]
    places = sorted(data.draw(st.sets(st.sampled_from(spaces))))
    offsets = sorted(
        data.draw(st.sets(st.sampled_from([i for i in range(1, len(text)) if text[i] != " "]), max_size=3))
    )
    line = Line(text, 1, breaks=[(offset, page) for page, offset in enumerate(offsets, 2)])
    whole = Draft([""] * 5, True, [line])
    pieces = Draft([""] * 5, True, cut_all(line, places))
    assert assemble(pieces).text.replace("\n", " ") == text
    assert assemble(pieces).page_starts == assemble(whole).page_starts


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ tiêu 1. Mục tiêu. - Nâng cao; " * 30_000,
        "a" * 1_000_000,
        " - A" * 100_000,
        "**a " * 100_000,
        "a\n" * 50_000,
    ],
)
def test_no_text_hangs(text):
    start = time.perf_counter()
    cleaned(text)
    assert time.perf_counter() - start < 10


def test_every_step_says_what_it_does():
    assert all(step.__doc__ for step in STEPS)


def read(path: Path) -> Source:
    from pipeline.ingest import read_file

    return read_file(path).source


@needs_shared
@pytest.mark.parametrize("stem", ["hai-duong-356-2019", "lang-son-35-2017", "thai-binh-02-2017"])
def test_text_and_pdf_of_one_plan_give_the_same_text(stem):
    text = clean(read(SHARED / "seeds" / f"{stem}.txt")).text.split("\n")
    pdf = clean(read(SHARED / "variants" / "pdf" / f"{stem}.pdf")).text.split("\n")
    same = sum(m.size for m in difflib.SequenceMatcher(None, text, pdf, autojunk=False).get_matching_blocks())
    assert same / max(len(text), len(pdf)) > 0.985


@needs_shared
def test_real_pages_begin_where_they_should():
    source = read(SHARED / "variants" / "pdf" / "thai-binh-02-2017.pdf")
    result = clean(source)
    for page, start in zip(source.pages, result.page_starts, strict=True):
        words = result.text[start : start + 200].split()[:5]
        assert " ".join(page.split()).replace("- ", "-").startswith(" ".join(words).replace("- ", "-"))


@needs_shared
def test_real_repeat_is_found():
    for folder, suffix in (("seeds", "txt"), ("variants/pdf", "pdf")):
        result = clean(read(SHARED / folder / f"lang-son-35-2017.{suffix}"))
        assert [note.check for note in result.notes] == ["duplicated_text"]
        assert result.attributes["Số hiệu"] == "35/KH-UBND"


@needs_shared
def test_real_scrapes_have_their_blocks_again():
    for path in sorted((SHARED / "wild").glob("plan-*.txt")):
        lines = clean(read(path)).text.split("\n")
        assert len(lines) >= 17, path.name
        assert "KẾ HOẠCH" in lines, path.name
        assert any(line.startswith("Số:") and len(line) < 30 for line in lines), path.name


@needs_shared
def test_real_clean_text_stays_as_it_is():
    for path in [*(SHARED / "seeds").glob("*.txt"), *(SHARED / "wild").glob("plan-*.txt")]:
        once = clean(read(path)).text
        assert cleaned(once) == once, path.name
