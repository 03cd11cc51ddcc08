"""What a target measures: rules over the words of its clause (`indicator_rules.yaml`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from extractors.cues import cues
from extractors.rule_files import RuleFileError, flag, load_yaml_rules, one_of, phrases, texts
from schemas.filtered import Filtered, filtered
from schemas.folding import fold
from schemas.nested_phrases import nested
from schemas.vocabulary import indicators

CUES = cues("indicator_cues.yaml")
BLANK = regex.escape(" ")
ANY_WORD = ""
SURE, LOOSE = 0.9, 0.6
_MARKS = ",;:/()[]\"'*-"
_MISREAD_RATE = CUES["rate_misspelt"]
_RATIO = CUES["ratio_spelling"]
_WORD = regex.compile(r"\w+")
_OWN_SUBJECT = CUES["own_subject"]
_OWN_TASK = CUES["own_task"]


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """A rule, its phrases compiled: every pattern of `wanted` occurs, `barred` does not.

    `told`: for each pattern of `wanted` words of which one must stand in the text (None: that cannot be said).
    """

    name: str
    code: str
    wanted: tuple[Filtered, ...]
    told: tuple[frozenset[str] | None, ...]
    barred: Filtered | None
    unit: frozenset[str]
    direction: frozenset[str]
    topic: frozenset[str]
    loose: bool

    def strength(self, words: str, known: set[str]) -> int:
        """How many characters of the words speak for the indicator; 0 where the rule does not hold. `known`: the
        different words among them."""
        for told in self.told:
            if told is not None and told.isdisjoint(known):
                return 0
        if self.barred and self.barred.search(words):
            return 0
        found = [max((len(m[0]) for m in p.finditer(words)), default=0) for p in self.wanted]
        return sum(found) if all(found) else 0


def _groups(value: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list) or not value:
        raise ValueError("a list of groups of phrases is expected")
    return tuple(phrases(group) for group in value)


@cache
def rules() -> tuple[IndicatorRule, ...]:
    """The rules in file order. Raises RuleFileError, naming the rule, also where its code is no indicator."""
    optional = {"none": phrases, "direction": texts, "topic": texts, "loose": flag}
    loaded = load_yaml_rules("indicator_rules.yaml", {"all": _groups, "unit": texts}, optional)
    made = []
    for name, rule in loaded.items():
        code = name.partition("#")[0]
        try:
            one_of(*indicators())(code)
        except ValueError as error:
            raise RuleFileError(f"indicator_rules.yaml, rule {name!r}: no indicator has this code: {error}") from error
        made.append(
            IndicatorRule(
                name,
                code,
                tuple(_compile(group) for group in rule["all"]),
                tuple(_telling(group) for group in rule["all"]),
                _compile(rule["none"]) if "none" in rule else None,
                *(frozenset(rule.get(key, ())) for key in ("unit", "direction", "topic")),
                rule.get("loose", False),
            )
        )
    return tuple(made)


def rules_for(words: set[str]) -> Iterator[IndicatorRule]:
    """The rules that may hold where these words stand, in file order: most are left out for their first group."""
    by_word = _rules_by_word()
    numbers = {number for word in words if word in by_word for number in by_word[word]}
    return map(rules().__getitem__, sorted(numbers.union(by_word[ANY_WORD])))


@cache
def _rules_by_word() -> dict[str, list[int]]:
    """The numbers of the rules by the words of which their first group tells that one must stand in the text."""
    by_word: dict[str, list[int]] = {ANY_WORD: []}
    for number, rule in enumerate(rules()):
        for word in rule.told[0] or (ANY_WORD,):
            by_word.setdefault(word, []).append(number)
    return by_word


def _compile(group: tuple[str, ...]) -> Filtered:
    return filtered(rf"(?<!\w){nested((regex.escape(_key(phrase)).split(BLANK) for phrase in group), BLANK)}(?!\w)")


def _telling(group: tuple[str, ...]) -> frozenset[str] | None:
    """The longest word of each phrase: no phrase stands where none of them does."""
    words = [_WORD.findall(_key(phrase)) for phrase in group]
    return frozenset(max(found, key=len) for found in words) if all(words) else None


_PERCENTAGE = regex.compile(r"\d[\d.,]*\s?%")
"""What may stand between a verb and what it changes: `giảm 0,8% hộ nghèo`."""


def _key(text: str) -> str:
    """The words as they are compared: folded, one spelling of "tỷ", marks and blanks as one blank."""
    folded = fold(text)
    for mark in _MARKS:
        folded = folded.replace(mark, " ")
    words = " ".join(folded.split()) + " " * folded[-1:].isspace()
    return _MISREAD_RATE.sub("tỷ lệ ", _RATIO.sub("tỷ", words)).strip()


@lru_cache(maxsize=256)
def indicator_of(
    clause: str, unit: str | None, direction: str | None, topic: str | None = None
) -> tuple[str, float] | None:
    """The indicator that a clause states a value of, and how sure that is (0 to 1); None where no rule holds.

    A rule holds for its units alone; `unit` None leaves that open, at a lower score. Of several the one with the most
    groups wins, then the one with the most words found. Every figure of a clause asks for the clause's.
    """
    words = _key(_PERCENTAGE.sub(" ", clause))
    known = set(_WORD.findall(words))
    best: tuple[bool, int, int, IndicatorRule] | None = None
    for rule in rules_for(known):
        if unit is not None and unit not in rule.unit:
            continue
        if (rule.direction and direction not in rule.direction) or (rule.topic and topic not in rule.topic):
            continue
        if strength := rule.strength(words, known):
            rank = (not rule.loose, len(rule.wanted), strength, rule)
            if best is None or rank[:3] > best[:3]:
                best = rank
    if best is None:
        return None
    score = LOOSE if best[3].loose else SURE
    return best[3].code, score if unit is not None else score - 0.2


def indicator_in(
    piece: str, clause: str, unit: str | None, direction: str | None, topic: str | None = None
) -> tuple[str, float] | None:
    """The indicator of a piece of a clause; the clause's own where the piece names nothing measured itself.

    "tỷ lệ hộ nghèo giảm 3%, riêng các xã nghèo giảm 4%": the second figure is of the same measure.
    "…, tỷ lệ lao động qua đào tạo đạt 60%": it is not, though no indicator fits it.
    "dạy nghề cho 60 người, tư vấn cho 45 người": neither is it.
    """
    own = indicator_of(piece, unit, direction, topic)
    if own or _has_subject(piece, unit):
        return own
    whole = indicator_of(clause, unit, direction, topic)
    return (whole[0], round(whole[1] - 0.1, 2)) if whole else None


def _has_subject(piece: str, unit: str | None) -> bool:
    """Whether a piece says itself what it measures: a share of something, or those for whom a task is done."""
    if unit in ("percent", "percentage_point"):
        return _OWN_SUBJECT.search(_RATIO.sub("tỷ", fold(piece))) is not None
    return _OWN_TASK.match(piece) is not None
