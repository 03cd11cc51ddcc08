"""What analysts are told in Vietnamese of what stands against a document: `vocab/finding_messages.csv`.

A message is a sentence with places in braces, filled by whoever tells it: `message("sum_of_parts", made=…, stated=…)`.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cache

from schemas.vocabulary import VocabularyError, load

FILE = "finding_messages"


@dataclass(frozen=True)
class Message:
    """A sentence by its code."""

    code: str
    message_vi: str


@cache
def messages() -> dict[str, str]:
    """All sentences by code. Raises VocabularyError."""
    entries = load(FILE, Message)
    for entry in entries.values():
        places_in(entry)
    return {code: entry.message_vi for code, entry in entries.items()}


def places_in(entry: Message) -> frozenset[str]:
    """The names of the places that a sentence leaves open. Raises VocabularyError where one is no plain name."""
    try:
        parts = list(string.Formatter().parse(entry.message_vi))
    except ValueError as error:
        raise VocabularyError(f"{FILE}.csv: {entry.code}: {error} in {entry.message_vi!r}") from error
    places = frozenset(name for _, name, _, _ in parts if name is not None)
    odd = sorted(name for name in places if not name.isidentifier())
    if odd or any(form or turned for _, _, form, turned in parts):
        raise VocabularyError(f"{FILE}.csv: {entry.code}: a place is a name in braces alone, in {entry.message_vi!r}")
    return places


def message(code: str, **said: object) -> str:
    """The sentence of a code with its places filled. Raises VocabularyError where the file has no such sentence, or
    one with other places."""
    try:
        return messages()[code].format(**said)
    except KeyError as error:
        raise VocabularyError(f"{FILE}.csv: {code} is missing, or names a place that nobody fills ({error})") from error
