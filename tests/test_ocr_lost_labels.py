"""Labels of items that an engine left out, found on the picture before their lines; the order of lines; askew pages."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.ingest.ocr.lost_labels import with_lost_labels
from pipeline.ingest.ocr.order import in_order
from pipeline.ingest.ocr.upright import lean_of, upright
from pipeline.ingest.ocr.words import Reading, TextLine, Word

HIGH, LEFT, STEP = 40, 380, 90
TEXT = "Sở Y tế hướng dẫn các xã"


def line(top: int, *before: Word, text: str = TEXT, left: int = LEFT, block: int = 1) -> TextLine:
    """An item's words, each in its place, behind those that were read before it."""
    words = (Word(w, 0.96, left + STEP * n, top, left + STEP * n + 70, top + HIGH) for n, w in enumerate(text.split()))
    return TextLine((*before, *words), block)


def drawn(*lines: TextLine, ink: tuple[tuple[int, int, int, int], ...] = ()) -> np.ndarray:
    """A page with the words of lines as bars, and other ink: left, top, right, bottom."""
    page = np.full((900, 1200), 235, np.uint8)
    for found in lines:
        for word in found.words:
            page[word.top + 8 : word.bottom - 8, word.left : word.right] = 30
    for left, top, right, bottom in ink:
        page[top:bottom, left:right] = 30
    return page


class Strips:
    """Reads of a strip what it is told to, shelf by shelf; counts how often it is asked."""

    def __init__(self, *labels: str, sure: float = 0.93):
        self.labels, self.sure, self.asked = labels, sure, 0

    def __call__(self, picture: np.ndarray, dpi: int) -> Reading:
        self.asked += 1
        high = len(picture) / len(self.labels)
        tops = [round(high * n + high / 2) for n in range(len(self.labels))]
        words = (Word(said, self.sure, 26, y - 9, 48, y + 9) for said, y in zip(self.labels, tops, strict=True))
        return Reading(tuple(TextLine((word,), 1) for word in words))


def labels(lines: list[TextLine], picture: np.ndarray, strips: Strips) -> list[str]:
    found = with_lost_labels(Reading(tuple(lines)), picture, 250, strips).lines
    return [each.text.removesuffix(TEXT).strip() for each in found]


def test_a_dash_is_told_by_its_shape_and_costs_no_reading():
    items, strips = [line(100), line(200), line(300)], Strips("?")
    page = drawn(*items, ink=((340, 122, 353, 126), (340, 322, 353, 326)))
    assert labels(items, page, strips) == ["-", "", "-"]
    assert strips.asked == 0


def test_numbers_that_were_left_out_are_read_on_one_strip():
    items = [line(100), line(200), line(300)]
    page = drawn(*items, ink=((330, 108, 352, 132), (330, 208, 352, 232), (330, 308, 352, 332)))
    strips = Strips("1.", "2,", "3)")
    assert labels(items, page, strips) == ["1.", "2.", "3)"]
    assert strips.asked == 1


@pytest.mark.parametrize("remnant", [".", "..", "-", "-_", "Œ1."])
def test_what_was_left_of_a_number_gives_way_to_it(remnant):
    item = line(100, Word(remnant, 0.6, 346, 126, 351, 131))
    page = drawn(ink=((330, 108, 352, 132), (LEFT, 108, 900, 132)))
    assert labels([item], page, Strips("4.")) == ["4."]


@pytest.mark.parametrize(("said", "sure"), [("o.", 0.61), ("Ê", 0.9), ("1.", 0.3), ("12", 0.9), ("Mô", 0.96)])
def test_what_makes_no_label_surely_is_left_out(said, sure):
    item = line(100)
    page = drawn(item, ink=((330, 108, 352, 132),))
    assert labels([item], page, Strips(said, sure=sure)) == [""]


@pytest.mark.parametrize(
    "ink",
    [
        ((348, 60, 353, 200),),  # a ruler
        ((200, 108, 340, 132),),  # a word
        ((300, 108, 315, 132), (330, 108, 352, 132)),  # the end of words
        ((372, 108, 378, 132),),  # what touches the text
        ((120, 108, 142, 132),),  # too far
    ],
)
def test_other_ink_before_a_line_is_no_label(ink):
    item, strips = line(100), Strips("1.")
    assert labels([item], drawn(item, ink=ink), strips) == [""]
    assert strips.asked == 0


def test_a_label_that_was_read_is_read_once():
    known = line(100, Word("1.", 0.93, 330, 108, 352, 132))
    apart = TextLine((Word("2.", 0.9, 330, 208, 352, 232),), 7)
    strips = Strips("9.")
    lines = [known, line(200), apart]
    assert with_lost_labels(Reading(tuple(lines)), drawn(*lines), 250, strips).lines == tuple(lines)
    assert strips.asked == 0


def test_what_was_hardly_read_of_a_label_goes_when_the_label_is_known():
    apart = TextLine((Word("s", 0.1, 330, 108, 352, 132),), 7)
    item = line(100)
    assert labels([item, apart], drawn(item, ink=((330, 108, 352, 132),)), Strips("2.")) == ["2."]


def test_lines_of_one_column_stand_in_order():
    head, first, second = line(300, left=340), line(100), line(200)
    assert in_order([head, first, second]) == [first, second, head]


def test_columns_beside_each_other_stay_as_they_were_read():
    left = [line(top, left=100, text="UBND TỈNH") for top in (100, 160, 220)]
    right = [line(top, left=600, text="CỘNG HÒA") for top in (100, 160)]
    assert in_order([*left, *right]) == [*left, *right]
    assert in_order([*right, *left]) == [*right, *left]


def askew(lean: float, n: int = 8) -> list[TextLine]:
    """Lines of eight words of a page that is turned a little."""
    out = []
    for at in range(n):
        left, top = 200 - round(lean * 300 * at), 100 + 300 * at
        words = (Word("tỉnh", 0.9, left + 150 * k, top + round(lean * 150 * k), 0, 0) for k in range(9))
        out.append(TextLine(tuple(Word(w.text, 0.9, w.left, w.top, w.left + 90, w.top + 40) for w in words), 1))
    return out


@pytest.mark.parametrize("lean", [-0.01, 0.0, 0.012])
def test_the_margin_of_a_page_that_stands_askew_is_set_upright(lean):
    lines = upright(askew(lean))
    assert max(found.left for found in lines) - min(found.left for found in lines) <= 3


def test_few_lines_tell_no_lean():
    lines = askew(0.012, n=3)
    assert lean_of(lines) is None
    assert upright(lines) == lines
