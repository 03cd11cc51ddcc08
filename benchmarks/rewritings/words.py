"""Rewritings of words and figures, from `wordings.yaml`, and those of letters that are too many to list."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import yaml

from benchmarks.rewritings.model import Rewriting, of_text

FILE = Path(__file__).parent / "wordings.yaml"
KEYS = {"group", "note", "words", "patterns", "share", "lines", "not_lines", "local"}
GROUPED = {"=space": " ", "=hard": "\u00a0", "=none": "", "=comma": ",", "=dot": "."}
"""Replacements that are no text: the figure with another sign between its thousands."""
SHIFTED = "òa oà, óa oá, ỏa oả, õa oã, ọa oạ, òe oè, óe oé, ỏe oẻ, õe oẽ, ọe oẹ, ùy uỳ, úy uý, ủy uỷ, ũy uỹ, ụy uỵ"
"""The same syllable end with the tone mark in its two places."""


def wordings() -> Iterator[Rewriting]:
    """All rewritings of words and letters."""
    for name, told in yaml.safe_load(FILE.read_text("utf-8")).items():
        assert set(told) <= KEYS, f"{name}: {set(told) - KEYS}"
        yield Rewriting(name, told["group"], partial(rewrite_lines, told, changes_of(told)), told.get("local", True))
    pairs = [pair.split() for pair in SHIFTED.split(", ")]
    yield of_text("tones-on-second-vowel", "spelling", partial(shift, [(a, b) for a, b in pairs]))
    yield of_text("tones-on-first-vowel", "spelling", partial(shift, [(b, a) for a, b in pairs]))
    yield of_text("decomposed-letters", "spelling", partial(unicodedata.normalize, "NFD"))
    yield of_text("tones-apart", "spelling", tones_apart)


def changes_of(told: dict) -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    """The patterns of an entry with what makes their replacement."""
    changes = []
    for old, new in told.get("words", {}).items():
        pattern = r"(?<![\w/&])" + r"\s+".join(map(re.escape, old.split())) + r"(?![\w&])"
        changes.append((re.compile(pattern, re.IGNORECASE), partial(like, old, new)))
    for old, new in told.get("patterns", []):
        make = partial(regrouped, GROUPED[new]) if new in GROUPED else partial(expand, new)
        changes.append((re.compile(old), make))
    return changes


def expand(new: str, found: re.Match[str]) -> str:
    return found.expand(new)


def like(old: str, new: str, found: re.Match[str]) -> str:
    """The new word with a capital where the old one had one that it need not have. Capitals throughout stay as they
    are: headings are written otherwise."""
    was = found.group()
    if was.isupper() and not old.isupper():
        return new.upper()
    if was[0].isupper() and old[0].islower():
        return new[0].upper() + new[1:]
    return new


def regrouped(sign: str, found: re.Match[str]) -> str:
    """A figure with the sign between its thousands."""
    return f"{int(found.group(1).replace('.', '')):,}".replace(",", sign)


def rewrite_lines(told: dict, changes: list, text: str, chance: random.Random) -> str:
    """The text with an entry's changes in the lines that it speaks of."""
    share = told.get("share", 1.0)
    only = re.compile(told["lines"]) if "lines" in told else None
    never = re.compile(told["not_lines"]) if "not_lines" in told else None

    def now_and_then(make: Callable[[re.Match[str]], str], found: re.Match[str]) -> str:
        return make(found) if share == 1.0 or chance.random() < share else found.group()

    lines = text.split("\n")
    for i, line in enumerate(lines):
        if (only and not only.search(line)) or (never and never.search(line)):
            continue
        for pattern, make in changes:
            line = pattern.sub(partial(now_and_then, make), line)
        lines[i] = line
    return "\n".join(lines)


def shift(pairs: list[tuple[str, str]], text: str) -> str:
    """The tone mark of open syllables moved; not in `quý`, whose u belongs to the consonant."""
    for old, new in pairs:
        for a, b in ((old, new), (old.upper(), new.upper()), (old.capitalize(), new.capitalize())):
            text = re.sub(rf"(?<![qQ]){a}(?!\w)", b, text)
    return text


def tones_apart(text: str) -> str:
    """Letters with their tone as a sign of its own (ê + ´), as Windows' Vietnamese keyboard writes them."""
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(c for c in parts[1:] if c in "\u0300\u0301\u0303\u0309\u0323")
        rest = "".join(c for c in parts[1:] if c not in tones)
        out.append(unicodedata.normalize("NFC", parts[0] + rest) + tones)
    return "".join(out)
