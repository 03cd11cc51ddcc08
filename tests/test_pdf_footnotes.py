"""Footnotes of PDF pages: behind the text, their marks out of the figures, no sentence cut by them."""

from __future__ import annotations

from pdf_builder import needs_font, written

from extractors.cleaning import clean
from pipeline.ingest.reader import read_bytes

pytestmark = needs_font


class Page:
    """A page that is written from top to bottom, in letters of any size."""

    def __init__(self, canvas):
        self.canvas, self.y = canvas, 760

    def line(self, *pieces: str | tuple[str, float]) -> None:
        """One line; a piece with a size is set in it and raised."""
        x, self.y = 60, self.y - 18
        for piece in pieces:
            text, size = piece if isinstance(piece, tuple) else (piece, 13)
            self.canvas.setFont("Serif", size)
            self.canvas.drawString(x, self.y + (13 - size) / 2, text)
            x += self.canvas.stringWidth(text, "Serif", size)

    def foot(self, *lines: str) -> None:
        """Lines in small letters at the foot."""
        self.canvas.setFont("Serif", 9)
        for i, line in enumerate(lines):
            self.canvas.drawString(60, 110 - 11 * i, line)


def text_of(*writers) -> str:
    """The cleaned text of a PDF whose pages these functions write."""
    data = written(lambda canvas, write=write: write(Page(canvas)) for write in writers)
    return clean(read_bytes(data).source).text


def first_page(page: Page) -> None:
    page.line("1. Các thôn trồng cây dọc bờ suối, mỗi thôn trồng 40 cây keo", ("1", 7), " và")
    page.line("chăm sóc đến hết năm 2025", ("2", 7), ", tưới 3 m", ("3", 7), " nước mỗi ngày.")
    page.line("2. Đội quản lý rừng hướng dẫn kỹ thuật cho từng hộ, kiểm tra vườn ươm")
    page.foot("1 Cây giống của vườn ươm xã,", "cao từ nửa mét.", "2 Tính cả các thôn mới nhập.", "3 Đo tại bể thôn.")


def second_page(page: Page) -> None:
    page.line("hằng tháng và báo cáo kết quả cho xã.")
    page.line("3. Nhà trường tổ chức ngày hội trồng cây cho học sinh trong mùa mưa.")


def test_footnotes_stand_behind_the_paragraph_that_goes_on_over_the_page():
    assert text_of(first_page, second_page).split("\n") == [
        "1. Các thôn trồng cây dọc bờ suối, mỗi thôn trồng 40 cây keo và chăm sóc đến hết năm 2025,"
        " tưới 3 m3 nước mỗi ngày.",
        "2. Đội quản lý rừng hướng dẫn kỹ thuật cho từng hộ, kiểm tra vườn ươm hằng tháng và báo cáo kết quả cho xã.",
        "[1] Cây giống của vườn ươm xã, cao từ nửa mét.",
        "[2] Tính cả các thôn mới nhập.",
        "[3] Đo tại bể thôn.",
        "3. Nhà trường tổ chức ngày hội trồng cây cho học sinh trong mùa mưa.",
    ]


def test_rows_that_begin_with_a_number_are_no_footnotes():
    def page(page: Page) -> None:
        page.line("Danh sách các thôn trồng cây trong mùa mưa của xã năm nay như sau:")
        for i, thon in enumerate(("Đông", "Đoài", "Thượng", "Hạ"), start=1):
            page.line(f"{i} Thôn {thon} trồng cây keo")

    text = text_of(page)
    assert "[" not in text and "4 Thôn Hạ trồng cây keo" in text


def test_a_small_foot_without_numbers_is_no_footnote():
    def page(page: Page) -> None:
        page.line("1. Các thôn trồng cây dọc bờ suối và chăm sóc cây trong ba năm liền.")
        page.line("2. Nhà trường tổ chức ngày hội trồng cây cho học sinh trong mùa mưa.")
        page.foot("Tài liệu của tổ công tác vườn ươm")

    assert "[" not in text_of(page)
