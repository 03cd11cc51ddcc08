"""Topic and national target programme of a plan, by weighted terms: the title weighs most."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.cues import cues
from extractors.metadata.rules import Programme, programmes, topic_terms
from schemas.folding import fold

THRESHOLD = 12
"""Below this sum no topic is told apart from `other`: less than one term of some weight in the title."""
TITLE_WEIGHT, SENTENCE_WEIGHT, BODY_MENTIONS = 10, 3, 3
BODY_CHARACTERS = 12000
PREAMBLE_WEIGHT = 3
JOINS_SUBJECT = cues("metadata_cues.yaml")["joins_subject"]
OPENS_SUBJECT = cues("metadata_cues.yaml")["opens_subject"]
OPENING_WEIGHT = 4
"""Of a term with which a title opens, from which on it tells the topic alone."""
WORD = re.compile(r"\w+")


def read_topic(title: str | None, sentence: str | None, body: str, preamble: str = "") -> str | None:
    """The topic code; `other` where another subject has the highest sum; None for a text without words.

    A title may name nothing but documents (`Thực hiện Kế hoạch số 5-KH/TU …`): what the preamble says of them counts
    where all else leaves the topic open.
    """
    if not (title or sentence or body.strip()):
        return None
    main, beside = subjects(title or "")
    parts = [_spaced(main), _spaced(f"{sentence or ''} {beside}"), _spaced(body[:BODY_CHARACTERS])]
    known = frozenset().union(*map(_words, parts))
    sums = {
        code: sum(_score(term, weight, *parts) for first, term, weight in terms if not first or first in known)
        for code, terms in _by_first_word().items()
    }
    if max(sums.values()) < THRESHOLD and preamble:
        said = _spaced(preamble)
        for code, terms in topic_terms().items():
            sums[code] += PREAMBLE_WEIGHT * sum(weight * _mentions(term, said, 1) for term, weight in terms)
    best = max(sums, key=lambda code: (sums[code], code != "other"))
    if best == "other" and (opened := opened_with(parts[0])):
        return opened
    return best if sums[best] >= THRESHOLD else "other"


def opened_with(title: str) -> str | None:
    """The topic with whose weighty term a title opens, of which the rest only tells where it is carried on (`Chuyển đổi
    số trong ngành giao thông vận tải`)."""
    opening = OPENS_SUBJECT.match(title)
    words = title[opening.end() :] if opening else title
    first = _first_word(words)
    opens = [
        (len(term), code, weight)
        for code, terms in _by_first_word().items()
        for begins, term, weight in terms
        if begins == first and words.startswith(term) and not _is_letter(words[len(term) : len(term) + 1])
    ]
    _, code, weight = max(opens, default=(0, None, 0))
    return code if weight >= OPENING_WEIGHT else None


@cache
def _by_first_word() -> dict[str, tuple[tuple[str, str, int], ...]]:
    """The terms of each topic with the word that each begins with, empty where it begins with a sign: most of them are
    left out for it."""
    return {
        code: tuple((_first_word(term), term, weight) for term, weight in terms)
        for code, terms in topic_terms().items()
    }


@cache
def _first_word(term: str) -> str:
    """The word that a term begins with; empty where it begins with a sign."""
    return first[0] if (first := WORD.match(term)) else ""


def subjects(title: str) -> tuple[str, str]:
    """The title's own subject and what it is joined to (`Xây dựng nông thôn mới gắn với giảm nghèo`), which says less;
    all of a title whose own subject no term names."""
    joint = JOINS_SUBJECT.search(title)
    main = title[: joint.start()] if joint else title
    spaced = _spaced(main)
    named = any(_mentions(term, spaced, 1) for terms in topic_terms().values() for term, _ in terms)
    return (main, title[joint.end() :]) if joint and named else (title, "")


def _spaced(text: str) -> str:
    """The text as terms are written: folded, with single spaces."""
    return " ".join(fold(text).split())


def _score(term: str, weight: int, title: str, sentence: str, body: str) -> float:
    """What a term adds to its topic."""
    return weight * (
        TITLE_WEIGHT * _mentions(term, title, 1)
        + SENTENCE_WEIGHT * _mentions(term, sentence, 1)
        + _mentions(term, body, BODY_MENTIONS) / 3
    )


def _mentions(term: str, text: str, most: int) -> int:
    """How often a term stands in a text as whole words, counted up to `most`."""
    first = _first_word(term)
    if first and first not in _words(text):
        return 0
    count, at = 0, text.find(term)
    while at >= 0 and count < most:
        count += not _is_letter(text[at - 1 : at]) and not _is_letter(text[at + len(term) : at + len(term) + 1])
        at = text.find(term, at + 1)
    return count


@lru_cache(maxsize=8)
def _words(text: str) -> frozenset[str]:
    """The different words of a text: what a term may begin with. Most stand there more than once."""
    return frozenset(WORD.findall(" ".join(set(text.split()))))


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def read_programme(title: str | None, sentence: str | None, preamble: str, topic: str | None) -> Programme | None:
    """The programme that the plan carries out: named in title or issuing sentence, or, where the topic is the
    programme's own, among the legal bases."""
    for words in (title, sentence):
        if words and (found := _first(fold(words))):
            return found
    folded = fold(preamble)
    found = [p for p in programmes() if any(x.search(folded) for x in p.patterns)]
    same = [p for p in found if p.topic == topic]
    return same[0] if same else None


def _first(folded: str) -> Programme | None:
    return next((p for p in programmes() if any(pattern.search(folded) for pattern in p.patterns)), None)
