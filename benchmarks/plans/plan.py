"""One plan from seed and index: chapters in one of the orders that plans have, and gold as docs/gold.md wants it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.plans import duties, funds, goals, head, projects, times, work
from benchmarks.plans.banks import bank
from benchmarks.plans.draft import Draft, GeneratedPlan
from benchmarks.plans.setting import Setting, draw_setting, own_name
from schemas.folding import bare
from schemas.provinces import current_province

TABLES = ("targets", "funding", "assignments", "deadlines", "activities", "citations", "findings")


def plans(count: int, seed: int, first: int = 0) -> Iterator[GeneratedPlan]:
    """So many plans from the index `first` on, one by one; none is kept."""
    for index in range(first, first + count):
        yield make_plan(seed, index)


def make_plan(seed: int, index: int) -> GeneratedPlan:
    """The plan with that index: the same for the same seed, however many are made."""
    setting = draw_setting(seed, index)
    known = duties.bodies(setting)
    lead = duties.lead_of(setting, known)
    setting.slots["lead"] = lead.name
    setting.slots["uba_low"] = setting.slots["uba"]
    signer = head.draw_signer(setting)
    draft = Draft(letters=setting.chance(0.5))
    head.write_head(draft, setting)
    bases = head.write_bases(draft, setting)
    write_chapters(draft, setting, known, lead, bases)
    head.write_foot(draft, setting, signer)
    for check in ("missing_number", "missing_date") if setting.draft else ():
        draft.note({"table": "findings", "check": check, "expected": None, "actual": None, "note": "draft"})
    gold: dict[str, Any] = {"document": document(setting, signer)}
    gold |= draft.gold(TABLES)
    return GeneratedPlan(stem(setting, index), draft.blocks, gold, setting.chance(0.75))


def write_chapters(draft: Draft, setting: Setting, known: list, lead: duties.Body, bases: list) -> None:
    """The body of the plan."""
    if setting.chance(0.35):
        work.write_past(draft, setting)
    work.write_aims(draft, setting)
    if setting.chance(0.4):
        work.write_scope(draft, setting)
    goals.write_goals(draft, setting)
    work.write_work(draft, setting, bases)
    labels = projects.write_projects(draft, setting, known, lead) if setting.chance(0.75) else []
    if setting.chance(0.45) or not labels:
        work.write_assigned(draft, setting, known)
    if setting.chance(0.7):
        times.write_timeline(draft, setting)
    work.write_solutions(draft, setting)
    funds.write_funds(draft, setting, labels)
    reports_first = setting.chance(0.4)
    if reports_first:
        times.write_reports(draft, setting)
    duties.write_duties(draft, setting, known)
    if not reports_first:
        times.write_reports(draft, setting)


def document(setting: Setting, signer: dict[str, Any]) -> dict[str, Any]:
    """The fields of the document. The topic of road safety is left open: the vocabulary has no code for it."""
    day, province = setting.day, setting.province
    today = current_province(province.code, day)
    told = {
        "doc_number": None if setting.draft else f"{setting.number}/KH-UBND",
        "doc_type": "plan",
        "issuer": f"Ủy ban nhân dân {setting.unit} {own_name(setting)}",
        "issuer_level": setting.level,
        "province_code": province.code,
        "province_name": province.name,
        "current_province_code": today.code,
        "current_province_name": today.name,
        "district_name": setting.district.name if setting.district else None,
        "issued_date": None if setting.draft else day.isoformat(),
        "issued_year": day.year,
        "issued_month": day.month,
        **signer,
        "period_start": setting.first,
        "period_end": setting.last,
    }
    topic = bank("topics")[setting.topic]["code"]
    return told | ({"topic": topic} if topic else {})


def stem(setting: Setting, index: int) -> str:
    """A file name that says what it is and sorts by index."""
    place = "-".join(bare(own_name(setting)).replace("'", "").split())
    return f"{index:06d}-{place}-{setting.topic.replace('_', '-')}-{setting.first}"
