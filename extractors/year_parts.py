"""Parts of a year (quý, tháng, 6 tháng) as the heads of table columns name them."""

from __future__ import annotations

from typing import NamedTuple

from extractors.cues import cues

CUES = cues("table_cues.yaml")
QUARTER = CUES.naming("quarter_head", "number")
MONTH = CUES.naming("month_head", "number")
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
PRECISION = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}


class Months(NamedTuple):
    """The first and last month of a part of a year."""

    first: int
    last: int

    @property
    def precision(self) -> str:
        """Whether it is a month, a quarter, half a year or all of it."""
        return PRECISION[self.last - self.first + 1]


YEAR = Months(1, 12)


def months_named(head: str) -> Months | None:
    """The months that the words of a head name (`Quý II`, `T3`, `6 tháng cuối năm 2025`)."""
    if half := CUES["half_year_head"].fullmatch(head):
        return Months(1, 6) if half["first"] else Months(7, 12)
    if match := QUARTER.fullmatch(head):
        return quarter(match["number"])
    match = MONTH.fullmatch(head)
    return Months(int(match["number"]), int(match["number"])) if match else None


def quarter(number: str) -> Months:
    """The months of a quarter, by its Roman or plain number."""
    last = 3 * (ROMAN.get(number.upper()) or int(number))
    return Months(last - 2, last)


def months_numbered(over: str, numbers: list[str]) -> list[Months] | None:
    """The months of heads that only number them (`1 | 2 | 3` under `Tháng`, `I | II | III | IV` under `Quý`); None
    where the upper head names neither or the numbers do not run on."""
    if CUES["quarters_over"].search(over) and len(numbers) > 1:
        wanted = [list(ROMAN)[: len(numbers)], [str(n) for n in range(1, min(len(numbers), 4) + 1)]]
        return [quarter(number) for number in numbers] if numbers in wanted else None
    if not CUES["months_over"].search(over) or len(numbers) < 2 or not all(n.isdigit() for n in numbers):
        return None
    found = [int(number) for number in numbers]
    runs_on = found == list(range(found[0], found[0] + len(found))) and found[0] >= 1 and found[-1] <= 12
    return [Months(n, n) for n in found] if runs_on else None
