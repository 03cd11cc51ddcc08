"""Values as a Vietnamese reader writes them: `27.000 hộ`, `giảm ≥ 3 điểm %/năm`, `≈ 11 %`, `1,28 tỷ đồng`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from extractors.values.rules import unit_forms
from schemas.folding import bare_key

LOCAL_TIME = datetime.timezone(datetime.timedelta(hours=7))
"""Vietnam has one time zone and no summer time."""
DIRECTIONS = {"reach": "", "increase": "tăng ", "decrease": "giảm "}
SIGNS = {"eq": "", "ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ ", "range": ""}
PERIODS = {"year": "năm", "quarter": "quý", "month": "tháng"}
MONEY_STEPS = ((10**9, "tỷ đồng"), (10**6, "triệu đồng"))
ROUND = 1000
"""Đồng of which a sum must be whole to be told in tỷ: no more than six places of a number are shown."""
STATED_PLACES, SMALL_SHARE = 3, 0.1
"""Places that plans state of a percentage at most, but of very small ones."""
SHARES = ("percent", "percentage_point")
SHOWN_UNITS = {"percentage_point": "điểm %", "item": ""}
"""Units whose first form in `rules/units.csv` is not the one to show."""

PLACE_WORDS = re.compile(r"^(tinh|thanh pho|tp\.?)\s+")


def number(value: float) -> str:
    """Digits grouped by points, decimals after a comma: 27000 → `27.000`, 0.02 → `0,02`."""
    digits = f"{value:,.6f}".rstrip("0").rstrip(".")
    return digits.translate(str.maketrans(",.", ".,"))


def share(value: float) -> str:
    """A percentage: what a fraction makes of it is rounded (`1/3` → `33,33`); nobody writes so many places."""
    shown = value if value == round(value, STATED_PLACES) or abs(value) < SMALL_SHARE else round(value, 2)
    return number(shown)


@cache
def unit_names() -> dict[str, str]:
    """How each unit is said: the first of its forms in `rules/units.csv`."""
    names: dict[str, str] = {}
    for form, code in unit_forms().items():
        names.setdefault(code, form)
    return names | SHOWN_UNITS


def amount(value: float, unit: str | None) -> str:
    """A number with its unit; money in tỷ or triệu where that says the whole of it."""
    if unit == "vnd":
        steps = () if value % ROUND else MONEY_STEPS  # in tỷ the last of its đồng would be left out
        step, word = next(((s, w) for s, w in steps if abs(value) >= s), (1, "đồng"))
        return f"{number(value / step)} {word}"
    return f"{in_unit(value, unit)} {unit_names().get(unit, unit) if unit else ''}".rstrip()


def in_unit(value: float, unit: str | None) -> str:
    """The number alone, as it stands before its unit; money with the unit, which depends on it."""
    if unit == "vnd":
        return amount(value, unit)
    return share(value) if unit in SHARES else number(value)


def target_value(row: Mapping[str, Any]) -> str:
    """A target's value in words: `giảm ≥ 4 điểm %/năm`; a dash where it has none."""
    low, high, unit = row["value_min"], row["value_max"], row["unit"]
    if low is None and high is None:
        return "-"
    if low is not None and high is not None and low != high:
        shown = f"{in_unit(low, unit)}–{amount(high, unit)}"
    else:
        shown = SIGNS[row["comparator"]] + amount(low if low is not None else high, unit)
    period = row["rate_period"]
    return DIRECTIONS[row["direction"]] + shown + (f"/{PERIODS.get(period, period)}" if period else "")


def bare_province(name: str) -> str:
    """A province's name as people type it, with or without `tỉnh`, `thành phố`, `TP.`."""
    return PLACE_WORDS.sub("", bare_key(name))


def short_issuer(issuer: str) -> str:
    """`Ủy ban nhân dân huyện Kim Thành` → `UBND huyện Kim Thành`."""
    return re.sub(r"^[ỦU][ỷy] ban nhân dân", "UBND", issuer, flags=re.IGNORECASE)
