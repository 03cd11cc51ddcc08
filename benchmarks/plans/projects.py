"""Projects with a number, and models with a place: rows of `activities`, with the sources and bodies named in them."""

from __future__ import annotations

from typing import Any

from benchmarks.plans.banks import bank
from benchmarks.plans.draft import Draft
from benchmarks.plans.duties import Body, inside, partners
from benchmarks.plans.duties import rows as duties
from benchmarks.plans.funds import fund_line
from benchmarks.plans.goals import row as target
from benchmarks.plans.setting import Setting
from benchmarks.plans.times import row as deadline
from benchmarks.plans.words import count
from benchmarks.plans.work import bullet
from schemas.provinces import REFORM, communes_of, district_of_code


def row(kind: str, name: str, note: str, **cells: Any) -> dict[str, Any]:
    """A row of activities."""
    told = {"table": "activities", "kind": kind, "name": name, "label": None, "year": None, "commune_text": None}
    return told | {"district_text": None, "note": note} | cells


def write_projects(draft: Draft, setting: Setting, known: list[Body], lead: Body) -> list[str]:
    """The chapter of projects and models; the labels of the projects."""
    told, rng = bank("projects"), setting.rng
    topic = told[setting.topic]
    draft.add("chapter", setting.pick(bank("prose")["chapters"]["projects"]), strong=True)
    form, labels = setting.pick(told["project_labels"]), []
    names = rng.sample(topic["projects"], rng.randint(2, len(topic["projects"])))
    sub_at = rng.randrange(len(names)) if setting.chance(0.5) else -1
    for number, name in enumerate(names, 1):
        label = f"Dự án {number}"
        labels.append(label)
        marked = f"<{form.format(n=number, name=name)}>"
        draft.add("section", marked, [row("project", name, "project.numbered", label=label)], strong=True)
        if number - 1 == sub_at:
            write_subs(draft, setting, known, label)
        else:
            write_parts(draft, setting, known, lead, label)
    write_models(draft, setting)
    return labels


def write_subs(draft: Draft, setting: Setting, known: list[Body], label: str) -> None:
    """A project's sub-projects."""
    told = bank("projects")
    form = setting.pick(told["sub_labels"])
    for number, name in enumerate(setting.rng.sample(told[setting.topic]["subs"], 2), 1):
        own = f"Tiểu dự án {number}"
        marked = f"<{form.format(n=number, name=name)}>"
        draft.add("sub", marked, [row("sub_project", name, "sub_project", label=own)], strong=True)
        body = setting.pick([b for b in known if b.group == "departments"])
        write_parts(draft, setting, known, body, f"{label}/{own}")


def write_parts(draft: Draft, setting: Setting, known: list[Body], body: Body, component: str) -> None:
    """Goal, people, content, bodies and money of a project."""
    told, prose = bank("projects"), bank("prose")
    if setting.chance(0.5):
        body = setting.pick([b for b in known if b.group == "departments"])
    draft.add("bullet", f"{setting.pick(told['goal_words'])}: {setting.fill(setting.pick(prose['project_goals']))}.")
    draft.add(
        "bullet", f"{setting.pick(told['object_words'])}: {setting.fill(setting.pick(prose['project_objects']))}."
    )
    draft.add("bullet", f"{setting.pick(told['content_words'])}:")
    for _ in range(setting.rng.randint(2, 4)):
        draft.add("plus", bullet(setting))
    forms = bank("duties")["project"]
    form = setting.pick(forms)
    note = f"project.{forms.index(form) + 1}"
    names, rows = partners(setting, body, known, f"{note}.partner", component)
    marked = setting.fill(form, **{"with": names, "with_bare": names}, who=inside(body), task=task(setting))
    draft.add("bullet", marked, [duties(body, "lead", note, component), *rows])
    if setting.chance(0.7):
        line, sources = fund_line(setting)
        draft.add("bullet", f"{setting.pick(told['fund_words'])}: {line}.", sources)


def task(setting: Setting) -> str:
    """What a project's bodies do."""
    return setting.pick([
        "tổ chức triển khai trên địa bàn", "hướng dẫn, kiểm tra việc thực hiện dự án", "chỉ đạo thực hiện dự án",
        "lập phương án và giám sát chất lượng",
    ])  # fmt: skip


def write_models(draft: Draft, setting: Setting) -> None:
    """Models by year and place; now and then more are announced than listed, and gold says so."""
    told, rng = bank("projects"), setting.rng
    draft.add("section", setting.pick(bank("prose")["subheads"]["models"]), strong=True)
    years = sorted(rng.sample(range(setting.first, setting.last + 1), min(2, setting.last - setting.first + 1)))
    for year in years:
        names = rng.sample(told[setting.topic]["models"], rng.randint(2, 4))
        counted = setting.chance(0.6)
        if counted:
            wrong = setting.chance(0.06)
            number = len(names) + (1 if wrong else 0)
            write_count(draft, setting, year, number)
            if wrong:
                draft.note({"table": "findings", "check": "count_mismatch", "expected": number, "actual": len(names),
                            "note": "count"})  # fmt: skip
        else:
            write_year(draft, setting, year)
        form = setting.pick(told["model_forms"])
        for place, name in enumerate(names):
            write_model(draft, setting, form, name, year, ";" if place < len(names) - 1 else ".")


def year_window(year: int) -> dict[str, Any]:
    """A year that heads a list is a time that a reader may give or leave."""
    return deadline("window", "year of models", f"{year}-01-01", f"{year}-12-31", "year", optional=True)


def write_year(draft: Draft, setting: Setting, year: int) -> None:
    """The year of the models that follow: in a heading or in a sentence."""
    told = bank("projects")
    if setting.chance(0.5):
        draft.add("sub", setting.fill(setting.pick(told["model_heads"]), y=year), [year_window(year)], strong=True)
    else:
        draft.add("para", setting.fill(setting.pick(told["model_intro"]), y=year), [year_window(year)])


def write_count(draft: Draft, setting: Setting, year: int, number: int) -> None:
    """How many models a year brings."""
    forms = bank("projects")["count_intro"]
    form = setting.pick(forms)
    code = "livelihood.models" if setting.topic == "poverty_reduction" else None
    told = target(setting, "models", "eq", forms.index(form) + 1, {"code": code}, value=number, unit="model",
                  due_year=year)  # fmt: skip
    draft.add("para", setting.fill(form, y=year, n=count(number)), [[told, year_window(year)]])


def write_model(draft: Draft, setting: Setting, form: str, name: str, year: int, end: str) -> None:
    """One model with its place."""
    commune, district = draw_place(setting)
    place = commune if district is None else f"{commune}, {district}"
    forms = bank("projects")["model_forms"]
    lead = {"para": "sentence", "sub": "heading"}.get(list_head(draft), "sentence")
    note = f"model.{forms.index(form) + 1}.{lead}"
    cells = row("model", f"Mô hình {name}", note, year=year, commune_text=commune, district_text=district)
    draft.add("bullet", setting.fill(form, name=name, place=place) + end, [cells])


def list_head(draft: Draft) -> str:
    """The kind of the block that heads the list of models."""
    return next(block.kind for block in reversed(draft.blocks) if block.kind != "bullet")


def draw_place(setting: Setting) -> tuple[str, str | None]:
    """A commune of the issuer's area, with its district where there is one to be named."""
    if setting.level == "commune":
        return f"xã {setting.commune.name}", None
    found = [c for c in communes_of(setting.province.code, setting.day) if c.kind == "xã"]
    if setting.district:
        found = [c for c in found if c.district_code == setting.district.code] or found
    commune = setting.pick(found)
    district = district_of_code(commune.district_code) if setting.day < REFORM and not setting.district else None
    return f"xã {commune.name}", f"{district.kind} {district.name}" if district else None
