"""Numbers, money, measures: what is written from a value is read back as it, and offsets reproduce the text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.rule_files import RuleFileError
from extractors.values import find_amounts, find_measures, find_numbers, unit_stated_once
from extractors.values import words as number_words
from extractors.values.exclusions import excluded
from extractors.values.rules import comparator_rules, unit_forms
from extractors.values.stretches import holds_digit

settings.register_profile("kehoach", deadline=None)
settings.load_profile("kehoach")


def dotted(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def spelled(value: int) -> str:
    """Number words of 1 to 999 as they are taught."""
    ones = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    hundreds, rest = divmod(value, 100)
    tens, one = divmod(rest, 10)
    said = [ones[hundreds], "trăm"] if hundreds else []
    if rest and hundreds and tens == 0:
        return " ".join([*said, "linh", ones[one]])
    if tens == 1:
        said.append("mười")
    elif tens:
        said += [ones[tens], "mươi"]
    if one:
        said.append(
            {1: "mốt" if tens > 1 else "một", 5: "lăm" if tens else "năm", 4: "tư" if tens > 1 else "bốn"}.get(
                one, ones[one]
            )
        )
    return " ".join(said)


@given(st.integers(0, 10**12))
def test_grouped_thousands_read_back(value):
    text = f"Tổng số là {dotted(value)} hộ."
    assert [n.value for n in find_numbers(text)] == [value]


@given(st.integers(0, 10**6), st.integers(1, 99))
def test_decimal_comma_reads_back(whole, cents):
    text = f"đạt {dotted(whole)},{cents:02} tấn"
    [number] = find_numbers(text)
    assert number.value == float(f"{whole}.{cents:02}") and not number.ambiguous


@given(st.integers(1, 999))
def test_words_read_back(value):
    said = spelled(value).split()
    assert number_words.read(said) == (value, len(said))


@given(st.integers(10, 999))
def test_words_in_a_sentence_read_back(value):
    text = f"hỗ trợ {spelled(value)} hộ"
    [number] = find_numbers(text)
    assert number.value == value and text[number.start : number.end] == spelled(value)


@given(st.integers(1, 999), st.integers(1, 999))
def test_magnitudes_add_up(billions, millions):
    text = f"kinh phí {billions} tỷ {millions} triệu đồng."
    [amount] = find_amounts(text)
    assert amount.amount_vnd == billions * 10**9 + millions * 10**6
    assert amount.text == f"{billions} tỷ {millions} triệu đồng"


@given(st.integers(1, 10**13))
def test_money_reads_back(value):
    [amount] = find_amounts(f"Mức chi: {dotted(value * 1000)} đồng/hộ/năm.")
    assert (amount.amount_vnd, amount.per_unit) == (value * 1000, "household")


@given(st.decimals(0, 100, places=2))
def test_percent_reads_back(value):
    written = f"{value:f}".replace(".", ",")
    [measure] = find_measures(f"tỷ lệ đạt {written}% vào cuối kỳ")
    assert (measure.value_min, measure.value_max, measure.unit) == (float(value), float(value), "percent")


ALPHABET = st.text(alphabet="0123456789.,/-%() \nđtrmuhêộxtỷệnăừlgkio", max_size=120)


@settings(max_examples=300)
@given(ALPHABET)
def test_any_text_is_read_without_harm(text):
    for number in find_numbers(text):
        assert 0 <= number.start < number.end <= len(text)
        assert text[number.start : number.end].strip() == text[number.start : number.end]
    for measure in find_measures(text):
        assert measure.start <= measure.number_start < measure.end <= len(text)
        assert "\n" not in text[measure.start : measure.end]
    for amount in find_amounts(text):
        assert amount.text in text[amount.start : amount.end + 1]
    for stretch in excluded(text):
        assert stretch.start < stretch.end


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("27.000 và 1.234,56 và 0,02", [27000, 1234.56, 0.02]),
        ("02 mô hình; 1,5 tấn; 1.5 tấn", [2, 1.5, 1.5]),
        ("½ số vốn, 2/3 số hộ", [0.5, pytest.approx(2 / 3)]),
        ("27 000 con gà", [27000]),
        ("02 (hai) cụm", [2]),
        ("mười lăm xã và hai mươi tư thôn", [15, 24]),
        ("một trăm linh năm hộ", [105]),
        ("ba nghìn rưỡi cây", [3500]),
        ("2 tỷ rưỡi", [2.5e9]),
        ("3 vạn cây, 5 chục con, 4 ngàn ha", [30000, 50, 4000]),
        ("mười năm qua, một năm sau", [10]),
        ("5-10%", [5, 10]),
        ("1.500 hộ, 2,125 tấn", [1500, 2.125]),
    ],
)
def test_numbers(text, values):
    assert [n.value for n in find_numbers(text)] == values


def test_open_grouping_is_marked():
    [number] = find_numbers("hỗ trợ 1,500 hộ")
    assert number.value == 1500 and number.ambiguous


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("giúp 12 500 hộ vay vốn", True),  # perhaps item 12, perhaps a number that lost its dot
        ("giúp 12 500 hộ, trong đó 3 000 hộ nghèo", False),
        ("giúp 12 500 hộ, trong đó 3 000 hộ nghèo và 1.200 hộ cận nghèo", True),
        ("Hộ vay vốn | hộ | 12 500", False),
        ("Hộ vay vốn | 12 500 | 14 200 |", False),
        ("Hộ vay vốn | 12 500 | 14.200", True),
        ("Hộ vay vốn 12 500 | 140", True),
        ("12 500", False),
    ],
)
def test_grouping_by_spaces_is_sure_in_a_cell_and_where_the_text_shows_it(text, open_):
    spaced = next(n for n in find_numbers(text) if n.value == 12500)
    assert spaced.ambiguous is open_
    [number] = find_numbers("còn 02 (ba) hộ")
    assert number.ambiguous


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 1722/QĐ-TTg",
        "Nghị quyết số 76/2014/QH13",
        "Chương trình số 07-CTr/TU",
        "Nghị quyết 30a/2008/NQ-CP",
        "ngày 15/4/2024 và tháng 5/2024",
        "giai đoạn 2021 - 2025",
        "từ 15 đến dưới 30 tuổi",
        "trẻ 3, 4, 5 tuổi",
        "Điều 12, khoản 3, Mục 2",
        "Dự án 2, 3 và 4",
        "Dự án 2,3,4",
        "điện thoại: 0912 345 678",
        "lúc 7 giờ 30 phút, trực 24/24",
        "Quốc lộ 18, QL5, Km12+300",
        "1.2. Mục tiêu",
        "dịch COVID-19, công nghiệp 4.0",
        "OCOP 4 sao",
    ],
)
def test_digits_that_count_nothing(text):
    assert find_numbers(text) == []


def test_exclusions_say_why():
    text = "trẻ từ 6 đến 14 tuổi"
    assert [e.reason for e in excluded(text)] == ["age"]


# text, comparator, min, max, unit, rate_period, change
MEASURES = [
    ("Giảm tỷ lệ hộ nghèo từ 2%/năm trở lên", "ge", 2, None, "percent", "year", "decrease"),
    ("giảm bình quân 1,5% trở lên/năm", "ge", 1.5, None, "percent", "year", "decrease"),
    ("tỷ lệ hộ nghèo giảm còn dưới 3%", "lt", None, 3, "percent", None, "reduce_to"),
    ("có trên 12.000 hộ thoát nghèo", "gt", 12000, None, "household", None, None),
    ("từ 70% - 80% thôn có đường bê tông", "range", 70, 80, "percent", None, None),
    ("trồng 05-07 ha", "range", 5, 7, "hectare", None, None),
    ("tăng từ 5% ÷ 8%", "range", 5, 8, "percent", None, "increase"),
    ("Hằng năm giảm 5 - 10% số vụ", "range", 5, 10, "percent", "year", "decrease"),
    ("tối thiểu mỗi xã có 01 mô hình", "ge", 1, 1, "model", None, None),
    ("không quá 30 người", "le", None, 30, "person", None, None),
    ("không dưới 95% hồ sơ", "ge", 95, None, "percent", None, None),
    ("dự kiến 450 lao động", "approx", 450, 450, "person", None, None),
    ("phấn đấu 90% số xã trở lên đạt chuẩn", "ge", 90, None, "percent", None, None),
    ("đưa tỷ lệ che phủ rừng lên 45%", "eq", 45, 45, "percent", None, "raise_to"),
    ("doanh thu gấp 2 lần", "eq", 2, 2, "times", None, "multiply"),
    ("giảm 0,5 điểm phần trăm", "eq", 0.5, 0.5, "percentage_point", None, "decrease"),
    ("triển khai trên 05 xã", "eq", 5, 5, "commune", None, None),
    ("Số lượng: 08 mô hình (dự án)", "eq", 8, 8, "model", None, None),
    ("duy trì 100% trạm y tế có bác sĩ", "eq", 100, 100, "percent", None, None),
    ("thu nhập đạt 65 triệu đồng/người/năm", "eq", 65e6, 65e6, "vnd", "year", None),
    ("đón 2,5 triệu lượt khách du lịch", "eq", 2.5e6, 2.5e6, "person", None, None),
    ("thành lập mới 3 cụm công nghiệp", "eq", 3, 3, "industrial_cluster", None, None),
]


@pytest.mark.parametrize(("text", "comparator", "low", "high", "unit", "rate", "change"), MEASURES)
def test_measures(text, comparator, low, high, unit, rate, change):
    measure = find_measures(text)[-1]
    high = None if comparator == "ge" else high
    assert (measure.comparator, measure.value_min, measure.value_max) == (comparator, low, high)
    assert (measure.unit, measure.rate_period, measure.change) == (unit, rate, change)


def test_baseline_and_turn():
    [measure] = find_measures("giảm từ 12,5% (năm 2021) xuống còn 9%")
    assert (measure.baseline_value, measure.value_min, measure.change) == (12.5, 9, "reduce_to")
    [measure] = find_measures("nâng từ 80% lên 95%")
    assert (measure.baseline_value, measure.value_min, measure.change) == (80, 95, "raise_to")


def test_of_a_share_of_a_whole_the_part_that_is_reached_counts():
    [measure] = find_measures("17/19 tiêu chí")
    assert (measure.value_min, measure.unit) == (17, "criterion")


@pytest.mark.parametrize("text", ["3 con đường", "20 tổ chức", "năm 2022 Căn cứ", "5 nhiệm kỳ", "100 dân tộc"])
def test_units_are_whole_nouns(text):
    assert find_measures(text) == [] or find_measures(text)[0].unit in ("task",)


AMOUNTS = [
    ("983.106 triệu đồng", 983_106_000_000, None, "eq"),
    ("1.280 tỷ đồng", 1_280_000_000_000, None, "eq"),
    ("kinh phí: 6 tỷ.", 6_000_000_000, None, "eq"),
    ("2 tý đồng", 2_000_000_000, None, "eq"),
    ("5 triêu đồng/hộ", 5_000_000, "household", "eq"),
    ("200 tr.đồng", 200_000_000, None, "eq"),
    ("1.490.000đ/người/tháng", 1_490_000, "person", "eq"),
    ("không quá 300 triệu đồng/dự án", 300_000_000, "project", "le"),
    ("20 - 30 triệu đồng", 30_000_000, None, "range"),
    ("50.000 USD", None, None, "eq"),
]


@pytest.mark.parametrize(("text", "amount", "per", "comparator"), AMOUNTS)
def test_amounts(text, amount, per, comparator):
    [found] = find_amounts(text)
    assert (found.amount_vnd, found.per_unit, found.comparator) == (amount, per, comparator)


@pytest.mark.parametrize(
    ("text", "quantity", "product"),
    [
        ("500 bao x 6.000đ/bao = 3.200.000đ", 500, 3_200_000),
        ("40 người x 900.000 đồng/người x 30% = 10.800.000 đồng", 12, 10_800_000),
        ("30% x 40 người x 900.000 đồng = 10.800.000 đồng", 12, 10_800_000),
    ],
)
def test_quantities_of_things_and_shares(text, quantity, product):
    norm = find_amounts(text)[0]
    assert (norm.quantity, norm.product) == (pytest.approx(quantity), product)


@pytest.mark.parametrize(
    ("text", "value", "ambiguous"),
    [
        ("tổng vốn 6,175 tỷ đồng", 6.175e9, True),
        ("giao 1.250 ha; tổng vốn\n6,175 tỷ đồng", 6.175e9, False),
        ("gồm 1,250,000 cây;\n6,175 tỷ đồng", 6175e9, True),
        ("đạt 99,125%", 99.125, False),
        ("hỗ trợ 6,175 hộ", 6175, True),
        ("chi 7.269,10 triệu đồng;\ngiảm 339,477 triệu đồng", 339_477_000, True),
        ("chi 7.269,10 triệu đồng;\ngiảm 339,400 triệu đồng", 339_400e6, True),
        ("chi 650,8 triệu đồng;\ngiảm 339,477 triệu đồng", 339_477e6, True),
    ],
)
def test_thousandths(text, value, ambiguous):
    number = find_numbers(text)[-1]
    assert (number.value, number.ambiguous) == (value, ambiguous)


def test_quantity_times_norm():
    norm, total = find_amounts("hỗ trợ 120 con x 15 triệu đồng/con = 1,8 tỷ đồng")
    assert (norm.quantity, norm.amount_vnd, norm.product) == (120, 15_000_000, 1_800_000_000)
    assert (total.amount_vnd, total.product_of) == (1_800_000_000, 15_000_000)


def test_unit_stated_once():
    text = "(Đơn vị tính: triệu đồng)\nNăm 2023: 1.250; năm 2024: 980,5"
    unit = unit_stated_once(text)
    assert [a.amount_vnd for a in find_amounts(text, default_unit=unit)] == [1_250_000_000, 980_500_000]


def test_a_place_is_no_magnitude():
    assert [a.amount_vnd for a in find_amounts("5 Triệu Phong; tỷ lệ 3 tỷ lệ")] == []


def test_rule_files_are_strict(tmp_path):
    (tmp_path / "units.csv").write_text("code,forms\nhousehold,hộ | hộ\n", encoding="utf-8")
    with pytest.raises(RuleFileError, match=r"units\.csv, line 2"):
        unit_forms(tmp_path)
    (tmp_path / "comparators.yaml").write_text("x: {code: most, place: before, forms: [rất]}\n", encoding="utf-8")
    with pytest.raises(RuleFileError, match=r"comparators\.yaml, rule 'x', key 'code'"):
        comparator_rules(tmp_path)
    (tmp_path / "number_words.csv").write_text("word,role,value\nmột,first,1\n", encoding="utf-8")
    with pytest.raises(RuleFileError, match=r"number_words\.csv, word 'một': unknown role 'first'"):
        number_words.load_number_words(tmp_path)


def test_long_runs_stay_linear():
    """No pattern goes back over a long run of look-alikes."""
    random.seed(1)
    for piece in ("1.", "1,", "12 ", "năm ", "từ 5% - ", "(1", "một ", "5/", "2 tỷ ", "hộ/"):
        text = piece * 4000
        find_measures(text)
        find_amounts(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("khoảng 1,2 nghìn tỷ đồng", 1_200_000_000_000),
        ("3 trăm triệu đồng", 300_000_000),
        ("2.400.000.000 đồng (Hai tỷ bốn trăm triệu đồng)", 2_400_000_000),
    ],
)
def test_risen_magnitudes_and_sums_said_twice(text, amount):
    assert [a.amount_vnd for a in find_amounts(text)] == [amount]


def test_rates_in_words_and_sums_put_in_the_place_of_others():
    [amount] = find_amounts("tối đa 10 triệu đồng một hộ")
    assert (amount.per_unit, amount.comparator) == ("household", "le")
    [amount] = find_amounts("điều chỉnh từ 173 tỷ đồng lên 208 tỷ đồng")
    assert amount.amount_vnd == 208 * 10**9


def test_a_share_is_no_count():
    assert find_measures("khoảng 2/3 số hộ và 1/5 hộ nghèo") == []
    [measure] = find_measures("giảm 1 - 1,5% tỷ lệ hộ nghèo mỗi năm")
    assert measure.rate_period == "year"


@pytest.mark.parametrize(
    ("start", "end", "holds"), [(0, 4, False), (0, 5, True), (5, 6, True), (6, 14, False), (6, 15, True)]
)
def test_a_stretch_of_a_text_holds_a_digit(start, end, holds):
    assert holds_digit("năm 20 hay là ½", start, end) is holds
