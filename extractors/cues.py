"""Cue phrases from a rule file, compiled: whether a passage speaks of an aim, of the past, of money.

A rule file holds named groups of patterns; each group becomes one compiled alternative that is asked of a passage.
"""

from __future__ import annotations

from functools import cache

import regex

from extractors.rule_files import RuleFileError, load_yaml_rules, text, texts


@cache
def cues(name: str) -> dict[str, regex.Pattern[str]]:
    """The cue groups of `rules/<name>` by name. Raises RuleFileError, naming file and rule."""
    groups = {}
    for group, rule in load_yaml_rules(name, {"note": text, "patterns": texts}).items():
        for pattern in rule["patterns"]:
            try:
                regex.compile(pattern)
            except regex.error as error:
                raise RuleFileError(f"{name}, rule {group!r}: {pattern!r} does not compile: {error}") from error
        groups[group] = regex.compile("|".join(f"(?:{p})" for p in rule["patterns"]), regex.IGNORECASE)
    return groups
