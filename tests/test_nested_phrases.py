"""Phrases put into one pattern by their shared words match what the alternative of them matches, longest first."""

import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.nested_phrases import nested

WORDS = ["kè", "kênh", "mương", "đê", "cống", "k"]
phrases = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), min_size=1, max_size=12)


def test_each_word_is_written_once_behind_the_words_before_it():
    assert nested([["kênh"], ["kênh", "mương"], ["kênh", "đê"], ["kè"]], " ") == "(?:kênh(?: (?:mương|đê))?|kè)"


@settings(deadline=None)  # patterns are compiled on the way
@given(forms=phrases, text=st.lists(st.sampled_from(WORDS), max_size=12))
def test_matches_are_those_of_the_alternative(forms: list[list[str]], text: list[str]):
    longest_first = sorted({" ".join(form) for form in forms}, key=lambda form: (-len(form), form))
    alternative = regex.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
    told = regex.compile(rf"(?<!\w){nested(forms, ' ')}(?!\w)")
    line = " ".join(text)
    assert [m.span() for m in told.finditer(line)] == [m.span() for m in alternative.finditer(line)]
