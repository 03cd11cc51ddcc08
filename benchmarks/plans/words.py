"""How plans write figures, sums of money, days and lists."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from random import Random

QUARTERS = ("I", "II", "III", "IV")


def figure(value: float) -> str:
    """`1.250`, `12,5`."""
    if value == int(value):
        return f"{int(value):,}".replace(",", ".")
    return f"{value:.1f}".replace(".", ",")


def count(value: int, padded: bool = True) -> str:
    """A count of things; officials write `08`."""
    return f"{value:02d}" if padded and value < 10 else figure(value)


def listed(parts: Sequence[str], last: str = ", ") -> str:
    """`a, b và c`."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + last + parts[-1]


def money(rng: Random, millions: int, style: str) -> str:
    """A sum of so many million đồng, in the style of the plan."""
    if style == "mixed" and millions >= 1000 and millions % 1000:
        return f"{figure(millions // 1000)} tỷ {millions % 1000} triệu đồng"
    if style in ("billion", "mixed") and millions >= 1000:
        whole, rest = divmod(millions, 1000)
        return f"{figure(whole)}{',' + f'{rest:03d}'.rstrip('0') if rest else ''} tỷ đồng"
    if style == "full":
        return f"{figure(millions * 1_000_000)} đồng"
    if style == "thousand" and rng.random() < 0.7:
        return f"{figure(millions * 1000)} nghìn đồng"
    return f"{figure(millions)} triệu đồng"


def month_end(year: int, month: int) -> str:
    """The last day of a month, ISO."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def iso(year: int, month: int, day: int) -> str:
    """A day, ISO."""
    return datetime.date(year, month, day).isoformat()


def split(rng: Random, total: int, parts: int, grain: int = 1) -> list[int]:
    """So many positive parts of like size that make the total; `grain` is the smallest step."""
    weights = [rng.uniform(0.3, 1.7) for _ in range(parts)]
    pieces = [max(grain, int(total * weight / sum(weights)) // grain * grain) for weight in weights[:-1]]
    return [*pieces, total - sum(pieces)]
