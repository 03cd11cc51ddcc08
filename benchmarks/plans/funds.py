"""The chapter of money: a total with its parts by source, type, year or project; norms, shares, products, sources."""

from __future__ import annotations

from typing import Any

from benchmarks.plans.banks import bank, cap
from benchmarks.plans.draft import Draft
from benchmarks.plans.setting import Setting
from benchmarks.plans.words import count, listed, money, split

LEVELS = {
    "province": ["central_budget", "provincial_budget", "district_budget", "credit", "social_mobilisation", "community",
                 "integrated_programmes", "enterprise", "oda", "other"],
    "district": ["provincial_budget", "district_budget", "commune_budget", "social_mobilisation", "community",
                 "integrated_programmes", "enterprise"],
    "commune": ["provincial_budget", "commune_budget", "social_mobilisation", "community", "enterprise"],
}  # fmt: skip
"""The sources that plans of each level count on."""


def row(setting: Setting, kind: str, note: str, millions: int | None, **cells: Any) -> dict[str, Any]:
    """A row of funding."""
    return {
        "table": "funding", "kind": kind, "amount_vnd": None if millions is None else millions * 1_000_000,
        "share_percent": None, "per_unit": None, "year": None, "source": None, "expenditure_type": None, "note": note,
    } | cells  # fmt: skip


def source_name(setting: Setting, code: str) -> str:
    """A source as this plan calls it; a city has no tỉnh."""
    name = setting.pick(bank("money")["sources"][code])
    return name.replace("tỉnh", setting.province.level)


def year_of(setting: Setting) -> int | None:
    """In a one-year plan every amount of its budget is of that year."""
    return setting.first if setting.one_year else None


def amount(setting: Setting, millions: int) -> str:
    """A sum as this plan writes it."""
    return money(setting.rng, millions, setting.money_style)


def write_funds(draft: Draft, setting: Setting, projects: list[str]) -> None:
    """The whole chapter."""
    prose = bank("prose")
    draft.add("chapter", setting.pick(prose["chapters"]["money"]), strong=True)
    draft.add("section", setting.pick(prose["subheads"]["totals"]), strong=True)
    write_tree(draft, setting, projects)
    if setting.chance(0.8):
        draft.add("section", setting.pick(prose["subheads"]["norms"]), strong=True)
        write_norms(draft, setting)
    if setting.chance(0.7):
        write_sources(draft, setting)
    draft.add("section", setting.pick(bank("money")["closing"]))


def write_tree(draft: Draft, setting: Setting, projects: list[str]) -> None:
    """The total and its parts. One plan in eight states a total that its parts do not make, and gold says so."""
    told, rng = bank("money"), setting.rng
    size = {"province": (4000, 900000), "district": (900, 60000), "commune": (200, 6000)}[setting.level]
    total = rng.randint(size[0] // 10, size[1] // 10) * 10
    wrong = setting.chance(0.125)
    stated = total + rng.choice([-1, 1]) * rng.randint(1, 9) * 10 if wrong else total
    form = setting.pick(told["totals"])
    opening = setting.fill(form, amount=amount(setting, stated))
    first = row(setting, "total", f"total.{told['totals'].index(form) + 1}", stated, year=year_of(setting))
    shapes = ["sources", "sources", "types"] + ([] if setting.one_year else ["years"])
    shape = setting.pick(shapes)
    parts = {"sources": by_source, "types": by_type, "years": by_year}[shape](setting, total)
    if shape != "types" and setting.chance(0.4):
        texts = [part[1] for part in parts]
        draft.add("para", f"{opening}, trong đó: {'; '.join(texts)}.", [first, *(tell(p, "inline") for p in parts)])
    else:
        draft.add("para", f"{opening}{setting.pick(told['within'])}", [first])
        for place, (kind, marked, cells) in enumerate(parts):
            draft.add(kind, cap(marked) + (";" if place < len(parts) - 1 else "."), [tell((kind, marked, cells), kind)])
    if wrong:
        draft.note({"table": "findings", "check": "sum_mismatch", "expected": stated * 1e6, "actual": total * 1e6,
                    "note": f"sum.{shape}"})  # fmt: skip
        return
    if shape == "sources" and not setting.one_year and setting.chance(0.5):
        write_source_years(draft, setting, parts)
    if shape != "years" and not setting.one_year and setting.chance(0.3):
        draft.add("para", setting.pick(told["year_openings"]))
        for kind, marked, cells in by_year(setting, total):
            draft.add(kind, f"{cap(marked)}.", [tell((kind, marked, cells), kind)])
    if len(projects) > 1 and setting.chance(0.35):
        write_projects(draft, setting, total, projects)


Part = tuple[str, str, dict[str, Any]]
"""Kind of block, marked text, row."""


def tell(part: Part, where: str) -> dict[str, Any]:
    """The row of a part with its place in the note."""
    return part[2] | {"note": f"{part[2]['note']}.{where}"}


def by_source(setting: Setting, total: int, more: dict[str, Any] | None = None, kind: str = "bullet") -> list[Part]:
    """The total by source."""
    codes = LEVELS[setting.level]
    most = min(5, len(codes), total // 10)
    chosen = sorted(setting.rng.sample(codes, setting.rng.randint(2, most)), key=codes.index)
    forms = bank("money")["parts"]
    form, parts = setting.pick(forms), []
    for code, size in zip(chosen, split(setting.rng, total, len(chosen), 10), strict=True):
        marked = form.format(name=source_name(setting, code), amount=amount(setting, size))
        note = f"source.{forms.index(form) + 1}"
        cells = row(setting, "component", note, size, source=code, year=year_of(setting), **(more or {}))
        parts.append((kind, marked, cells))
    return parts


def by_type(setting: Setting, total: int) -> list[Part]:
    """The total by type of expenditure, each with its sources below."""
    told, parts = bank("money"), []
    forms = told["parts"]
    form = setting.pick(forms)
    for code, size in zip(told["types"], split(setting.rng, total, 2, 10), strict=True):
        marked = form.format(name=setting.pick(told["types"][code]), amount=amount(setting, size))
        note = f"type.{forms.index(form) + 1}"
        parts.append(("bullet", marked, row(setting, "component", note, size, expenditure_type=code,
                                            year=year_of(setting))))  # fmt: skip
        if setting.chance(0.7) and size >= 100:
            below = by_source(setting, size, {"expenditure_type": code}, "plus")
            parts += [(kind, text, cells | {"note": f"under_type.{cells['note']}"}) for kind, text, cells in below]
    return parts


def by_year(setting: Setting, total: int, more: dict[str, Any] | None = None) -> list[Part]:
    """The total by year."""
    years = list(range(setting.first, setting.last + 1))
    forms = bank("money")["year_parts"]
    form, parts = setting.pick(forms), []
    if total // 10 <= len(years):
        return []
    for year, size in zip(years, split(setting.rng, total, len(years), 10), strict=True):
        marked = form.format(y=year, amount=amount(setting, size))
        note = f"year.{forms.index(form) + 1}"
        parts.append(("bullet", marked, row(setting, "component", note, size, year=year, **(more or {}))))
    return parts


def write_source_years(draft: Draft, setting: Setting, parts: list[Part]) -> None:
    """One source's amount year by year. Its own amount is repeated: a second row that a reader may leave."""
    _, _, cells = parts[0]
    millions = cells["amount_vnd"] // 1_000_000
    pieces = by_year(setting, millions, {"source": cells["source"]})
    if not pieces:
        return
    opening = setting.pick(bank("money")["source_year_openings"])
    name = source_name(setting, cells["source"])
    marked = opening.format(name=name, amount=f"<{amount(setting, millions)}>",
                            parts="; ".join(p[1] for p in pieces))  # fmt: skip
    again = cells | {"optional": True, "note": "source repeated"}
    rows = [again] if "{amount}" in opening else []
    draft.add("para", marked, rows + [tell(p, "of_source") for p in pieces])


def write_projects(draft: Draft, setting: Setting, total: int, projects: list[str]) -> None:
    """The total by project."""
    draft.add("para", setting.pick(bank("money")["project_openings"]))
    for name, size in zip(projects, split(setting.rng, total, len(projects), 10), strict=True):
        cells = row(setting, "component", "project", size, year=year_of(setting))
        draft.add("bullet", f"<{name}: {amount(setting, size)}>.", [cells])


def write_norms(draft: Draft, setting: Setting) -> None:
    """So much a household, shares, products."""
    told, rng = bank("money"), setting.rng
    for used in rng.sample(told["norms"], rng.randint(2, 4)):
        steps = (used["high"] - used["low"]) // used["grain"]
        millions = used["low"] + rng.randint(0, steps) * used["grain"]
        note = f"norm.{told['norms'].index(used) + 1}"
        cells = row(setting, used["kind"], note, millions, per_unit=used["per_unit"])
        text = money(rng, millions, "million" if setting.money_style != "full" else "full")
        draft.add("bullet", setting.fill(used["text"], amount=text), [cells])
    if setting.chance(0.6):
        write_share(draft, setting)
    if setting.chance(0.6):
        write_product(draft, setting)


def write_share(draft: Draft, setting: Setting) -> None:
    """A percentage of a cost, and who bears the rest."""
    told = bank("money")["shares"]
    used = setting.pick(told)
    source = setting.pick([s for s in used["sources"] if s is None or s in [*LEVELS[setting.level], "local_budget"]]
                          or ["local_budget"])  # fmt: skip
    percent = setting.pick([50, 60, 70, 80]) if source else setting.pick([2, 3, 5])
    note = f"share.{told.index(used) + 1}"
    rows = [row(setting, "share", note, None, share_percent=percent, source=source)]
    if used["rest"]:
        rows.append(row(setting, "share", f"{note}.rest", None, share_percent=100 - percent, source=used["rest"]))
    name = source_name(setting, source) if source else ""
    draft.add("bullet", setting.fill(used["text"], source=name, n=percent, m=100 - percent), rows)


def write_product(draft: Draft, setting: Setting) -> None:
    """A quantity times a price. The quantity may be taken for a target."""
    told, rng = bank("money")["products"], setting.rng
    used = setting.pick(told)
    quantity, price = rng.randint(used["qlow"], used["qhigh"]), rng.randint(used["low"], used["high"])
    note = f"product.{told.index(used) + 1}"
    per = {"class": None, "item": "item", "model": "model"}[used["per_unit"]]
    unit = row(setting, "unit_norm", f"{note}.price", price, per_unit=per)
    if per is None:
        del unit["per_unit"]  # the vocabulary names no such unit: not judged
    product = row(setting, "component", f"{note}.sum", price * quantity, year=year_of(setting))
    figures = {"direction": "reach", "comparator": "eq", "value_min": quantity, "value_max": quantity}
    target = {"table": "targets", "indicator_code": None, **figures, "optional": True, "note": "quantity of a product"}
    style = "full" if setting.money_style == "full" else "million"
    marked = setting.fill(
        used["text"], q=count(quantity), amount=money(rng, price, style), sum=money(rng, price * quantity, style)
    )
    draft.add("bullet", marked, [[unit, target], product])


def write_sources(draft: Draft, setting: Setting) -> None:
    """Sources that are named without an amount."""
    told, codes = bank("money"), LEVELS[setting.level]
    chosen = sorted(setting.rng.sample(codes, setting.rng.randint(2, min(5, len(codes)))), key=codes.index)
    names = [f"<{source_name(setting, code)}>" for code in chosen]
    form = setting.pick(told["source_lists"])
    note = f"source_list.{told['source_lists'].index(form) + 1}"
    marked = form.format(list=listed(names, setting.pick([", ", " và ", "; "])))
    draft.add("section", marked, [row(setting, "source", note, None, source=code) for code in chosen])


def fund_line(setting: Setting) -> tuple[str, list[dict[str, Any]]]:
    """The sources of a project, as one line's end."""
    codes = LEVELS[setting.level]
    chosen = sorted(setting.rng.sample(codes, setting.rng.randint(2, 3)), key=codes.index)
    names = [f"<{source_name(setting, code)}>" for code in chosen]
    return listed(names, ", "), [row(setting, "source", "project.source", None, source=code) for code in chosen]
