"""Cue phrases from a rule file, compiled: whether a passage speaks of an aim, of the past, of money.

A rule file holds named groups of patterns; each group becomes one compiled alternative that is asked of a passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import regex

from extractors.rule_files import RULES_DIR, RuleFileError, load_yaml_rules, text, texts
from schemas.filtered import Filtered, filtered
from schemas.pattern_parts import parsed


class Cues(dict[str, Filtered]):
    """The cue groups of a rule file by name; one that is asked for and not there is an error of the file."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.patterns: dict[str, tuple[str, ...]] = {}

    def __missing__(self, group: str) -> Filtered:
        raise RuleFileError(f"{self.name}: rule {group!r} is missing")

    def naming(self, group: str, *parts: str) -> Filtered:
        """A cue of which the code reads what stands in its named parts: each pattern must name one of them."""
        cue = self[group]
        for pattern in self.patterns[group]:
            if not any(f"(?P<{part}>" in pattern for part in parts):
                raise RuleFileError(f"{self.name}, rule {group!r}: {pattern!r} names no part (?P<{'|'.join(parts)}>…)")
        return cue


@cache
def cues(name: str, folder: Path = RULES_DIR) -> Cues:
    """The cue groups of `rules/<name>` by name. Raises RuleFileError, naming file and rule."""
    groups = Cues(name)
    for group, rule in load_yaml_rules(name, {"note": text, "patterns": texts}, folder=folder).items():
        groups.patterns[group] = rule["patterns"]
        groups[group] = _one_of(rule["patterns"], f"{name}, rule {group!r}")
    return groups


def _one_of(patterns: Sequence[str], where: str) -> Filtered:
    """The patterns as one. To compile takes long, so each is compiled on its own only where it may be at fault."""
    _check([pattern for pattern in patterns if parsed(pattern, regex.IGNORECASE) is None], where)
    try:
        return filtered("|".join(f"(?:{pattern})" for pattern in patterns), regex.IGNORECASE)
    except regex.error:
        _check(patterns, where)
        raise


def _check(patterns: Sequence[str], where: str) -> None:
    for pattern in patterns:
        try:
            regex.compile(pattern)
        except regex.error as error:
            raise RuleFileError(f"{where}: {pattern!r} does not compile: {error}") from error


def told_by(cue: Filtered, headings: Iterable[str]) -> bool:
    """Whether one of these headings holds the cue. A heading stands over many blocks and is asked about once."""
    return any(_holds(cue, heading) for heading in headings)


@lru_cache(maxsize=8192)
def _holds(cue: Filtered, heading: str) -> bool:
    return cue.search(heading) is not None
