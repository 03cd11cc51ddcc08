"""Change and rate (tăng, giảm, bình quân mỗi năm): what the words before a number say the number does."""

from __future__ import annotations

import regex

from extractors.cues import cues
from extractors.values.patterns import SHAPES, compiled

CUES = cues("value_cues.yaml", shapes=SHAPES)
_VERB = CUES["change_verb"]
_DOWN_TO = CUES["down_to"]
_UP_TO = CUES["up_to"]
_FILLER = CUES["change_filler"]
_BLOCK = CUES["change_block"]
_BRACKETS = compiled(r"\([^()\n]{0,120}\)")
_LAST_BREAK = regex.compile(r"(?r)[;:\n(]|\.(?=\s|$)")
_YEARLY = CUES["yearly"]
_YEARLY_HEAD = CUES["yearly_head"]
_LATER_LEVEL = CUES["level_of_later_clause"]
_LATER_TIME = CUES["later_time"]
_OPENING = CUES["clause_opening"]
_MAX_GAP = 110
_MAX_GAP_COUNT = 45


def clause_start(text: str, at: int, reach: int = 200) -> int:
    """Where the clause that holds `at` begins: after the last `;`, `:`, open bracket, full stop or line end."""
    floor = max(0, at - reach)
    window = _blank_brackets(text[floor:at])
    last = _LAST_BREAK.search(window)
    return floor + (last.end() if last else 0)


def _blank_brackets(window: str) -> str:
    """Closed brackets blanked out, lengths kept: what they hold belongs to none of the words around."""
    return _BRACKETS.sub(lambda m: " " * len(m.group()), window) if "(" in window else window


def change_before(text: str, floor: int, at: int, counted: bool) -> str | None:
    """`increase`, `decrease`, `reduce_to` or `raise_to`, from the last verb between `floor` and the value at `at`.

    `counted`: the value counts things; then the verb must stand close, for its object is usually something else.
    """
    start = max(floor, clause_start(text, at))
    window = _blank_brackets(text[start:at])
    verbs = list(_VERB.finditer(window))
    if not verbs:
        return None
    verb = verbs[-1]
    gap = window[verb.end() :]
    if verb.lastgroup == "keep":
        return None
    if verb.lastgroup == "poverty":
        return "decrease" if _FILLER.search(gap) else None
    if _DOWN_TO.search(gap) and verb.lastgroup in ("down", "raise"):
        return "reduce_to"
    if _UP_TO.search(gap) and verb.lastgroup in ("up", "raise"):
        return "raise_to"
    if verb.lastgroup == "raise" or len(gap) > (_MAX_GAP_COUNT if counted else _MAX_GAP):
        return None
    if _FILLER.search(gap):
        return "decrease" if verb.lastgroup == "down" else "increase"
    if "," in gap or _BLOCK.search(gap):
        return None
    return "decrease" if verb.lastgroup == "down" else "increase"


def yearly_before(text: str, at: int) -> bool:
    """Whether the words before the value say that it holds each year (`bình quân mỗi năm có ít nhất …`)."""
    start = clause_start(text, at)
    window = _blank_brackets(text[start:at])
    matches = list(_YEARLY.finditer(window))
    if not matches:
        return text[start - 1 : start] == ":" and _YEARLY_HEAD.search(text, max(0, start - 40), start) is not None
    last = matches[-1]
    if _LATER_LEVEL.match(window, last.end()):
        return False  # "hằng năm rà soát hộ nghèo, phấn đấu tỷ lệ … đạt 80%"
    if "," not in window[last.end() :]:
        return True
    if _LATER_TIME.search(window, last.end()):
        return False  # "mỗi năm tăng thêm 5 trường, đến năm 2026 có ít nhất 60% trường"
    before = text[max(0, start - 1) : start] + window[: last.start()]
    return _OPENING.search(before) is not None or not before.strip(" -+*•\u00a0\n;:.(")
