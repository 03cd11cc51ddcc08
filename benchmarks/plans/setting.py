"""Who writes which plan when: drawn once a plan, asked by every chapter."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from benchmarks.plans.banks import Deck, bank, fill
from schemas.provinces import REFORM, Commune, District, Province, communes_of, districts_of, provinces

FIRST_DAY, DAYS, NUMBERS = datetime.date(2016, 3, 1), 3770, 389
"""Days of issue and numbers run through residues of two moduli without common factor: no two plans of the first
1.4 million share number and date."""
MERGER = datetime.date(2025, 3, 1)


@dataclass(frozen=True)
class Setting:
    """The circumstances of one plan."""

    rng: Random
    topic: str
    level: str
    day: datetime.date
    number: int
    province: Province
    district: District | None
    commune: Commune | None
    first: int
    last: int
    slots: dict[str, Any]
    draft: bool
    money_style: str
    decks: dict[str, Deck] = field(default_factory=dict)

    @property
    def one_year(self) -> bool:
        return self.first == self.last

    @property
    def unit(self) -> str:
        """The word for the issuer's own unit."""
        return {"province": self.province.level, "district": "huyện", "commune": "xã"}[self.level]

    def fill(self, template: str, **more: Any) -> str:
        """A template with the plan's own slots and more."""
        return fill(template, self.slots, **more)

    def pick(self, phrases: list[Any]) -> Any:
        """One of the phrases; plainer than `Random.choice`, which takes twice as long."""
        return phrases[int(self.rng.random() * len(phrases))]

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self.rng.random() < share

    def deal(self, name: str, phrases: list[Any]) -> Any:
        """The next of the phrases, none twice before all were used; `name` tells the deck."""
        if name not in self.decks:
            self.decks[name] = Deck(self.rng, phrases)
        return self.decks[name].deal()

    def year(self) -> int:
        """One of the plan's years."""
        return self.rng.randint(self.first, self.last)


def draw_setting(seed: int, index: int) -> Setting:
    """The circumstances of the plan with that index."""
    rng = Random(f"kehoach plans {seed} {index}")
    turn = index + seed * 7919
    day = FIRST_DAY + datetime.timedelta(days=turn * 1009 % DAYS)
    topic = rng.choice(sorted(bank("topics")))
    level = draw_level(rng, day)
    province = rng.choice(provinces(day))
    district = draw_district(rng, province) if level == "district" else None
    if level == "district" and district is None:
        level = "province"
    commune = rng.choice([c for c in communes_of(province.code, day) if c.kind == "xã"]) if level == "commune" else None
    first, last = draw_period(rng, day)
    setting = Setting(
        rng, topic, level, day, 3 + turn * 17 % NUMBERS, province, district, commune, first, last, {},
        rng.random() < 0.05, rng.choice(["million", "million", "billion", "mixed", "full", "thousand"]),
    )  # fmt: skip
    setting.slots.update(draw_slots(setting))
    return setting


def draw_level(rng: Random, day: datetime.date) -> str:
    """Mostly provinces; districts until the reform, communes after it."""
    if rng.random() < 0.72:
        return "province"
    return "commune" if day >= REFORM else "district"


@cache
def rural_districts(province_code: str) -> tuple[District, ...]:
    """Districts that are called huyện."""
    return tuple(d for d in districts_of(province_code) if d.kind == "huyện")


def draw_district(rng: Random, province: Province) -> District | None:
    """A district of the province, if it has any."""
    found = rural_districts(province.code)
    return rng.choice(found) if found else None


def draw_period(rng: Random, day: datetime.date) -> tuple[int, int]:
    """The plan's years: one, or up to the end of the five years."""
    first = day.year + (day.month >= 8)
    if rng.random() < 0.35:
        return first, first
    end = next(y for y in (2020, 2025, 2030, 2035) if y > first + 1 or y >= first + 2)
    return first, end


def draw_slots(setting: Setting) -> dict[str, Any]:
    """The plan's names for itself, its issuer, its field and its years."""
    rng, topic = setting.rng, bank("topics")[setting.topic]
    unit, name = setting.unit, own_name(setting)
    full = rng.random() < 0.6
    uba = "Ủy ban nhân dân" if full else "UBND"
    slots = {
        "area": f"{unit} {name}",
        "unit": unit,
        "uba": f"{uba} {unit}",
        "uba_issuer": f"{uba} {unit} {name}" if rng.random() < 0.4 else f"{uba} {unit}",
        "subject": rng.choice(topic["subject"]),
        "people": topic["people"],
        "parent": parent_area(setting),
        "party": "Tỉnh ủy" if setting.province.level == "tỉnh" else "Thành ủy",
        "period": period_phrase(rng, setting.first, setting.last),
        "first": setting.first,
        "last": setting.last,
    }
    slots["title"] = fill(rng.choice(topic["titles"]), slots)
    return slots


def own_name(setting: Setting) -> str:
    """The issuer's name without its unit word."""
    return (setting.commune or setting.district or setting.province).name


def parent_area(setting: Setting) -> str:
    """Whose council and committee decide above the issuer, or the province itself."""
    return f"{setting.province.level} {setting.province.name}"


def period_phrase(rng: Random, first: int, last: int) -> str:
    """The plan's years as its title writes them."""
    if first == last:
        return f"năm {first}"
    return rng.choice([f"giai đoạn {first} - {last}", f"giai đoạn {first}-{last}", f"giai đoạn {first} – {last}"])
