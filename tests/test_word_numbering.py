"""Automatic numbers of Word documents: lists, levels, styles and the forms of numbers."""

from __future__ import annotations

import pytest
from word_builder import OUTLINE, Builder, level
from word_reading import labels, lines

from pipeline.ingest.numbering import format_number


def test_levels_count_and_start_anew_below_each_other():
    made = Builder(*OUTLINE)
    for at in (0, 1, 2, 2, 1, 2, 3, 3, 0, 1):
        made.item("mục", at)
    assert labels(made) == ["I.", "1.", "a)", "b)", "2.", "a)", "-", "-", "II.", "1."]


def test_patterns_show_the_numbers_above():
    made = Builder(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2.%3"))
    for at in (0, 1, 2, 2, 0, 1, 2):
        made.item("mục", at)
    assert labels(made) == ["1.", "1.1.", "1.1.1", "1.1.2", "2.", "2.1.", "2.1.1"]


def test_a_level_without_one_above_shows_where_that_starts():
    made = Builder(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2"))
    for at in (1, 1, 0):
        made.item("mục", at)
    assert labels(made) == ["I.1", "I.2", "I."]


def test_legal_numbering_and_starts():
    made = Builder(level(0, "upperRoman", "Phần %1", start=3), level(1, "decimal", "%1.%2.", more="<w:isLgl/>"))
    for at in (0, 1, 0):
        made.item("mục", at)
    assert labels(made) == ["Phần III", "3.1.", "Phần IV"]


def test_lists_of_one_definition_count_on_and_overrides_start_anew():
    made = Builder(*OUTLINE)
    second = made.add_list(like=1)
    third = made.add_list(like=1, overrides='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    for of in (1, 1, second, third, third):
        made.item("mục", 0, of)
    assert labels(made) == ["I.", "II.", "III.", "I.", "II."]


def test_an_override_may_change_the_form():
    made = Builder(*OUTLINE)
    other = made.add_list(
        like=1, overrides=f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1.", start=2)}</w:lvlOverride>'
    )
    made.item("mục", 0, other)
    assert labels(made) == ["B."]


def test_a_level_may_go_on_below_another():
    made = Builder(level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>'))
    for at in (0, 1, 1, 0, 1):
        made.item("mục", at)
    assert labels(made) == ["I.", "1.", "2.", "II.", "3."]


def test_styles_carry_lists_and_are_based_on_each_other():
    made = Builder(
        level(0, "upperRoman", "%1.", more='<w:pStyle w:val="Chuong"/>'),
        level(1, "decimal", "%2.", more='<w:pStyle w:val="Muc"/>'),
    )
    made.style("Chuong", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    made.style("Muc", '<w:basedOn w:val="Chuong"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    made.style("MucCon", '<w:basedOn w:val="Muc"/>')
    for name in ("Chuong", "Muc", "MucCon", "Chuong"):
        made.add("mục", style=name)
    without = made.item("không số", 0, 0, style="Chuong")
    assert without.text == "không số"
    assert lines(made) == ["I. mục", "1. mục", "2. mục", "II. mục", "không số"]


def test_a_style_may_name_its_level_and_leave_the_list_to_the_style_below():
    made = Builder(level(0, "upperRoman", "%1."), level(1, "decimal", "%2."))
    made.style("Chuong", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    made.style("Muc", '<w:basedOn w:val="Chuong"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>')
    for style in ("Chuong", "Muc", "Muc", "Chuong", "Muc"):
        made.add("mục", style=style)
    assert labels(made) == ["I.", "1.", "2.", "II.", "1."]


def test_styles_that_go_in_a_circle_end():
    made = Builder()
    made.style("A", '<w:basedOn w:val="B"/>')
    made.style("B", '<w:basedOn w:val="A"/>')
    made.add("mục", style="A")
    assert lines(made) == ["mục"]


def test_list_styles_are_followed():
    made = Builder(*OUTLINE)
    made.style("DanhSach", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', "numbering")
    linked = made.add_list(more='<w:numStyleLink w:val="DanhSach"/>')
    made.item("mục", 0, linked)
    assert labels(made) == ["I."]


def test_empty_paragraphs_count_and_say_nothing():
    made = Builder(*OUTLINE)
    for text in ("mục", "", "mục"):
        made.item(text, 0)
    assert labels(made) == ["I.", "III."]


@pytest.mark.parametrize(
    ("sign", "shown"),
    [("-", "-"), ("+", "+"), ("–", "–"), ("•", "•"), ("\uf0b7", "•"), ("\uf02d", "-"), ("o", "•"), ("\uf0a7", "•")],
)
def test_bullets(sign, shown):
    made = Builder(level(0, "bullet", sign))
    made.item("mục")
    assert labels(made) == [shown]


@pytest.mark.parametrize(
    ("number", "form", "custom", "shown"),
    [
        (4, "upperRoman", "", "IV"),
        (1999, "lowerRoman", "", "mcmxcix"),
        (5000, "upperRoman", "", "5000"),
        (26, "lowerLetter", "", "z"),
        (28, "lowerLetter", "", "bb"),
        (10**8, "lowerLetter", "", "100000000"),
        (3, "decimalZero", "", "03"),
        (7, "none", "", ""),
        (7, "custom", "001, 002, 003, ...", "007"),
        (5, "custom", "a, b, c, d, đ, e", "đ"),
        (7, "custom", "a, b, c, d, đ, e", "g"),
        (2, "vietnameseCounting", "", "hai"),
        (4, "chineseCounting", "", "4"),
    ],
)
def test_number_forms(number, form, custom, shown):
    assert format_number(number, form, custom) == shown
