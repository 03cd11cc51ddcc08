"""The marked text: whatever the places are, the text is the text, and each place holds its words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_reading import Page

from pipeline.pages.anchors import Span, document_page, place_of, safe
from pipeline.pages.marks import DEEPEST, Open, Point, Words, marked, steps
from pipeline.visible import visible

TEXT = "Kế hoạch <b> & \"ngoặc\" 'đơn'\n| 5 % | ≥ 3 |\tcuối"


@st.composite
def places(draw):
    text = draw(st.text(st.characters(codec="utf-8"), max_size=60) | st.just(TEXT))
    ends = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=30))
    points = draw(st.dictionaries(st.integers(0, max(0, len(text) - 1)), st.just(""), max_size=5)) if text else {}
    spans = [Span(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
    return text, spans, {at: [f"s-{number}", f"t-{number}"] for number, at in enumerate(points)}


def check(text, spans, points=None):
    shown = marked(text, spans, points or {})
    html = str(shown.html)
    assert re.sub(r"<[^>]*>", "", html).count("<") == 0
    read = Page(html)
    assert read.text == visible(text)
    for span in set(spans):
        words = visible(text[span.start : span.end])
        assert read.after(span.name).startswith(words)
        parts = [e.text for e in read.elements if span.name in (e.attributes.get("id"), e.attributes.get("class"))]
        assert "".join(parts) == words or not parts[0]
        assert (len(parts) > 1) == (span in shown.cut)
    for at, names in (points or {}).items():
        assert all(read.after(name) == visible(text[at:]) for name in names)
    return shown, read


@given(places())
def test_the_text_is_the_text_and_each_place_holds_its_words(given_places):
    check(*given_places)


@given(places())
def test_a_click_on_words_shows_every_place_that_they_lie_in(given_places):
    text, spans, points = given_places
    shown, _ = check(text, spans, points)
    for step in steps(spans, len(text)):
        if isinstance(step, Words):
            covering = {span for span in spans if span.start <= step.start and step.end <= span.end}
            assert bool(step.within) == bool(covering)
            if covering:
                listed = {step.within[-1], *shown.around.get(step.within[-1], [])}
                assert covering <= listed | {deep for span in listed for deep in shown.held.get(span, [])}


def test_places_in_each_other_nest_and_those_that_cross_are_cut():
    text = "một hai ba bốn năm"
    shown, read = check(text, [Span(0, 7), Span(4, 7), Span(4, 10)])
    assert shown.cut == [Span(4, 7)] or shown.cut == [Span(4, 10)]
    assert read.of("w0-7").text == "một hai"


def test_very_many_places_in_each_other_stay_shallow():
    text = "x" * 4_000
    nested = [Span(at, 4_000 - at) for at in range(1_900)]
    crossing = [Span(at, 2_000 + at) for at in range(1_900)]
    for spans in (nested, crossing):
        taken = list(steps(spans, len(text)))
        depth = deepest = 0
        for step in taken:
            depth += isinstance(step, Open) - (type(step).__name__ == "Close")
            deepest = max(deepest, depth)
        assert deepest == DEEPEST
        assert sum(isinstance(step, Open | Point) for step in taken) <= len(spans) * (DEEPEST + 1)
        shown, _ = check(text, spans)
        held = {span for some in shown.held.values() for span in some}
        assert held and held <= set(spans)


def test_what_cannot_be_seen_is_shown_and_nothing_moves():
    text = "a\x00b\u202ec\u2066d\x1b[31m\ue000\u200b\ufeffe\r\n\tf"
    shown = visible(text)
    assert len(shown) == len(text) and shown.startswith("a\ufffdb\ufffdc")
    assert not set(shown) & set("\x00\u202e\u2066\x1b\ue000\u200b\ufeff\r")
    assert visible("Ủy ban\nnhân dân\tỷ lệ ≥ 5 %") == "Ủy ban\nnhân dân\tỷ lệ ≥ 5 %"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "", ".", "..", "x" * 300, "a b", 'a"b', "A.", "\ud800"])
def test_no_id_makes_a_file_name_of_its_own(name):
    assert re.fullmatch(r"_[0-9a-f]{24}", safe(name))
    assert document_page(name).count("/") == 1


def test_ids_of_a_run_stay_as_they_are():
    assert document_page("d0123456789abcdef") == "van-ban/d0123456789abcdef.html"


@pytest.mark.parametrize(
    ("start", "end", "quote"), [(None, None, None), (0, 99, "một"), (-1, 2, "m"), (0, 3, "hai"), (2, 2, "")]
)
def test_a_row_whose_quote_is_not_there_has_no_place(start, end, quote):
    assert place_of({"char_start": start, "char_end": end, "quote": quote}, "một hai") is None
