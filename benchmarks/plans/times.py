"""Times within the plan: steps with a date, habits, reporting duties, each with its row of `deadlines`."""

from __future__ import annotations

from typing import Any

from benchmarks.plans.banks import Deck, bank
from benchmarks.plans.draft import Draft
from benchmarks.plans.duties import note_crowd
from benchmarks.plans.setting import Setting
from benchmarks.plans.words import QUARTERS, iso, month_end


def row(kind: str, note: str, start: str | None, end: str | None, precision: str | None, **cells: Any) -> dict:
    """A row of deadlines."""
    told = {"table": "deadlines", "kind": kind, "start_date": start, "end_date": end, "precision": precision}
    return told | {"recurrence": None, "note": note} | cells


def moment(setting: Setting, used: dict[str, Any]) -> tuple[dict[str, Any], str | None, str]:
    """A time within the plan that fits the form: its slots, first and last day."""
    year = setting.year()
    first = setting.day.month + 1 if year == setting.day.year else 1
    month = setting.rng.randint(min(first, 11), 11)
    later = setting.rng.randint(month + 1, 12)
    day = setting.rng.choice([5, 10, 15, 20, 25])
    slots = {
        "y": year, "m": month, "mm": f"{month:02d}", "m2": later, "mm2": f"{later:02d}", "d": day, "dd": f"{day:02d}",
        "q": QUARTERS[(month - 1) // 3],
    }  # fmt: skip
    start, end = bounds(used, year, month, later, day)
    return slots, None if used["kind"] == "due" else start, end


def bounds(used: dict[str, Any], year: int, month: int, later: int, day: int) -> tuple[str, str]:
    """First and last day meant."""
    if used["precision"] == "day":
        return iso(year, month, day), iso(year, later if used.get("span") else month, day)
    if used["precision"] == "quarter":
        quarter = (month - 1) // 3
        return iso(year, quarter * 3 + 1, 1), month_end(year, quarter * 3 + 3)
    if used["precision"] == "half_year":
        return iso(year, used["half"] * 6 - 5, 1), month_end(year, used["half"] * 6)
    return iso(year, month, 1), month_end(year, later if used.get("span") else month)


def timed(setting: Setting, group: str, what: str = "") -> tuple[str, list[dict[str, Any]]]:
    """A marked sentence with a time, and its row."""
    forms = bank("timeline")[group]
    used = setting.pick(forms)
    slots, start, end = moment(setting, used)
    note = f"{group}.{forms.index(used) + 1}"
    marked = setting.fill(used["text"], what=what, **slots)
    return marked, [row(used["kind"], note, start, end, used["precision"])]


def write_timeline(draft: Draft, setting: Setting) -> None:
    """The chapter of steps."""
    told = bank("timeline")
    draft.add("chapter", setting.pick(bank("prose")["chapters"]["timeline"]), strong=True)
    events = Deck(setting.rng, told["events"])
    for _ in range(setting.rng.randint(5, 9)):
        marked, rows = timed(setting, "single", events.deal())
        draft.add("bullet", marked, rows)
    for _ in range(setting.rng.randint(0, 2)):
        used = setting.pick(told["recurring"])
        cells = row("recurring", f"recurring.{told['recurring'].index(used) + 1}", None, None, used["precision"])
        marked = setting.fill(used["text"], what=setting.pick(told["habits"]))
        draft.add("bullet", marked, [cells | {"recurrence": used["recurrence"]}])


def routine(setting: Setting, cells: dict[str, Any], note: str, day: int) -> list[dict[str, Any]]:
    """A reporting duty. Where it names a day, gold leaves the precision open (the day, or the interval?); in a one-year
    plan such a day may be read as a date of its own."""
    told = row("recurring", note, None, None, None) | {k: v for k, v in cells.items() if k != "month"}
    if "precision" not in cells:
        del told["precision"]
    if "month" not in cells or not setting.one_year:
        return [told]
    end = iso(setting.first, cells["month"], day)
    return [told, row("due", f"{note}.day", None, end, "day", optional=True)]


def write_reports(draft: Draft, setting: Setting) -> None:
    """The chapter of reporting duties."""
    told = bank("timeline")
    draft.add("chapter", setting.pick(bank("prose")["chapters"]["reports"]), strong=True)
    for used in setting.rng.sample(told["reports"], setting.rng.randint(1, 3)):
        note = f"reports.{told['reports'].index(used) + 1}"
        day = setting.pick([5, 10, 15, 20])
        rows: list[Any] = [routine(setting, cells, note, day) for cells in used["rows"]]
        marked = setting.fill(used["text"], to=setting.slots["lead"], d=day)
        draft.add("section", marked, rows if used.get("apart") else [[told for group in rows for told in group]])
        note_crowd(draft)
    if setting.chance(0.4):
        used = setting.pick(told["relative"])
        note = f"relative.{told['relative'].index(used) + 1}"
        marked = setting.fill(used["text"], n=setting.pick([10, 15, 20, 30]))
        draft.add("section", marked, [row("relative", note, None, None, "day")])
        note_crowd(draft)
    tail = setting.fill("Kết quả kiểm tra là căn cứ xem xét thi đua của các đơn vị trong {subject}.")
    draft.add("section", tail)
