"""Roles and funding sources: phrases of the rule files that are spans as they stand, if the words beside them allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.language.spans import TermSpan, longest_first, span_of
from extractors.language.terms import Hit, Hits, Term, longest_by_start
from extractors.language.words import LIST_SEPARATORS, Words
from extractors.rule_files import RuleFileError, load_yaml_rules, one_of, phrases, texts
from schemas.folding import fold
from schemas.vocabulary import funding_sources

ROLES = ("lead", "coordinate", "assign", "request", "responsible")
STRENGTHS = ("strong", "context")
BUDGET = "_budget"
_REACH = 4  # words beside a phrase that a rule may name


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Words beside a phrase in which it means something else, each as its folded text."""

    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()

    def allow(self, words: Words, hit: Hit) -> bool:
        """Whether the words before and after the hit leave it its meaning."""
        if self.not_after:
            before = " " + " ".join(words.norms[max(0, hit.start - _REACH) : hit.start])
            if before.endswith(tuple(" " + word for word in self.not_after)):
                return False
        if self.not_before:
            after = " ".join(words.norms[hit.end : hit.end + _REACH]) + " "
            if after.startswith(tuple(word + " " for word in self.not_before)):
                return False
        return True


@cache
def role_rules() -> dict[str, dict]:
    """The rules of `role_phrases.yaml` by name."""
    return _rules(
        "role_phrases.yaml", {"role": one_of(*ROLES), "phrases": phrases}, {"not_after": texts, "not_before": texts}
    )


@cache
def funding_rules() -> dict[str, dict]:
    """The rules of `funding_source_phrases.yaml` by name."""
    required = {"source": one_of(*funding_sources()), "strength": one_of(*STRENGTHS), "phrases": phrases}
    return _rules("funding_source_phrases.yaml", required, {"not_after": texts, "not_before": texts, "listed": texts})


def _rules(name: str, required: dict, optional: dict) -> dict[str, dict]:
    rules = load_yaml_rules(name, required, optional)
    seen: dict[str, str] = {}
    for rule, body in rules.items():
        for phrase in body["phrases"]:
            if seen.get(fold(phrase), rule) != rule:
                raise RuleFileError(f"{name}, rule {rule!r}: {phrase!r} stands in rule {seen[fold(phrase)]!r} already")
            seen[fold(phrase)] = rule
    return rules


@cache
def _neighbours(group: str, rule: str) -> Neighbours:
    body = {"role": role_rules, "funding": funding_rules}[group]()[rule]
    return Neighbours(*(tuple(fold(w) for w in body.get(key, ())) for key in ("not_after", "not_before")))


def role_terms() -> Iterator[tuple[Term, str]]:
    """Every phrase that says who does what."""
    for rule, body in role_rules().items():
        for phrase in body["phrases"]:
            yield Term("role", body["role"], rule), phrase


def source_terms() -> Iterator[tuple[Term, str]]:
    """Every phrase that names a source, and the words of elliptic lists ("ngân sách tỉnh, *huyện, xã*")."""
    for rule, body in funding_rules().items():
        for phrase in body["phrases"]:
            yield Term("funding", body["source"], rule, body["strength"]), phrase
        for phrase in body.get("listed", ()):
            yield Term("funding_listed", body["source"], rule, body["strength"]), phrase


def roles(words: Words, hits: Hits) -> list[TermSpan]:
    """The phrases that say who does what; label: the role."""
    return [span_of(words, h.start, h.end, h.term.label, f"role.{h.term.rule}") for h in _allowed(words, hits, "role")]


def named_sources(words: Words, hits: Hits) -> list[TermSpan]:
    """The sources of money that a text names; label: the source, id: `strength.rule`."""
    return [
        span_of(words, h.start, h.end, h.term.label, f"{h.term.kind}.{h.term.rule}")
        for h in _with_lists(words, hits, _allowed(words, hits, "funding"))
    ]


def _allowed(words: Words, hits: Hits, group: str) -> list[Hit]:
    return [h for h in longest_first(hits.get(group, [])) if _neighbours(group, h.term.rule).allow(words, h)]


def _with_lists(words: Words, hits: Hits, found: list[Hit]) -> list[Hit]:
    """The hits, and after one that can head a list the list's further members."""
    members = longest_by_start(hits.get("funding_listed", []))
    starts = {h.start for h in found}
    out: list[Hit] = []
    for hit in found:
        out.append(hit)
        while "listed" in funding_rules()[hit.term.rule]:
            at = words.separator(out[-1].end, (*LIST_SEPARATORS, "-"))
            member = members.get(at)
            if at == out[-1].end or member is None or at in starts or not _goes_on(out[-1], member):
                break
            out.append(member)
    return out


def _goes_on(last: Hit, member: Hit) -> bool:
    """Whether a list goes on with a member: a level of the budget stands only behind a budget (`đóng góp của dân, xã
    hội` names no commune)."""
    return last.term.label.endswith(BUDGET) or not member.term.label.endswith(BUDGET)


def source_of(span: TermSpan, city_is_province: bool) -> str:
    """The source meant by this issuer: `ngân sách thành phố` is the province's only where a city run by the centre
    (thành phố trực thuộc trung ương) or a part of one issued the plan, and a district's elsewhere."""
    of_city = span.id_.endswith((".city_budget", ".city_budget_in_context"))
    return "district_budget" if of_city and not city_is_province else span.label_
