"""Whom a share is of: of `95% hộ nghèo, hộ cận nghèo được vay vốn` the words up to the verb."""

from __future__ import annotations

from extractors.cues import cues
from extractors.misread import as_meant
from extractors.values.measures import Measure
from extractors.wording import shortened

CUES = cues("target_population_cues.yaml")
RELATIVE = CUES["relative"]
LONGEST = 220


def population(text: str, measure: Measure, end: int) -> str | None:
    """Whom a share is of, in the words between its figure and `end`; None where they do not tell."""
    if measure.unit != "percent":
        return None
    opening = CUES["opens"].match(text, measure.end, end)
    start = opening.end() if opening else measure.end
    while start < end and text[start].isspace():
        start += 1
    hard = CUES["hard_end"].search(text, start, end)
    end = hard.start() if hard else end
    if start >= end or not (text[start].isalpha() or text[start] == "“") or tells_no_one(text[start:end]):
        return None
    broken = CUES["breaks_off"].search(text, start, end)
    end = broken.start() if broken else end
    end = start + len(shortened(text[start:end], LONGEST))
    stop = verb_at(text, start, end)
    if stop == start:
        return None
    named = text[start : list_end(text, start, stop if stop is not None else end, verb=stop is not None)]
    return without_tail(named) or None


def tells_no_one(words: str) -> bool:
    """Whether the words behind a figure tell when or how, also where OCR misread the first of them (`9% đên 2030`)."""
    return CUES["no_name"].match(as_meant(words)) is not None


def verb_at(text: str, start: int, end: int) -> int | None:
    """Where the verb stands that says what is aimed at; None where no word is known for one."""
    found = sorted(
        (match.start(), order, kind)
        for order, kind in enumerate(("telling", "joining", "strong", "loose", "firm"))
        for match in CUES[kind].finditer(text, start, end)
    )
    strong = [at for at, _, kind in found if kind == "strong"]
    gone = [match.start() for match in CUES["leaves"].finditer(text, start, end)]
    passed = start
    for at, _, kind in found:
        if at < passed:
            continue
        _, comma, head = text[start:at].rpartition(",")
        bare = kind not in ("strong", "firm") and " " not in head.strip()  # "người sử dụng ma túy": which of them
        bare = bare and CUES["listed_places"].search(text, start, at) is None
        if bare and comma:
            continue
        if kind == "loose" or bare:
            goals = strong if bare else []
        elif kind == "strong" and " " not in head.strip() and not comma:  # "người được chẩn đoán được điều trị"
            goals = [g for g in strong if RELATIVE.fullmatch(text, at, g)]
        elif kind in ("telling", "joining"):
            others = [a for a, _, k in found if k not in ("telling", "joining") or CUES["joining"].match(text, a)]
            goals = sorted({*strong, *gone, *(others if kind == "telling" else ())})
            goals = [g for g in goals if "," not in text[at : max(g, at)]]
        else:
            goals = []
        goal = next((g for g in goals if g > at), None)
        if goal is None:
            return at
        passed = goal
    return None


def list_end(text: str, start: int, end: int, verb: bool) -> int:
    """Where the list of those ends that goes on over commas (`cán bộ, giáo viên và học sinh`): at the verb, or where no
    verb stands with what begins otherwise than they do (`số vụ, số người chết, số người bị thương`)."""
    first = text[start:end].split(maxsplit=1)[0].strip(",").lower()
    at = text.find(",", start, end)
    while at >= 0:
        following = text[at + 1 : end].split(maxsplit=1)
        alike = verb or (following and following[0].strip(",").lower() == first)
        if not following or not (alike or CUES["goes_on"].match(text, at, end)):
            return at
        at = text.find(",", at + 1, end)
    return end


def without_tail(words: str) -> str:
    """The words without what tells how or by when, nor a quotation mark that is not closed."""
    while True:
        cut = CUES["tail"].search(words)
        if cut is None:
            words = words.strip(" ,-–")
            return words.rstrip(' ,“"') if words.count("“") > words.count("”") or words.count('"') % 2 else words
        words = words[: cut.start()].rstrip(" ,\n")
