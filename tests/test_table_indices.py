"""Tables of indices with their scores and ranks, of goods that are laid in, and of whom places need something for."""

from __future__ import annotations

import pytest
from table_text import read, targets

SCORES = (
    "TT\tChỉ số thành phần\tĐiểm 2020\tMục tiêu điểm 2025\tThứ hạng 2020\tMục tiêu thứ hạng 2025\tCơ quan đầu mối\n"
    "1\tTính minh bạch\t5,64\t6,10\t44\t30\tSở Nội vụ\n2\tChi phí thời gian\t7,05\t7,60\t46\t32\tSở Tài chính\n"
    "3\tĐào tạo lao động\t5,10\t5,50\t47\t42\tSở Công Thương"
)
GOODS = (
    "TT\tMặt hàng\tĐVT\tNhu cầu trong mùa lũ\tLượng dự trữ\tThành tiền (triệu đồng)\n"
    "1\tMuối hạt\ttấn\t620\t95\t1.425\n2\tĐèn bão\tchiếc\t6.400\t1.200\t336\n\tTổng cộng\t\t\t\t1.761"
)
NEEDS = (
    "Số liệu theo địa bàn\nTT\tQuận, huyện\tSố đàn ong cần tiêm\tThợ nuôi ong\tTổng số\n"
    "1\tHuyện Cao Lộc\t3.120\t310\t3.430\n2\tHuyện Lộc Bình\t2.860\t165\t3.025\n3\tHuyện Chi Lăng\t860\t15\t875"
)


def unread(table: str) -> list[str]:
    """The heads of tables that are told to be unread."""
    return [f.quote.split(" | ")[1] for f in read(table)["findings"] if f.check == "unparsed_amount"]


def test_scores_and_ranks_are_told_apart_and_count_nothing():
    assert targets(SCORES) == [
        ("Tính minh bạch - điểm", "eq", 6.1, 6.1, None, 2025),
        ("Tính minh bạch - thứ hạng", "eq", 30, 30, None, 2025),
        ("Chi phí thời gian - điểm", "eq", 7.6, 7.6, None, 2025),
        ("Chi phí thời gian - thứ hạng", "eq", 32, 32, None, 2025),
        ("Đào tạo lao động - điểm", "eq", 5.5, 5.5, None, 2025),
        ("Đào tạo lao động - thứ hạng", "eq", 42, 42, None, 2025),
    ]
    assert [(r.agency_code, r.role) for r in read(SCORES)["assignments"][:3]] == [
        ("so_nv", "lead"), ("so_tc", "lead"), ("so_ct", "lead"),
    ]  # fmt: skip


def test_scores_are_none_of_the_indicators_of_which_the_names_of_indices_speak():
    rows = read(SCORES.replace("Đào tạo lao động", "Hỗ trợ giống vật nuôi, bò sinh sản"))["targets"]
    assert {r.indicator_code for r in rows} == {None}


def test_the_score_of_a_year_before_is_where_an_index_starts_from():
    table = "TT\tChỉ số\tĐiểm năm 2020\tMục tiêu năm 2025\n1\tPAPI\t41,2\t43,5\n2\tSIPAS\t81,2\t90\n3\tPCI\t61,2\t66"
    rows = read(table)["targets"]
    assert [(r.value_min, r.unit, r.baseline_value, r.baseline_year) for r in rows] == [
        (43.5, None, 41.2, 2020), (90, None, 81.2, 2020), (66, None, 61.2, 2020),
    ]  # fmt: skip


def test_scores_of_the_past_alone_are_no_aims():
    assert targets("TT\tChỉ số\tĐiểm 2019\tThứ hạng 2020\n1\tPAPI\t41,2\t43\n2\tSIPAS\t81,2\t9\n3\tPCI\t61\t6") == []


def test_goods_that_are_laid_in_are_aims_and_name_their_money():
    assert targets(GOODS) == [
        ("Muối hạt", "eq", 95, 95, "tonne", 2025),
        ("Đèn bão", "eq", 1200, 1200, "item", 2025),
    ]
    assert [(r.purpose, r.amount_vnd) for r in read(GOODS)["funding"] if r.kind == "component"] == [
        ("Muối hạt", 1_425_000_000), ("Đèn bão", 336_000_000),
    ]  # fmt: skip


def test_what_goods_are_needed_is_no_aim():
    assert targets(GOODS.replace("Lượng dự trữ", "Khả năng đáp ứng")) == []


def test_counts_by_places_of_whom_something_is_for_are_told_to_be_unread():
    rows = read(NEEDS)
    assert rows["targets"] == [] and unread(NEEDS) == ["Quận, huyện"]


@pytest.mark.parametrize("head", ["Số đàn ong đã tiêm", "Số đàn ong"])
def test_counts_by_places_of_what_there_is_are_no_loss(head):
    assert unread(NEEDS.replace("Số đàn ong cần tiêm", head)) == []
