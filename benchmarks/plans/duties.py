"""Who does what: bodies that existed on the plan's day, charged in the ways that plans charge them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from benchmarks.plans.banks import bank, cap
from benchmarks.plans.draft import Draft, Fact
from benchmarks.plans.setting import MERGER, Setting
from benchmarks.plans.words import listed


@dataclass(frozen=True)
class Body:
    """A body of the plan: one way to write it throughout, except now and then."""

    key: str
    code: str | None
    name: str
    tasks: tuple[str, ...]
    group: str
    """`departments`, `unions` or `groups`."""
    also: str | None = None
    """The code of a second group that the name holds: "Các sở, ngành, đoàn thể"."""


def bodies(setting: Setting) -> list[Body]:
    """The bodies that can be charged, in the order of the bank."""
    told = bank("agencies")
    groups = ("departments", "unions", "groups") if setting.level == "province" else (setting.level,)
    chosen = []
    for group in groups:
        for key, entry in told[group].items():
            if existed(entry, setting.day) and setting.unit in entry.get("levels", [setting.unit]):
                side = "unions" if entry.get("union") else ("departments" if group == setting.level else group)
                name = setting.fill(setting.pick(entry["names"]))
                chosen.append(Body(key, entry.get("code", key), name, tuple(entry["tasks"]), side, entry.get("also")))
    return chosen


def existed(entry: dict[str, Any], day: datetime.date) -> bool:
    """Whether the body was there on that day."""
    return entry.get("from", datetime.date.min) <= day <= entry.get("until", datetime.date.max)


def lead_of(setting: Setting, known: list[Body]) -> Body:
    """Who leads the plan's work."""
    told = bank("topics")[setting.topic]["lead"]
    side = "merged" if setting.level == "province" and setting.day >= MERGER else setting.level
    return next((body for body in known if body.key == told[side]), known[0])


def rows(body: Body, role: str, note: str, component: str | None = None, **cells: Any) -> list[dict[str, Any]]:
    """The row of assignments for a body; two for a name that holds two groups."""
    first = {
        "table": "assignments", "agency_code": body.code, "agency_text": body.name, "role": role,
        "component": component, "note": note, **cells,
    }  # fmt: skip
    if body.also is None:
        return [first]
    return [first, first | {"agency_code": body.also, "agency_text": "đoàn thể", "note": f"{note}.second group"}]


def partners(
    setting: Setting, body: Body, known: list[Body], note: str, component: str | None = None
) -> tuple[str, list]:
    """Some other bodies as a marked list, and their rows."""
    others = [other for other in known if other.key != body.key]
    chosen = setting.rng.sample(others, setting.rng.randint(1, min(4, len(others))))
    chosen.sort(key=lambda other: other.group == "groups")
    names = [f"<{inside(other)}>" for other in chosen]
    return listed(names, setting.pick([", ", " và "])), [rows(other, "coordinate", note, component) for other in chosen]


def inside(body: Body) -> str:
    """The name inside a sentence: groups begin small."""
    return body.name[:1].lower() + body.name[1:] if body.name.startswith("Các ") else body.name


def write_duties(draft: Draft, setting: Setting, known: list[Body]) -> None:
    """The chapter "Tổ chức thực hiện"."""
    draft.add("chapter", setting.pick(bank("prose")["chapters"]["duties"]), strong=True)
    lead = lead_of(setting, known)
    rest = [body for body in known if body != lead]
    departments = [body for body in rest if body.group == "departments"]
    kept = setting.rng.sample(departments, min(len(departments), setting.rng.randint(12, 18)))
    unions = [body for body in rest if body.group == "unions"]
    unions = setting.rng.sample(unions, min(len(unions), setting.rng.randint(2, 4)))
    groups = [body for body in rest if body.group == "groups"]
    draft_item(draft, setting, lead, "lead", known)
    for body in [*kept, *groups, *unions]:
        draft_item(draft, setting, body, role_of(setting, body), known)


def role_of(setting: Setting, body: Body) -> str:
    """The role that an item gives to a body."""
    if body.group == "groups":
        return "responsible"
    if body.group == "unions":
        return "requested" if setting.chance(0.75) else "responsible"
    return setting.rng.choices(["lead", "responsible", "coordinate"], [35, 35, 30])[0]


def draft_item(draft: Draft, setting: Setting, body: Body, role: str, known: list[Body]) -> None:
    """One numbered item about one body."""
    forms = bank("duties")[role]
    used = setting.pick(forms)
    note = f"{role}.{forms.index(used) + 1}"
    tasks = two_tasks(setting, body)
    own: list[Any] = rows(body, role, note)
    if used.get("second"):
        own += rows(body, "coordinate", f"{note}.second", optional=True)
    lines = [used["inline"]] if "inline" in used else [used["head"], *used["items"]]
    for place, line in enumerate(lines):
        told: list[Any] = [own] if "{who" in line else []
        more = {}
        if "{with}" in line:
            more["with"], found = partners(setting, body, known, f"{note}.partner")
            told += found
        who = body.name if line.startswith("<{who") else inside(body)
        marked = setting.fill(line, who=who, task=tasks[0], task2=tasks[1], **more)
        if place == 0:
            draft.add("section", marked, told, strong="inline" not in used)
        else:
            draft.add("bullet", marked, told)
        note_crowd(draft)
    for _ in range(setting.rng.randint(0, 3) if "inline" not in used else 0):
        draft.add("bullet", f"{cap(extra(setting))}.")


def two_tasks(setting: Setting, body: Body) -> list[str]:
    """Two different clauses of work for the body."""
    own = [setting.fill(task) for task in body.tasks]
    told = bank("work")
    made = [f"{setting.pick(told['verbs'])} {setting.pick(told['objects'][side])}" for side in (setting.topic, "any")]
    return setting.rng.sample([*own, *made], 2)


def extra(setting: Setting) -> str:
    """One more clause of work."""
    told = bank("work")
    return f"{setting.pick(told['verbs'])} {setting.pick(told['objects']['any'])} {setting.pick(told['manners'])}"


CROWDS = {"các đơn vị, địa phương": ("co_quan_lien_quan", "dia_phuong"), "các cơ quan, đơn vị": ("co_quan_lien_quan",),
          "các đơn vị": ("co_quan_lien_quan",), "các trường": ("co_so_giao_duc",)}  # fmt: skip
"""Those whom a closing, a reporting duty or a task addresses: a careful reader could give or leave them."""


def note_crowd(draft: Draft) -> None:
    """Note whom the last block addresses, as optional rows."""
    text = draft.blocks[-1].text
    for words, codes in CROWDS.items():
        start = text.casefold().find(words)
        if start >= 0:
            for code in codes:
                body = Body(code, code, text[start : start + len(words)], (), "groups")
                for told in rows(body, "responsible", "crowd", optional=True):
                    draft.facts.append(Fact(told, len(draft.blocks) - 1, start, start + len(words)))
            return
