"""Cue phrases from a rule file, compiled: whether a passage speaks of an aim, of the past, of money.

A rule file holds named groups of patterns; each group becomes one compiled alternative that is asked of a passage.
What several patterns have in common (a list of words, a spelling) is a rule with a `part`, which they name in braces:
`{every} năm`. Parts that several files name are in `shared_parts.yaml`, in capitals (`{EACH_YEAR}`). A
grammar lends its own parts and signs (`Shapes`) in their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from pathlib import Path
from typing import Any

import regex

from extractors.misread import as_meant
from extractors.rule_files import RULES_DIR, RuleFileError, flag, load_yaml_rules, text, texts
from schemas.filtered import Filtered, any_of_these
from schemas.known_patterns import kept
from schemas.pattern_parts import parsed

KEYS = {"patterns": texts, "part": text, "case": flag, "lines": flag}
EITHER_VOWEL = regex.compile(r"(?<!\p{L})([hklmst]|qu)([ỳýỷỹỵ])(?!\p{L})", regex.IGNORECASE)
"""Syllables that are written with i, too (`kỹ thuật`, `kĩ thuật`); cues are sought in text as it stands."""
VOWEL_PAIRS = dict(zip("ỳýỷỹỵỲÝỶỸỴ", "ìíỉĩịÌÍỈĨỊ", strict=True))
NAMED_PART = regex.compile(r"(?<!\\[pP])\{([A-Za-z]\w*)\}")


@dataclass(frozen=True, slots=True)
class Shapes:
    """What a grammar lends to its rule files: parts that patterns name, single signs that stand for one, and flags."""

    parts: tuple[tuple[str, str], ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    flags: int = 0


SHARED_PARTS = "shared_parts.yaml"


@cache
def shared_shapes(folder: Path = RULES_DIR) -> Shapes:
    """What every rule file may name that belongs to no grammar of its own. Raises RuleFileError."""
    parts: dict[str, str] = {}
    for name, rule in load_yaml_rules(SHARED_PARTS, {"note": text, "part": text}, folder=folder).items():
        where = f"{SHARED_PARTS}, rule {name!r}"
        parts[name] = _filled(rule["part"], parts, (), where)
        _check([parts[name]], 0, where)
    return Shapes(tuple(parts.items()))


class Cues(dict[str, Filtered]):
    """The cue groups of a rule file by name; one that is asked for and not there is an error of the file."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.patterns: dict[str, tuple[str, ...]] = {}
        self.parts: dict[str, str] = {}

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
def cues(name: str, folder: Path = RULES_DIR, shapes: Shapes | None = None) -> Cues:
    """The cue groups of `rules/<name>` by name. Raises RuleFileError, naming file and rule."""
    shapes = shapes if shapes is not None else shared_shapes()
    groups, parts, used = Cues(name), dict(shapes.parts), set()
    for group, rule in load_yaml_rules(name, {"note": text}, KEYS, folder).items():
        where = f"{name}, rule {group!r}"
        if ("part" in rule) == ("patterns" in rule) or ("part" in rule and len(rule) > 2):
            raise RuleFileError(f"{where}: either 'patterns', with 'case' and 'lines' where they count, or a 'part'")
        written = [rule["part"]] if "part" in rule else rule["patterns"]
        used.update(part for pattern in written for part in NAMED_PART.findall(pattern))
        filled = tuple(_filled(pattern, parts, shapes.signs, where) for pattern in written)
        if "part" in rule:
            parts[group] = groups.parts[group] = filled[0]
        else:
            groups.patterns[group] = filled
            groups[group] = _one_of(filled, shapes.flags | _flags(rule), where)
    if idle := groups.parts.keys() - used:
        raise RuleFileError(f"{name}, rule {min(idle)!r}: no pattern below names this part")
    return groups


def _filled(pattern: str, parts: Mapping[str, str], signs: Sequence[tuple[str, str]], where: str) -> str:
    """The pattern with its named parts spelled out; each must be known above it."""

    def part(match: regex.Match[str]) -> str:
        if match[1] not in parts:
            raise RuleFileError(f"{where}: {match[0]} is no part known above; known are {', '.join(parts) or 'none'}")
        return parts[match[1]]

    filled = NAMED_PART.sub(part, pattern)
    for sign, meaning in signs:
        filled = filled.replace(sign, meaning)
    return filled


def _flags(rule: Mapping[str, Any]) -> int:
    """`case`: letters must stand in this case. `lines`: `^` and `$` are those of each line."""
    return (0 if rule.get("case") else regex.IGNORECASE) | (regex.MULTILINE if rule.get("lines") else 0)


def _one_of(patterns: Sequence[str], flags: int, where: str) -> Filtered:
    """The patterns as one. To compile takes long, so each is compiled on its own only where it may be at fault."""

    def check() -> bool:
        _check([pattern for pattern in patterns if parsed(pattern, flags) is None], flags, where)
        return True

    kept().get(("sound", int(flags), *patterns), check)
    either = [EITHER_VOWEL.sub(lambda m: f"{m[1]}[{m[2]}{VOWEL_PAIRS[m[2]]}]", pattern) for pattern in patterns]
    try:
        return any_of_these(either, flags)
    except regex.error:
        _check(patterns, flags, where)
        raise


def _check(patterns: Sequence[str], flags: int, where: str) -> None:
    for pattern in patterns:
        try:
            regex.compile(pattern, flags)
        except regex.error as error:
            raise RuleFileError(f"{where}: {pattern!r} does not compile: {error}") from error


def told_by(cue: Filtered, headings: Iterable[str]) -> bool:
    """Whether one of these headings holds the cue, as it stands or where OCR misread it. A heading stands over many
    blocks and is asked about once."""
    return any(map(_holds, repeat(cue), headings))


@lru_cache(maxsize=8192)
def _holds(cue: Filtered, heading: str) -> bool:
    return cue.search(heading) is not None or (
        (meant := as_meant(heading)) != heading and cue.search(meant) is not None
    )
