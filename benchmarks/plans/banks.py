"""The phrase banks (`banks/*.yaml`) and how their templates are filled. A missing bank or slot is an error at once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "banks"


class BankError(ValueError):
    """A bank lacks what a chapter asks of it, or a template has a slot that nobody fills."""


@cache
def bank(name: str) -> dict[str, Any]:
    """One bank, read once."""
    path = FOLDER / f"{name}.yaml"
    try:
        told = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise BankError(f"{path}: {error}") from error
    if not isinstance(told, dict) or not told:
        raise BankError(f"{path}: must be a mapping of names to phrases")
    return told


def cap(text: str) -> str:
    """With a capital first letter; marks before it stay."""
    if text[:1].isalnum():
        return text[:1].upper() + text[1:]
    for place, letter in enumerate(text):
        if letter.isalnum():
            return text[:place] + letter.upper() + text[place + 1 :]
    return text


def low(text: str) -> str:
    """With a small first letter."""
    return text[:1].lower() + text[1:]


class Slots(dict):
    """Values of slots; `{Task}` and `{x_cap}` give them with a capital, `{x_low}` with a small first letter."""

    def __missing__(self, key: str) -> str:
        if key.endswith("_cap"):
            return cap(str(self[key[:-4]]))
        if key.endswith("_low"):
            return low(str(self[key[:-4]]))
        if key[:1].isupper() and low(key) in self:
            return cap(str(self[low(key)]))
        raise BankError(f"no value for the slot {{{key}}}; known are {', '.join(sorted(self))}")


def fill(template: str, slots: dict[str, Any], **more: Any) -> str:
    """The template with its slots filled. Raises BankError for an unknown slot."""
    return template.format_map(Slots(slots, **more))


class Deck:
    """Deals the phrases of a list in random order and begins anew when all were dealt: few repetitions in one plan."""

    def __init__(self, rng: Random, phrases: list[Any]):
        if not phrases:
            raise BankError("an empty list of phrases")
        self.rng, self.phrases, self.left = rng, phrases, []

    def deal(self) -> Any:
        """The next phrase."""
        if not self.left:
            self.left = self.rng.sample(self.phrases, len(self.phrases))
        return self.left.pop()
