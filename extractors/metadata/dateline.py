"""The dateline (địa danh, ngày tháng năm): `Hải Dương, ngày 30 tháng 01 năm 2019`, also with blanks left in a draft."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import regex

from extractors.cues import cues
from extractors.metadata.head import Head
from extractors.metadata.rules import attribute
from extractors.plan import Note
from schemas import provinces as gazetteer
from schemas.filtered import filtered
from schemas.folding import fold
from schemas.messages import message

CUES = cues("metadata_cues.yaml")
LONG = CUES["long_date"]
SHORT = CUES["short_date"]
OF_A_CITATION = CUES["cited"]
UNIT_BEFORE = CUES["unit_below_before"]
PLACE_WORD = r"(?:\p{Lu}[\p{L}.'’]*|\d{1,2}|[-–])"
PLACE = filtered(rf"(?P<place>{PLACE_WORD}(?:[ ]?{PLACE_WORD}){{0,7}})[ ]{{0,2}}$")
DIGITS = str.maketrans({"o": "0", "l": "1"})


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the dateline states; `date` only where day, month and year all stand."""

    date: datetime.date | None = None
    year: int | None = None
    month: int | None = None
    place: str | None = None
    start: int | None = None
    end: int | None = None


def read_dateline(head: Head) -> tuple[Dateline, list[Note]]:
    """The dateline in the head, else the date that the attribute table states."""
    found, notes = _in_head(head), []
    stated = _attribute_date(head)
    if found is None or found.date is None:
        place = (found.start, found.end) if found else (None, None)
        if stated:
            return Dateline(stated, stated.year, stated.month, found and found.place, *place), []
        said = message("date_missing" if found is None else "date_blank")
        notes.append(Note("missing_date", said, *place))
        return found or Dateline(), notes
    if stated and stated != found.date:
        said = message("dates_differ", stated=f"{stated:%d/%m/%Y}", found=f"{found.date:%d/%m/%Y}")
        notes.append(Note("conflicting_metadata", said, found.start, found.end))
    return found, notes


def _attribute_date(head: Head) -> datetime.date | None:
    stated = attribute(head.clean.attributes, "date")
    match = stated and regex.search(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", stated)
    return _date(int(match[3]), int(match[2]), int(match[1])) if match else None


def _in_head(head: Head) -> Dateline | None:
    """The first date after a place and a comma; else the first before the heading word that dates no cited document."""
    matches = sorted((*LONG.finditer(head.folded), *SHORT.finditer(head.folded)), key=lambda m: m.start())
    spare = None
    for match in matches:
        before = head.folded[max(0, match.start() - 120) : match.start()]
        comma = regex.search(r",[ ]{0,3}\n?[ ]{0,3}$", before)
        place = _place(head, match.start() - len(comma[0])) if comma else None
        if place and not OF_A_CITATION.search(before):
            return _dateline(match, place)
        if spare is None and match.start() < head.letter_end and not OF_A_CITATION.search(before):
            spare = match
    return _dateline(spare, _place(head, spare.start())) if spare else None


def _dateline(match: regex.Match[str], place: str | None) -> Dateline:
    year = int("".join(match["year"].split())) if match["year"] else None
    month, day = (int(match[g].translate(DIGITS)) if match[g] else None for g in ("month", "day"))
    if month is not None and not 1 <= month <= 12:
        month = None
    date = _date(year, month, day) if year and month and day else None
    return Dateline(date, year, month, place, match.start(), match.end())


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _place(head: Head, end: int) -> str | None:
    """The capitalised words before `end`; across a line break where only that makes a known name (`Cao\\nBằng`)."""
    before = head.text[max(0, end - 60) : end].replace("*", " ").rstrip()
    lines = before.split("\n")
    match = PLACE.search(lines[-1])
    here = match["place"].strip(" -–") if match else None
    if here and not is_known(here) and len(lines) > 1:
        wrapped = PLACE.search(f"{lines[-2].rstrip()} {lines[-1].lstrip()}")
        for words in _tails(wrapped["place"]) if wrapped else ():
            if is_known(words) and len(words) > len(here):
                return words
    if here and not is_known(here):  # a flattened letterhead: `… HẠNH PHÚC Lạng Sơn`
        here = next((words for words in _tails(here) if is_known(words)), here)
    return here


def _tails(words: str) -> list[str]:
    parts = words.split()
    return [" ".join(parts[i:]) for i in range(len(parts))]


def is_known(name: str) -> bool:
    """Whether a province, district or commune has that name."""
    plain = UNIT_BEFORE.sub("", fold(name))
    return bool(gazetteer.province(name) or gazetteer.districts(plain) or gazetteer.districts(name))
