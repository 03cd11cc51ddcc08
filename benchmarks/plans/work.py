"""Prose of a plan: aims, scope, what was reached, tasks and measures. It holds few facts, and those that readers may
see in it are optional rows."""

from __future__ import annotations

from typing import Any

from benchmarks.plans.banks import Deck, bank, cap
from benchmarks.plans.draft import Draft
from benchmarks.plans.duties import Body, inside, partners
from benchmarks.plans.duties import rows as duties
from benchmarks.plans.head import citation
from benchmarks.plans.setting import Setting
from benchmarks.plans.times import timed


def bullet(setting: Setting) -> str:
    """A sentence on what is to be done, with neither figure nor time nor body."""
    told = bank("work")
    objects = [setting.deal("objects", [*told["objects"][setting.topic], *told["objects"]["any"]]) for _ in "12"]
    verbs = [setting.deal("verbs", told["verbs"]) for _ in "12"]
    return cap(setting.fill(
        setting.pick(told["bullets"]), verb=verbs[0], verb2=verbs[1], object=objects[0], object2=objects[1],
        manner=setting.deal("manners", told["manners"]), manner_lead=setting.deal("leads", told["leads"]),
        manner2_note=setting.deal("notes", told["notes"]),
        purpose=setting.fill(setting.deal("purposes", told["purposes"])),
    ))  # fmt: skip


def bullets(setting: Setting) -> str:
    """One sentence or two."""
    return f"{bullet(setting)} {bullet(setting)}" if setting.chance(0.3) else bullet(setting)


def write_past(draft: Draft, setting: Setting) -> None:
    """What was reached before: figures that are no targets."""
    prose, rng = bank("prose"), setting.rng
    draft.add("chapter", setting.pick(prose["chapters"]["past"]), strong=True)
    for form in rng.sample(prose["past"], rng.randint(2, 4)):
        draft.add("para", setting.fill(
            form, y0=setting.first - 1, a=rng.randint(60, 95), b=rng.randint(2, 40), n=rng.randint(60, 900),
            m=rng.randint(11, 59),
        ))  # fmt: skip
    draft.add("para", setting.pick(prose["limits"]))


def write_aims(draft: Draft, setting: Setting) -> None:
    """Purpose and demands."""
    prose, rng = bank("prose"), setting.rng
    draft.add("chapter", setting.pick(prose["chapters"]["aim"]), strong=True)
    for head, phrases in (("purpose", prose["purposes"]), ("requirement", prose["requirements"])):
        draft.add("section", setting.pick(prose["subheads"][head]), strong=True)
        for phrase in rng.sample(phrases, rng.randint(3, 5)):
            draft.add("bullet", setting.fill(phrase))


def write_scope(draft: Draft, setting: Setting) -> None:
    """Where and for whom."""
    prose = bank("prose")
    draft.add("chapter", setting.pick(prose["chapters"]["scope"]), strong=True)
    draft.add("section", setting.fill(setting.pick(prose["scope"])))
    draft.add("section", setting.fill(setting.pick(prose["objects"])))


def write_work(draft: Draft, setting: Setting, bases: list[dict[str, Any]]) -> None:
    """The chapter of tasks: groups of bullets; some cite documents."""
    told, prose, rng = bank("work"), bank("prose"), setting.rng
    draft.add("chapter", setting.pick(prose["chapters"]["work"]), strong=True)
    groups = rng.sample(told["groups"], rng.randint(9, 12))
    cites = set(rng.sample(range(len(groups)), rng.randint(1, 3)))
    wrong = bool(bases) and setting.chance(0.1)
    for place, group in enumerate(groups):
        draft.add("section", group, strong=True)
        for _ in range(rng.randint(5, 9)):
            draft.add("bullet", bullets(setting))
        if place in cites:
            write_citing(draft, setting, bases if wrong else [])
            wrong = False
        if setting.chance(0.15):
            used = setting.pick(prose["optional"])
            draft.add("bullet", setting.fill(used["text"]), [optional_row(cells) for cells in used["rows"]])


def optional_row(cells: dict[str, Any]) -> dict[str, Any]:
    """A row that a careful reader could give or leave."""
    more = {"start_date": None, "end_date": None} if cells["table"] == "deadlines" else {"amount_vnd": None}
    return cells | more | {"optional": True, "note": "prose"}


def write_citing(draft: Draft, setting: Setting, again: list[dict[str, Any]]) -> None:
    """A bullet that cites a document: a new one, or one of the bases with another date, which gold reports."""
    told = bank("work")
    verb, thing = cap(setting.pick(told["verbs"])), setting.pick(told["objects"]["any"])
    dated = [row for row in again if row["instrument"] == "decision"]
    if dated:
        base = setting.pick(dated)
        year, month, day = map(int, base["date"].split("-"))
        other = f"{year}-{month % 12 + 1:02d}-{min(day, 28):02d}"
        draft.note(base | {"date": other, "relation": "reference", "note": "other date"})
        draft.note({"table": "findings", "check": "conflicting_citation_date", "expected": None, "actual": None,
                    "note": "date"})  # fmt: skip
        text = f"Quyết định số {base['number']} ngày {min(day, 28)}/{month % 12 + 1}/{year}"
    else:
        text, row = citation(setting, "central")
        draft.note(row | {"relation": "reference", "note": "body"})
    draft.add("bullet", f"{verb} {thing} theo {text.rstrip(' ,')}.")


def write_solutions(draft: Draft, setting: Setting) -> None:
    """Measures in longer prose."""
    prose, rng = bank("prose"), setting.rng
    draft.add("chapter", setting.pick(prose["chapters"]["solutions"]), strong=True)
    groups = Deck(rng, bank("work")["groups"])
    for text in rng.sample(prose["solutions"], rng.randint(7, 12)):
        draft.add("section", groups.deal(), strong=True)
        draft.add("para", setting.fill(text))
        draft.add("para", f"{bullet(setting)} {bullet(setting)}")


def write_assigned(draft: Draft, setting: Setting, known: list[Body]) -> None:
    """Tasks that are listed with their bodies and times."""
    told, rng = bank("work"), setting.rng
    draft.add("chapter", setting.pick(bank("prose")["chapters"]["assigned"]), strong=True)
    forms = bank("duties")["table"]
    form = setting.pick(forms)
    departments = [body for body in known if body.group == "departments"]
    for task in rng.sample(told["assigned"], rng.randint(4, 8)):
        draft.add("section", setting.fill(task), strong=True)
        body = setting.pick(departments)
        note = f"table.{forms.index(form) + 1}"
        names, rows = partners(setting, body, known, f"{note}.partner")
        rows = [duties(body, "lead", note), *rows]
        for line in form:
            here = rows[: line.count("<") + (names.count("<") if "{with}" in line else 0)]
            rows = rows[len(here) :]
            draft.add("bullet", setting.fill(line, who=inside(body), **{"with": names}), here)
        draft.add("bullet", *timed(setting, "task_times"))
