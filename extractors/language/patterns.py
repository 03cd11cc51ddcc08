"""Places by token patterns: a unit word and the proper name after it (xã Đức Chính, huyện Cẩm Giàng).

The Matcher is asked only where a unit word with a capital or a number after it stands: over every token of a document
it would take longer than the rest of the pipeline together.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from extractors.language.spans import longest_first
from extractors.language.terms import Term, hits
from extractors.rule_files import flag, load_yaml_rules, one_of, texts
from schemas.folding import fold

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


class PatternMatcher:
    """The pipeline's component `kehoach_patterns`: `doc.spans["places"]`, label = level, id = rule."""

    def __init__(self, nlp: Language) -> None:
        self._matchers: dict[str, Matcher] = {}
        for rule, body in rules().items():
            self._matchers[rule] = Matcher(nlp.vocab)
            self._matchers[rule].add(
                rule, [p for unit in body["units"] for p in _patterns(unit, body)], greedy="LONGEST"
            )

    def __call__(self, doc: Doc) -> Doc:
        found = []
        for hit in hits(doc, "place"):
            following = doc[hit.end].text if hit.end < len(doc) else ""
            if following[:1].isupper() or following.isdigit():
                matches = self._matchers[hit.term.rule](doc[hit.start : hit.start + _REACH])
                ends = [end for _, start, end in matches if start == 0]
                if ends:
                    found.append(
                        Span(
                            doc,
                            hit.start,
                            hit.start + max(ends),
                            label=hit.term.label,
                            span_id=f"place.{hit.term.rule}",
                        )
                    )
        doc.spans["places"] = longest_first(found)
        return doc


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
