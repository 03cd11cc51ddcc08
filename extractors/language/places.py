"""Places by token patterns: a unit word and the proper name after it (xã Đức Chính, huyện Cẩm Giàng).

The Matcher is asked only where a unit word with a capital or a number after it stands: over every token of a document
it would take longer than the rest of the pipeline together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.language.spans import TermSpan, longest_first, span_of
from extractors.language.terms import Term, TermMatcher
from extractors.language.words import Words
from extractors.rule_files import flag, load_yaml_rules, one_of, texts
from schemas.folding import fold

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

_CAPITALISED = ("X", "Xx", "Xxx", "Xxxx", "Xxxxx", "XX", "XXX", "XXXX")
LEVELS = ("province", "district", "commune", "village")


_REACH = 8  # tokens from a unit word to the end of the longest name


def rules() -> dict[str, dict]:
    """The rules of `place_units.yaml` by name."""
    return load_yaml_rules(
        "place_units.yaml", {"level": one_of(*LEVELS), "units": texts}, {"not_names": texts, "numbered": flag}
    )


def terms() -> Iterator[tuple[Term, str]]:
    """The unit words."""
    for rule, body in rules().items():
        for unit in body["units"]:
            yield Term("place", body["level"], rule), unit


class PlaceMatcher:
    """Finds places in a Doc; label: their level, id: the rule."""

    def __init__(self, nlp: Language) -> None:
        from spacy.matcher import Matcher

        self._terms = TermMatcher(terms())
        self._matchers: dict[str, Matcher] = {}
        for rule, body in rules().items():
            self._matchers[rule] = Matcher(nlp.vocab)
            self._matchers[rule].add(
                rule, [p for unit in body["units"] for p in _patterns(unit, body)], greedy="LONGEST"
            )

    def find(self, doc: Doc, words: Words) -> list[TermSpan]:
        """The places of a Doc, whose words are given with it."""
        found = []
        for hit in self._terms.find(words.norms).get("place", []):
            if words.capital(hit.end) or (words.number(hit.end) and words.words[hit.end].isdigit()):
                matches = self._matchers[hit.term.rule](doc[hit.start : hit.start + _REACH])
                ends = [end for _, start, end in matches if start == 0]
                if ends:
                    label, rule = hit.term.label, f"place.{hit.term.rule}"
                    found.append(span_of(words, hit.start, hit.start + max(ends), label, rule))
        return longest_first(found)


def _patterns(unit: str, body: dict) -> list[list[dict]]:
    """Token patterns of a unit word with a name of one to four capitalised syllables, or a number ("phường 5")."""
    head = [{"NORM": word} for word in fold(unit).split()]
    name = {"SHAPE": {"IN": list(_CAPITALISED)}, "NORM": {"NOT_IN": [fold(w) for w in body.get("not_names", ())]}}
    syllable = {"SHAPE": {"IN": list(_CAPITALISED)}}
    hyphen = {"ORTH": "-"}
    patterns = [
        [*head, name, {**syllable, "OP": "{0,3}"}],
        [*head, name, syllable, hyphen, syllable, {**syllable, "OP": "?"}],
    ]
    patterns.append([*head, name, {**syllable, "OP": "?"}, {"NORM": "'"}, {"IS_ALPHA": True}])  # Ea H'leo
    if body.get("numbered"):
        patterns.append([*head, {"SHAPE": {"IN": ["d", "dd"]}}])
    return patterns
