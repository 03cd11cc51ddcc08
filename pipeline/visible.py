"""Text on its way to a page or a workbook: what cannot be seen, or turns the line around, is shown as a replacement
character.

One character stays one character, so that places in the text stay where they are.
"""

from __future__ import annotations

import unicodedata

from pipeline.terminal import REPLACEMENT, UNPRINTABLE

KEPT = "\n\t"


class _Shown(dict[int, str]):
    """How each character is shown; those that were met are remembered."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        hidden = unicodedata.category(character) in UNPRINTABLE and character not in KEPT
        self[code] = REPLACEMENT if hidden else character
        return self[code]


_SHOWN = _Shown()


def visible(text: str) -> str:
    """The text with every character one that can be seen."""
    return text if text.isprintable() else text.translate(_SHOWN)
