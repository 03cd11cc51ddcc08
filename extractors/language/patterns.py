"""Places by token patterns: a unit word and the proper name after it (xã Đức Chính, huyện Cẩm Giàng)."""

from __future__ import annotations

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from extractors.language.spans import longest_first
from extractors.rule_files import load_yaml_rules, one_of, texts
from schemas.folding import fold

_CAPITALISED = ("X", "Xx", "Xxx", "Xxxx", "Xxxxx", "XX", "XXX", "XXXX")
LEVELS = ("province", "district", "commune", "village")


class PatternMatcher:
    """The pipeline's component `kehoach_patterns`: `doc.spans["places"]`, label = level, id = rule."""

    def __init__(self, nlp: Language) -> None:
        self._matcher = Matcher(nlp.vocab)
        self._levels: dict[int, tuple[str, str]] = {}
        rules = load_yaml_rules("place_units.yaml", {"level": one_of(*LEVELS), "units": texts}, {"not_names": texts, "numbered": bool})
        for rule, body in rules.items():
            key = f"place.{rule}"
            self._matcher.add(key, [p for unit in body["units"] for p in _patterns(unit, body)], greedy="LONGEST")
            self._levels[nlp.vocab.strings[key]] = (body["level"], key)

    def __call__(self, doc: Doc) -> Doc:
        found = []
        for key, start, end in self._matcher(doc):
            level, rule = self._levels[key]
            found.append(Span(doc, start, end, label=level, span_id=rule))
        doc.spans["places"] = longest_first(found)
        return doc


def _patterns(unit: str, body: dict) -> list[list[dict]]:
    """Token patterns of a unit word: with a name of one to four capitalised syllables, or with a number ("phường 5")."""
    head = [{"NORM": word} for word in fold(unit).split()]
    name = {"SHAPE": {"IN": list(_CAPITALISED)}, "NORM": {"NOT_IN": [fold(w) for w in body.get("not_names", ())]}}
    syllable = {"SHAPE": {"IN": list(_CAPITALISED)}}
    hyphen = {"ORTH": "-"}
    patterns = [[*head, name, {**syllable, "OP": "{0,3}"}], [*head, name, syllable, hyphen, syllable, {**syllable, "OP": "?"}]]
    if body.get("numbered"):
        patterns.append([*head, {"SHAPE": {"IN": ["d", "dd"]}}])
    return patterns
