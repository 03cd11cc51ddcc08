"""Years in brackets at the end of an item (`Số hóa bản đồ (2026 - 2027).`): the time in which the item is done, or from
which on it is (`(2026 trở đi)`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.cues import cues
from extractors.deadlines.years import Frame, is_named
from extractors.plan import Block
from extractors.spans import sentences
from extractors.values.dates import TimeExpression, find_times

CUES = cues("deadline_cues.yaml")
MOST_WORDS = 300


def bracketed_years(
    text: str, block: Block, frame: Frame, scheduled: bool
) -> Iterator[tuple[TimeExpression, int, int]]:
    """The years that fill the brackets of an item, with their sentences: runs of years at the end of a sentence, and in
    a chapter about when things are done (`scheduled`) each year in brackets."""
    if text.find("(", block.body_start, block.end) < 0:
        return
    times = find_times(text, block.body_start, block.end, frame.plan_start, frame.plan_end, frame.issued)
    years = [t for t in times if t.form in ("year", "years") and t.start_date is not None and not t.recurrence]
    for start, end in sentences(text, block.body_start, block.end) if years else ():
        for time in years:
            if start <= time.start < end and fills_bracket(text, (start, end), time, frame, scheduled):
                yield from_then_on(text, time, end), start, end


def from_then_on(text: str, time: TimeExpression, end: int) -> TimeExpression:
    """The same without an end where the words behind it say so (`2026 trở đi`)."""
    onwards = CUES["onwards"].match(text, time.end, end)
    if onwards is None:
        return time
    return replace(time, end=onwards.end(), text=text[time.start : onwards.end()], end_date=None)


def fills_bracket(text: str, sentence: tuple[int, int], time: TimeExpression, frame: Frame, scheduled: bool) -> bool:
    """Whether years in brackets tell when something of this plan is done."""
    before = text[max(sentence[0], time.start - MOST_WORDS) : time.start]
    onwards = CUES["onwards"].match(text, time.end, sentence[1])
    behind = text[onwards.end() if onwards else time.end : sentence[1]].lstrip()
    if not behind.startswith(")") or not CUES["years_in_bracket"].search(before):
        return False
    if not scheduled and ((time.form == "year" and not onwards) or behind[1:].strip(" .;")):
        return False
    first = frame.first_day
    if first is None or time.start_date.year < first.year:
        return False
    bare = before[: before.rindex("(")].rstrip()
    return not (is_named(time, bare) or CUES["looks_back_before"].search(bare) or CUES["standard_before"].search(bare))
