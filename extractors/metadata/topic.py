"""Topic and national target programme of a plan, by weighted terms: the title weighs most."""

from __future__ import annotations

from extractors.metadata.rules import Programme, programmes, topic_terms
from schemas.filtered import Filtered
from schemas.folding import fold

THRESHOLD = 12
"""Below this sum no topic is told apart from `other`: less than one term of some weight in the title."""
TITLE_WEIGHT, SENTENCE_WEIGHT, BODY_MENTIONS = 10, 3, 3
BODY_CHARACTERS = 12000
PREAMBLE_WEIGHT = 3


def read_topic(title: str | None, sentence: str | None, body: str, preamble: str = "") -> str | None:
    """The topic code; `other` where another subject has the highest sum; None for a text without words.

    A title may name nothing but documents (`Thực hiện Kế hoạch số 5-KH/TU …`): what the preamble says of them counts
    where all else leaves the topic open.
    """
    if not (title or sentence or body.strip()):
        return None
    parts = fold(title or ""), fold(sentence or ""), fold(body[:BODY_CHARACTERS])
    whole = "\n".join(parts)
    sums = {
        code: sum(_score(*term, *parts) for term in terms if term[0].may_match(whole))
        for code, terms in topic_terms().items()
    }
    if max(sums.values()) < THRESHOLD and preamble:
        said = fold(preamble)
        for code, terms in topic_terms().items():
            sums[code] += PREAMBLE_WEIGHT * sum(weight for pattern, weight in terms if pattern.search(said))
    best = max(sums, key=lambda code: (sums[code], code != "other"))
    return best if sums[best] >= THRESHOLD else "other"


def _score(pattern: Filtered, weight: int, title: str, sentence: str, body: str) -> float:
    total = 0.0
    if pattern.search(title):
        total += TITLE_WEIGHT * weight
    if pattern.search(sentence):
        total += SENTENCE_WEIGHT * weight
    for count, _ in enumerate(pattern.finditer(body), start=1):
        total += weight / 3
        if count == BODY_MENTIONS:
            break
    return total


def read_programme(title: str | None, sentence: str | None, preamble: str, topic: str | None) -> Programme | None:
    """The programme that the plan carries out: named in title or issuing sentence, or, where the topic is the
    programme's own, among the legal bases."""
    for words in (title, sentence):
        if words and (found := _first(fold(words))):
            return found
    found = [p for p in programmes() if any(x.search(fold(preamble)) for x in p.patterns)]
    same = [p for p in found if p.topic == topic]
    return same[0] if same else None


def _first(folded: str) -> Programme | None:
    return next((p for p in programmes() if any(pattern.search(folded) for pattern in p.patterns)), None)
