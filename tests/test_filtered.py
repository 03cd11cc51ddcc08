"""Filtered patterns give what the patterns alone give: of every pattern that the extractors hold, and of hard forms."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.extract import extract
from extractors.plan import Source
from schemas.filtered import Filtered, any_of_these

SAMPLE = Path(__file__).parent.parent / "data" / "raw" / "dong-lach-chuyen-doi-so-2023.txt"
FORMS = [
    # pattern, flags, its heads
    (r"(?<!\w)(?:dự án|mô hình)\s+\d", 0, ("dự án", "mô hình")),
    (r"[Dd]ự án", 0, ("Dự án", "dự án")),
    (r"(?:tiểu )?dự án", regex.I, ("dự án", "tiểu dự án")),
    (r"(?=d)dự|\bgiao cho", 0, ("dự", "giao cho")),
    (r"\s*dự án", 0, ()),
    (r"(?:dự án)*mô hình", 0, ("dự án", "mô hình")),
    (r"(?:dự ){2,3}án", 0, ("dự ",)),
    (r"(?-i:DỰ) án", regex.I, ("dự án",)),
    (r"(?i:dự) án", 0, ()),
    (r"\p{Lu}ự án", 0, ()),
    (r"d(?:ự|ư) án(?! mô)", 0, ("dư án", "dự án")),
    (r"a|dự", 0, ()),
]
CONDITIONS = [
    # pattern, a text in which it is looked for, one in which it is not
    (r"dự án \d", "một dự án nhỏ", "mô hình 3"),
    (r"dự án \d+ của xã", "xã 3 của dự án 4 của xã", "dự án 3 của huyện"),
    (r"(?:dự án|mô hình) (?:số|thứ) \d", "dự án thứ 3", "dự án 3"),
    (r"(?=.*huyện)dự án", "huyện có dự án", "xã có dự án"),
    (r"(?<=huyện )dự án", "dự án", "huyện"),
    (r"(?P<sub>tiểu )?(?(sub)dự án|mô hình)", "mô hình", "tiểu vùng"),
    (r"[:;] \d", "xong; hết", "xong, hết"),
    (r"(?:dự án )?\d", "mô hình", None),
    (r"dự án|\d", "mô hình", None),
]
PIECES = ["dự án", "Dự án", "DỰ", "dự ", "mô hình", "tiểu ", "giao cho", " ", "\n", "án", "a", "1", "d", "ư", "İ"]


def spans(matches) -> list[tuple[int, int]]:
    return [match.span() for match in matches]


@pytest.mark.parametrize(("pattern", "flags", "heads"), FORMS)
def test_beginnings_are_told_from_the_pattern(pattern: str, flags: int, heads: tuple[str, ...]) -> None:
    assert Filtered(pattern, flags).heads == heads


@pytest.mark.parametrize(("pattern", "text", "other"), CONDITIONS)
def test_a_pattern_is_not_looked_for_where_a_part_of_it_is_missing(pattern: str, text: str, other: str | None) -> None:
    for given_pattern, given_text in ((Filtered(pattern), text), (Filtered(pattern, regex.I), text.upper())):
        assert given_pattern.may_match(given_text)
        assert other is None or not given_pattern.may_match(other)


@pytest.mark.parametrize(("pattern", "flags"), [form[:2] for form in FORMS])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12), place=st.integers(0, 30), length=st.integers(0, 40))
def test_results_are_those_of_the_pattern_alone(
    pattern: str, flags: int, pieces: list[str], place: int, length: int
) -> None:
    text, filtered, plain = "".join(pieces), Filtered(pattern, flags), regex.compile(pattern, flags)
    place = min(place, len(text))
    for bounds in ((), (place,), (place, min(len(text), place + length))):
        assert spans(filtered.finditer(text, *bounds)) == spans(plain.finditer(text, *bounds))
        for method in ("search", "match"):
            one, other = getattr(filtered, method)(text, *bounds), getattr(plain, method)(text, *bounds)
            assert (one and one.span()) == (other and other.span())


JOINED = [
    (("dự án", "mô hình", "tiểu"), 0),
    (("dự", r"(?:tiểu )?dự án", r"án\b", r"(?<=a)\d"), 0),
    (("dự án", "dự án mô", r"mô hình|\d", " a"), regex.I),
    ((r"giao(?: cho)?", "cho", r"\s+dự", "a?", "tiểu"), regex.I),  # one of them may be empty
]


@pytest.mark.parametrize(("patterns", "flags"), JOINED)
@settings(deadline=None)  # patterns are compiled on the way
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12), place=st.integers(0, 30), length=st.integers(0, 40))
def test_joined_patterns_give_what_their_alternative_gives(
    patterns: tuple[str, ...], flags: int, pieces: list[str], place: int, length: int
) -> None:
    text, joined = "".join(pieces), any_of_these(patterns, flags)
    plain = regex.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)
    place = min(place, len(text))
    for bounds in ((), (place,), (place, min(len(text), place + length))):
        assert spans(joined.finditer(text, *bounds)) == spans(plain.finditer(text, *bounds))
        for method in ("search", "match"):
            one, other = getattr(joined, method)(text, *bounds), getattr(plain, method)(text, *bounds)
            assert (one and one.span()) == (other and other.span())


def test_every_pattern_of_the_extractors_gives_the_same_in_a_real_plan() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    extract(Source((text,)), "d0")
    patterns = {item.pattern: item for item in gc.get_objects() if isinstance(item, Filtered)}
    assert sum(bool(item.heads) for item in patterns.values()) > 300
    for item in patterns.values():
        assert spans(item.finditer(text)) == spans(item.compiled.finditer(text)), item.pattern
