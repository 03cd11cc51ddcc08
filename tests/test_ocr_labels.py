"""Numbers and dashes of items that stand apart from their text on a scan."""

from __future__ import annotations

import pytest

from pipeline.ingest.ocr.item_labels import with_labels
from pipeline.ingest.ocr.layout import page_text
from pipeline.ingest.ocr.table_text import text_of
from pipeline.ingest.ocr.words import Reading, TextLine, Word

HIGH, PITCH = 34, 100
TEXT = "Sở Y tế hướng dẫn"


def line(top: int, *words: tuple[str, int, int], block: int = 1, sure: float = 0.9, text: str = TEXT) -> TextLine:
    """Words from and to such places, and the text of the item behind them."""
    told = [Word(said, sure, left, top, right, top + HIGH) for said, left, right in words]
    body = (
        [Word(w, 0.96, 380 + 90 * n, top, 450 + 90 * n, top + HIGH) for n, w in enumerate(text.split())] if text else []
    )
    return TextLine((*told, *body), block)


def flat(top: int, said: str, sure: float = 0.4) -> Word:
    """A mark with the shape of a dash before the text of a line."""
    return Word(said, sure, 336, top + 18, 349, top + 22)


def listed(*labels: str) -> list[TextLine]:
    """Items with such labels, one below the other, an empty one for no label."""
    return [line(200 + PITCH * n, *([(said, 320, 348)] if said else [])) for n, said in enumerate(labels)]


def said(lines: list[TextLine]) -> list[str]:
    return [found.text.removesuffix(f" {TEXT}") for found in with_labels(lines)]


@pytest.mark.parametrize(
    ("read", "written"),
    [
        (["1.", "9.", "G2.", "4."], ["1.", "2.", "3.", "4."]),
        (["3.", "o.", "œ.", "6."], ["3.", "4.", "5.", "6."]),
        (["1.", ".", "3."], ["1.", "2.", "3."]),
        (["7..", "8."], ["7.", "8."]),
        (["1.", "2.", "1.", "2.", "3."], ["1.", "2.", "1.", "2.", "3."]),
        (["1.", "2.", "4.", "5."], ["1.", "2.", "4.", "5."]),
        (["1.", "9.", "6."], ["1.", "9.", "6."]),
        (["G2.", "o."], ["G2.", "o."]),
    ],
)
def test_a_number_is_told_by_those_before_and_behind_and_never_guessed(read, written):
    assert said(listed(*read)) == written


def test_a_number_in_a_block_of_its_own_joins_its_text():
    apart = [line(200, ("1.", 320, 348)), line(300, (".", 341, 347)), line(400, ("3.", 320, 348))]
    number = line(302, ("9", 316, 336), block=7, text="")
    assert said([*apart, number]) == ["1.", "2.", "3."]
    assert len(with_labels([*apart, number])) == 3


def test_a_number_that_stands_beside_no_text_stays_where_it_is():
    page_number = line(60, ("2", 800, 820), text="")
    far = line(320, ("4", 60, 80), text="")
    below = line(360, ("5", 316, 336), text="")
    lines = [page_number, line(300), far, below]
    assert [found.text for found in with_labels(lines)] == ["2", TEXT, "4", "5"]


def test_words_of_a_paragraph_are_no_labels():
    plain = [TextLine((Word("a.", 0.9, 360, 200 + at, 371, 234 + at), *line(200 + at).words), 1) for at in (0, 100)]
    assert [found.words[0].text for found in with_labels(plain)] == ["a.", "a."]


@pytest.mark.parametrize("read", ["-", "-.", "-_", "_", ".."])
def test_a_mark_that_has_the_shape_of_a_dash_is_one(read):
    item = TextLine((flat(300, read), *line(300).words), 1)
    ghost = Word("_", 0.45, 352, 290, 366, 350)
    (found,) = with_labels([item])
    (haunted,) = with_labels([TextLine((flat(300, read), ghost, *line(300).words), 1)])
    assert [w.text for w in found.words[:2]] == [w.text for w in haunted.words[:2]] == ["-", "Sở"]
    assert found.words[0].confidence >= 0.5


def test_specks_and_points_are_no_dashes():
    speck = Word(".", 0.3, 340, 314, 346, 320)
    (found,) = with_labels([TextLine((speck, *line(300).words), 1)])
    assert found.words[0].text == "."


@pytest.mark.parametrize(
    ("read", "cell"), [("'Tổng số", "Tổng số"), ("‘Năm 2025", "Năm 2025"), ("d'Alençon", "d'Alençon")]
)
def test_a_cell_opens_with_no_bit_of_a_ruler(read, cell):
    words = tuple(Word(word, 0.9, 100 * n, 10, 100 * n + 80, 40) for n, word in enumerate(read.split()))
    assert text_of([TextLine(words, 1)]) == cell


def test_two_dashes_between_words_are_one():
    told = line(100, ("Lao", 120, 180), ("động", 190, 260), ("–", 270, 290), ("-", 292, 300), text="Thương binh")
    assert page_text(Reading((told,))).strip() == "Lao động – Thương binh"


@pytest.mark.parametrize("first", ["10", "2,0"])
def test_a_range_at_the_head_of_a_line_keeps_its_dash(first):
    told = line(100, (first, 120, 160), ("-", 172, 184), ("15", 196, 230), text="con")
    assert with_labels([told])[0].text == f"{first} - 15 con"


def test_what_is_no_label_joins_a_text_only_where_a_point_is_left_before_it():
    apart = line(302, ("bc", 316, 336), block=7, text="")
    assert [found.text for found in with_labels([line(300), apart])] == [TEXT, "bc"]


def test_a_mark_that_was_read_as_nothing_is_no_label():
    lines = [line(200 + PITCH * n, ("", 320, 348)) for n in range(3)]
    assert with_labels(lines) == lines
