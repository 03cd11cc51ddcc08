"""The chapter of goals: general ones in prose, special ones in figures, each figure with its row of `targets`."""

from __future__ import annotations

from typing import Any

from benchmarks.plans.banks import bank, cap, low
from benchmarks.plans.draft import Draft
from benchmarks.plans.setting import Setting
from benchmarks.plans.words import count, figure, split

COMPARATORS = {
    "share": {"eq": 8, "ge": 5, "gt": 2, "approx": 2, "range": 2},
    "ceiling": {"le": 2, "lt": 2, "eq": 3, "approx": 1},
    "change": {"eq": 3, "ge": 3, "range": 1},
    "growth": {"eq": 3, "ge": 2, "range": 2},
    "count": {"eq": 6, "ge": 3, "gt": 2, "approx": 2, "range": 1},
    "yearly_count": {"eq": 3, "ge": 1},
    "money": {"eq": 3, "ge": 2, "gt": 1, "approx": 1},
}
"""How often each comparator is used."""

Goal = tuple[str, list[Any]]
"""A marked sentence without its full stop, and the rows of its spans."""


def write_goals(draft: Draft, setting: Setting) -> None:
    """General and special goals."""
    prose = bank("prose")
    heads = prose["subheads"]
    draft.add("chapter", setting.pick(prose["chapters"]["goals"]), strong=True)
    draft.add("section", setting.pick(heads["general"]), strong=True)
    draft.add("para", setting.fill(setting.pick(prose["general_goals"])))
    draft.add("section", setting.pick(heads["specific"]), strong=True)
    goals = draw_goals(setting)
    while goals:
        marked, rows = goals.pop()
        if goals and "năm " not in marked and setting.chance(0.25):  # two figures in one bullet
            more, others = goals.pop()
            marked, rows = f"{marked}; {low(more)}", rows + others
        draft.add("bullet", f"{marked}.", rows)


def draw_goals(setting: Setting) -> list[Goal]:
    """All special goals, in random order."""
    told = bank("targets")[setting.topic]
    goals = [share(setting, entry) for entry in sample(setting, told["shares"], 5)]
    goals += [ceiling(setting, entry) for entry in sample(setting, told["ceilings"], 1)]
    goals += [growth(setting, entry) for entry in sample(setting, told["growths"], 1)]
    goals += [counted(setting, entry) for entry in sample(setting, told["counts"], 3)]
    goals += [money_goal(setting, entry) for entry in sample(setting, told["money"], 0)]
    if not setting.one_year:
        goals += [change(setting, entry) for entry in sample(setting, told["changes"], 0)]
    setting.rng.shuffle(goals)
    return goals


def sample(setting: Setting, entries: list[Any], least: int) -> list[Any]:
    """At least so many of the entries."""
    least = min(least, len(entries))
    return setting.rng.sample(entries, setting.rng.randint(least, len(entries)))


def form(setting: Setting, kind: str, wanted: dict[str, bool]) -> tuple[str, dict[str, Any]]:
    """A comparator and one of its forms that fits; `wanted` says which marks of a form are allowed."""
    forms, weights = bank("target_forms")[kind], COMPARATORS[kind]
    while True:
        comparator = setting.rng.choices(list(weights), list(weights.values()))[0]
        fitting = [f for f in forms[comparator] if all(allowed or not f.get(m) for m, allowed in wanted.items())]
        if fitting:
            return comparator, setting.pick(fitting)


def drawn(setting: Setting, entry: dict[str, Any]) -> float:
    """A figure between the entry's bounds, on its grain."""
    step = entry.get("step", 1)
    steps = round((entry["high"] - entry["low"]) / step)
    return round(entry["low"] + setting.rng.randint(0, steps) * step, 1)


def row(setting: Setting, kind: str, comparator: str, place: int, entry: dict[str, Any], **cells: Any) -> dict:
    """A row of targets; `place` is that of the form in its bank, for counting misses by construct. Columns that an
    entry calls `open` are not judged."""
    value, lower = cells.pop("value"), cells.pop("lower", None)
    least = {"le": None, "lt": None, "range": lower}.get(comparator, value)
    most = {"ge": None, "gt": None}.get(comparator, value)
    told = {
        "table": "targets", "indicator_code": entry["code"], "direction": "reach", "comparator": comparator,
        "value_min": least, "value_max": most, "unit": "percent", "rate_period": None, "scope": None,
        "due_year": setting.last, "note": f"{kind}.{comparator}.{place}",
    }  # fmt: skip
    told |= cells
    return {key: cell for key, cell in told.items() if key not in entry.get("open", ())}


def due(year: int, note: str) -> dict[str, Any]:
    """A year that a target states is a deadline that a reader may give or leave."""
    return {
        "table": "deadlines", "kind": "due", "start_date": None, "end_date": f"{year}-12-31", "precision": "year",
        "recurrence": None, "optional": True, "note": note,
    }  # fmt: skip


def habit(note: str) -> dict[str, Any]:
    """A figure of each year is a recurring deadline that a reader may give or leave."""
    return {
        "table": "deadlines", "kind": "recurring", "start_date": None, "end_date": None, "precision": "year",
        "recurrence": "P1Y", "optional": True, "note": note,
    }  # fmt: skip


def place_of(kind: str, comparator: str, used: dict[str, Any]) -> int:
    """Where a form stands in its bank, from 1."""
    return bank("target_forms")[kind][comparator].index(used) + 1


def rate_goal(setting: Setting, kind: str, entry: dict[str, Any], value: float, worse: float, lower: float) -> Goal:
    """A share or a ceiling: a rate with one figure."""
    comparator, used = form(setting, kind, {"baseline": worse != value, "year": True})
    year = setting.year() if used.get("year") else setting.last
    marked = setting.fill(
        used["text"], n=figure(value), a=figure(lower), b=figure(worse), y=year, y0=setting.first - 1,
        rate=entry["rate"], whom=entry.get("whom", ""),
    )  # fmt: skip
    place = place_of(kind, comparator, used)
    told = row(setting, kind, comparator, place, entry, value=value, lower=lower, due_year=year)
    return cap(marked), [[told, due(year, "year of a target")] if used.get("year") else told]


def share(setting: Setting, entry: dict[str, Any]) -> Goal:
    """So many percent of something."""
    value = drawn(setting, entry)
    if setting.chance(0.15) and value < 99:
        value = round(value + 0.5, 1)
    worse = round(value - setting.rng.randint(3, 15), 1)
    return rate_goal(setting, "share", entry, value, worse, round(value - setting.rng.choice([2, 3, 5]), 1))


def ceiling(setting: Setting, entry: dict[str, Any]) -> Goal:
    """A rate that shall fall to a value or stay below it."""
    value = drawn(setting, entry)
    return rate_goal(setting, "ceiling", entry, value, round(value + setting.rng.uniform(0.8, 4), 1), value)


def change(setting: Setting, entry: dict[str, Any]) -> Goal:
    """So many points a year."""
    value = drawn(setting, entry)
    comparator, used = form(setting, "change", {})
    lower = round(value - entry["step"], 1) or value
    comparator = comparator if lower > 0 else "eq"
    used = used if lower > 0 else bank("target_forms")["change"]["eq"][0]
    marked = setting.fill(used["text"], n=figure(value), a=figure(lower), rate=entry["rate"])
    told = row(setting, "change", comparator, place_of("change", comparator, used), entry, value=value, lower=lower,
               direction="decrease", unit="percentage_point", rate_period="year")  # fmt: skip
    return cap(marked), [[told, habit("each year of a target")]]


def growth(setting: Setting, entry: dict[str, Any]) -> Goal:
    """By so many percent, once or each year."""
    value = drawn(setting, entry)
    lower = round(max(entry["low"] / 2, value - 3), 1)
    comparator, used = form(setting, "growth", {"yearly": not setting.one_year, "once": True})
    marked = setting.fill(
        used["text"], n=figure(value), a=figure(lower), what=entry["what"], way=entry["way"], y0=setting.first - 1
    )
    told = row(setting, "growth", comparator, place_of("growth", comparator, used), entry, value=value, lower=lower,
               direction="increase" if entry["way"] == "tăng" else "decrease",
               rate_period="year" if used.get("yearly") else None)  # fmt: skip
    return cap(marked), [[told, habit("each year of a target")] if used.get("yearly") else told]


def money_goal(setting: Setting, entry: dict[str, Any]) -> Goal:
    """An amount to attain."""
    value = drawn(setting, entry)
    comparator, used = form(setting, "money", {"year": True})
    year = setting.year() if used.get("year") else setting.last
    marked = setting.fill(used["text"], n=figure(value), what=entry["what"], money=entry["money"], y=year)
    told = row(setting, "money", comparator, place_of("money", comparator, used), entry, value=value * entry["scale"],
               unit="vnd", rate_period="year" if entry["yearly"] else None, due_year=year)  # fmt: skip
    more = [due(year, "year of a target")] if used.get("year") else []
    return cap(marked), [[told, *more, habit("each year of a target") | {"note": "per year of money"}]]


def counted(setting: Setting, entry: dict[str, Any]) -> Goal:
    """A number of things to be delivered: once, each year, year by year, or group by group."""
    if "groups" in entry and setting.chance(0.6):
        return parted(setting, entry, "split")
    years = setting.last - setting.first + 1
    if 1 < years <= 5 and setting.chance(0.3) and not entry["do"].endswith("lên"):
        return parted(setting, entry, "series")
    yearly = years > 1 and setting.chance(0.2) and not entry["do"].endswith("lên")
    kind = "yearly_count" if yearly else "count"
    value = int(drawn(setting, entry)) // (years if yearly else 1) or 2
    comparator, used = form(setting, kind, {"year": True, "window": True, "recurring": True})
    lower = max(1, value * 9 // 10 - 1)
    year = setting.year() if used.get("year") else setting.last
    marked = setting.fill(used["text"], n=count(value), a=count(lower), y=year, what=entry["what"], do=entry["do"])
    told = row(setting, kind, comparator, place_of(kind, comparator, used), entry, value=value, lower=lower,
               unit=entry["unit"], due_year=year, rate_period="year" if yearly else None)  # fmt: skip
    more = [due(year, "year of a target")] if used.get("year") else []
    more += [habit("each year of a target")] if yearly else []
    return cap(marked), [[told, *more]]


def parted(setting: Setting, entry: dict[str, Any], kind: str) -> Goal:
    """A number with its parts: by year (`series`) or by group (`split`)."""
    forms = bank("target_forms")[kind]
    used = setting.pick(forms)
    names = entry["groups"] if kind == "split" else list(range(setting.first, setting.last + 1))
    total = max(int(drawn(setting, entry)), 3 * len(names))
    sizes, place = split(setting.rng, total, len(names)), forms.index(used) + 1
    rows: list[Any] = [row(setting, f"{kind}.total", "eq", place, entry, value=total, unit=entry["unit"])]
    parts = []
    for name, size in zip(names, sizes, strict=True):
        year = name if kind == "series" else setting.last
        parts.append(setting.fill(used["part"], y=name, group=name, n=count(size), unit=entry["noun"], do=entry["do"]))
        told = row(setting, f"{kind}.part", "eq", place, entry, value=size, unit=entry["unit"], due_year=year)
        rows.append([told, due(year, "year of a target")] if kind == "series" else told)
    joined = " và ".join([used["join"].join(parts[:-1]), parts[-1]]) if used["join"] == " và " else (
        used["join"].join(parts))  # fmt: skip
    return cap(setting.fill(used["text"], n=count(total), what=entry["what"], do=entry["do"], parts=joined)), rows
