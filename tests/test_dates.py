"""Times: calendar points, how words bind them, routines and times that hang on others."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.values.dates import find_times

ROMAN = ["I", "II", "III", "IV"]


settings.register_profile("kehoach", deadline=None)
settings.load_profile("kehoach")


def read(text, start=2023, end=2023, issued=None):
    return [
        (t.kind, t.start_date, t.end_date, t.precision, t.recurrence)
        for t in find_times(text, 0, None, start, end, issued)
    ]


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.integers(0, 3))
def test_a_day_reads_back(day, form):
    written = [
        f"ngày {day.day:02}/{day.month:02}/{day.year}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"ngày {day.day:02}-{day.month:02}-{day.year}",
    ][form]
    assert read(f"gửi báo cáo trước {written} để tổng hợp") == [("due", None, day, "day", None)]
    [time] = find_times(f"Họp {written}.")
    assert (time.start_date, time.end_date) == (day, day)


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_a_month_reads_back(year, month):
    last = date(year, month, calendar.monthrange(year, month)[1])
    for written in (f"tháng {month}/{year}", f"tháng {month:02} năm {year}"):
        assert read(f"Trong {written} kiểm tra") == [("window", date(year, month, 1), last, "month", None)]
        assert read(f"Đến {written} ban hành") == [("due", None, last, "month", None)]


@given(st.integers(2000, 2099), st.integers(1, 4))
def test_a_quarter_reads_back(year, quarter):
    last = date(year, quarter * 3, calendar.monthrange(year, quarter * 3)[1])
    for written in (f"quý {ROMAN[quarter - 1]}/{year}", f"Quý {quarter} năm {year}"):
        assert read(f"hoàn thành {written}") == [("window", date(year, quarter * 3 - 2, 1), last, "quarter", None)]


@given(st.integers(2000, 2090), st.integers(1, 9))
def test_a_run_of_years_reads_back(year, length):
    whole = (date(year, 1, 1), date(year + length, 12, 31))
    for written in (f"giai đoạn {year}-{year + length}", f"từ năm {year} đến năm {year + length}"):
        assert read(written, year, year + length) == [("period", *whole, "year", None)]
        assert read(written, 1990, 1995) == [("window", *whole, "year", None)]


@settings(max_examples=300)
@given(st.text(alphabet="0123456789/.- \nngàythquýnăIVđếrwớcừ,()", max_size=100))
def test_any_text_is_read_without_harm(text):
    for time in find_times(text, 0, None, 2021, 2025, date(2021, 3, 1)):
        assert text[time.start : time.end] == time.text and time.text.strip()
        if time.start_date and time.end_date:
            assert time.start_date <= time.end_date


D = date


def due(end, precision):
    return ("due", None, end, precision, None)


def window(start, end, precision):
    return ("window", start, end, precision, None)


def every(precision, recurrence):
    return ("recurring", None, None, precision, recurrence)


CASES = [
    ("Đến tháng 3/2019 ban hành", [due(D(2019, 3, 31), "month")]),
    ("Từ tháng 4/2019 đến 5/2019", [window(D(2019, 4, 1), D(2019, 5, 31), "month")]),
    ("Tháng 3/2020 đến tháng 6/2020", [window(D(2020, 3, 1), D(2020, 6, 30), "month")]),
    ("trong tháng 4 đến tháng 6/2026", [window(D(2026, 4, 1), D(2026, 6, 30), "month")]),
    ("Tháng 5 - 6/2024", [window(D(2024, 5, 1), D(2024, 6, 30), "month")]),
    ("từ ngày 01/9 đến ngày 30/9/2024", [window(D(2024, 9, 1), D(2024, 9, 30), "day")]),
    ("từ ngày 15 đến ngày 20/11/2024", [window(D(2024, 11, 15), D(2024, 11, 20), "day")]),
    ("ngày 15-20/11/2024", [window(D(2024, 11, 15), D(2024, 11, 20), "day")]),
    ("trước ngày 15/5", [due(D(2023, 5, 15), "day")]),
    ("xong trước 30/6", [due(D(2023, 6, 30), "day")]),
    ("trước 17 giờ 00 ngày 25/3/2024", [due(D(2024, 3, 25), "day")]),
    ("chậm nhất là ngày 29/02/2024", [due(D(2024, 2, 29), "day")]),
    ("đến hết năm 2025", [due(D(2025, 12, 31), "year")]),
    ("trước tháng 6/2024", [due(D(2024, 5, 31), "month")]),
    ("đến năm 2030, tầm nhìn đến năm 2045", [due(D(2030, 12, 31), "year"), due(D(2045, 12, 31), "year")]),
    ("quý I, II/2024", [window(D(2024, 1, 1), D(2024, 6, 30), "quarter")]),
    ("từ quý I đến quý III năm 2024", [window(D(2024, 1, 1), D(2024, 9, 30), "quarter")]),
    ("trong 6 tháng đầu năm 2024", [window(D(2024, 1, 1), D(2024, 6, 30), "half_year")]),
    ("6 tháng cuối năm", [window(D(2023, 7, 1), D(2023, 12, 31), "half_year")]),
    ("đến cuối năm", [due(D(2023, 12, 31), "year")]),
    ("từ năm 2025", [window(D(2025, 1, 1), None, "year")]),
    ("đầu năm 2024", [window(D(2024, 1, 1), None, "year")]),
    ("năm học 2024-2025", [window(D(2024, 1, 1), D(2025, 12, 31), "year")]),
    ("tháng 3 và 9/2024",
        [window(D(2024, 3, 1), D(2024, 3, 31), "month"), window(D(2024, 9, 1), D(2024, 9, 30), "month")]),
    ("Hằng năm tổ chức hội nghị", [every("year", "P1Y")]),
    ("báo cáo định kỳ 06 tháng, 01 năm", [every("half_year", "P6M"), every("year", "P1Y")]),
    ("định kỳ và hằng năm", [every(None, None), every("year", "P1Y")]),
    ("hằng tháng, quý, năm", [every("month", "P1M"), every("quarter", "P3M"), every("year", "P1Y")]),
    ("báo cáo quý, 6 tháng, năm", [every("quarter", "P3M"), every("half_year", "P6M"), every("year", "P1Y")]),
    ("trước ngày 20 hằng tháng", [every("day", "P1M")]),
    ("chậm nhất ngày 25 của tháng cuối quý", [every("day", "P3M")]),
    ("trước ngày 15/12 hằng năm", [every("day", "P1Y")]),
    ("ngày 15/6 và ngày 15/12 hằng năm", [every("day", "P1Y")] * 2),
    ("kiểm tra 02 lần/năm", [every("half_year", "P6M")]),
    ("định kỳ mỗi tuần một lần", [every(None, "P1W")]),
    ("định kỳ 6 tháng/lần", [every("half_year", "P6M")]),
    ("sơ kết 6 tháng, tổng kết năm", [every("half_year", "P6M"), every("year", "P1Y")]),
    ("hết năm thứ nhất", [("relative", None, None, "year", None)]),
    ("sau 3 năm thực hiện", [("relative", None, None, "year", None)]),
    ("sơ kết 3 năm", [("relative", None, None, "year", None)]),
    ("trong vòng 15 ngày kể từ ngày nhận", [("relative", None, None, "day", None)]),
    ("chậm nhất 05 ngày làm việc sau khi nhận", [("relative", None, None, "day", None)]),
    ("trực 24/7, tỷ lệ 5/10, làm thường xuyên", []),
    ("trẻ 6 tháng 5 ngày", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "times"), CASES)
def test_times(text, times):
    assert read(text) == times


def test_impossible_days_stay_text():
    [time] = find_times("trước ngày 31/02/2023")
    assert time.impossible and time.end_date is None and time.text == "trước ngày 31/02/2023"
    [time] = find_times("ngày 29/02/2023")
    assert time.impossible


def test_a_year_left_open_is_not_guessed():
    [time] = find_times("trước ngày 15/3", 0, None, 2021, 2025, date(2021, 6, 1))
    assert time.end_date is None and time.year_from is None
    [time] = find_times("trước ngày 15/9", 0, None, 2021, 2025, date(2021, 6, 1))
    assert time.end_date == date(2021, 9, 15) and time.year_from == "issued"


def test_offsets_are_into_the_whole_text():
    text = "Dòng một, ngày 01/01/2020.\nDòng hai, tháng 5/2021."
    [time] = find_times(text, 27)
    assert text[time.start : time.end] == "tháng 5/2021"
