"""What a rewriting is."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rewriting:
    """One way to write a plan otherwise. `apply` takes a text with one paragraph a line; what is left to chance it
    takes from the given generator, so that the same seed writes the same text.

    `local`: it changes words within lines, so that it can be applied to an anchor of gold, too.
    """

    name: str
    group: str
    apply: Callable[[str, random.Random], str]
    local: bool = True


def of_text(name: str, group: str, change: Callable[[str], str], local: bool = True) -> Rewriting:
    """A rewriting that leaves nothing to chance."""
    return Rewriting(name, group, lambda text, _: change(text), local)
