"""The word lists of `rules/cleaning.yaml`, loaded once."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.rule_files import RuleFileError, load_yaml, texts

FILE = "cleaning.yaml"
LISTS = (
    "number_words", "heading_ends", "dangling_words", "hyphenated", "known_headings", "labels", "paragraph_openers",
    "name_words", "bound_words",
    "preamble_openers", "closing_openers", "attribute_keys", "main_attribute_keys", "letterhead_phrases",
    "letterhead_signs",
    "document_words", "law_words", "reference_words", "fixed_openings",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The lists, in the form the steps ask them in."""

    number_words: frozenset[str]
    heading_end: regex.Pattern[str]
    dangling: regex.Pattern[str]
    bound: regex.Pattern[str]
    hyphen_left: regex.Pattern[str]
    hyphenated: tuple[tuple[str, str], ...]
    known_heading: regex.Pattern[str]
    label: regex.Pattern[str]
    opener: regex.Pattern[str]
    name_words: frozenset[str]
    preamble_opener: regex.Pattern[str]
    closing_opener: regex.Pattern[str]
    attribute_keys: frozenset[str]
    main_attribute_keys: frozenset[str]
    letterhead_phrases: tuple[str, ...]
    letterhead_signs: tuple[str, ...]
    document_words: tuple[str, ...]
    law_words: tuple[str, ...]
    reference_words: frozenset[str]
    fixed_openings: frozenset[str]


def load_words() -> Words:
    """Read and check the file. Raises RuleFileError."""
    data = load_yaml(FILE)
    for key in data:
        if key not in LISTS:
            raise RuleFileError(f"{FILE}: unknown list {key!r}; known are {', '.join(LISTS)}")
    lists = {}
    for name in LISTS:
        try:
            lists[name] = texts(data.get(name))
        except ValueError as error:
            raise RuleFileError(f"{FILE}, list {name!r}: {error}") from error
    pairs = tuple(split_pair(item) for item in lists["hyphenated"])
    return Words(
        number_words=frozenset(lists["number_words"]),
        heading_end=regex.compile(rf"(?<!\w)(?:{any_of(lists['heading_ends'])})$"),
        dangling=regex.compile(rf"(?<!\w)(?:{any_of(lists['dangling_words'])})$"),
        bound=regex.compile(rf"(?<!\w)(?:{any_of(lists['bound_words'])})$", regex.IGNORECASE),
        hyphen_left=regex.compile(rf"(?<!\w)(?:{any_of(left for left, _ in pairs)})$", regex.IGNORECASE),
        hyphenated=tuple((left.lower(), right.lower()) for left, right in pairs),
        known_heading=regex.compile(rf"(?:{any_of(lists['known_headings'])})(?=\s)"),
        label=regex.compile(rf"(?:{any_of(lists['labels'])})\s?:"),
        opener=regex.compile(rf"(?:{any_of(lists['paragraph_openers'])})(?!\w)"),
        name_words=frozenset(lists["name_words"]),
        preamble_opener=regex.compile(rf"(?:{any_of(lists['preamble_openers'])})(?!\w)"),
        closing_opener=regex.compile(rf"(?:{any_of(lists['closing_openers'])})(?!\w)"),
        attribute_keys=frozenset(key.lower() for key in lists["attribute_keys"]),
        main_attribute_keys=frozenset(key.lower() for key in lists["main_attribute_keys"]),
        letterhead_phrases=lists["letterhead_phrases"],
        letterhead_signs=lists["letterhead_signs"],
        document_words=lists["document_words"],
        law_words=lists["law_words"],
        reference_words=frozenset(lists["reference_words"]),
        fixed_openings=frozenset(lists["fixed_openings"]),
    )


def any_of(words) -> str:
    """An alternation of literal words, longest first."""
    return "|".join(regex.escape(word, special_only=True) for word in sorted(set(words), key=len, reverse=True))


def split_pair(item: str) -> tuple[str, str]:
    """The two sides of a hyphenated name, written `left | right`. Raises RuleFileError."""
    left, bar, right = item.partition(" | ")
    if not bar:
        raise RuleFileError(f"{FILE}, list 'hyphenated': {item!r} is not of the form 'left | right'")
    return left.strip(), right.strip()


WORDS = load_words()


def is_hyphenated_name(before: str, after: str) -> bool:
    """The dash between `before` and `after` stands inside an official name (`Lao động - Thương binh`)."""
    if not WORDS.hyphen_left.search(before[-40:]):
        return False
    left, right = before[-40:].lower(), after[:40].lower()
    return any(left.endswith(a) and right.startswith(b) for a, b in WORDS.hyphenated)
