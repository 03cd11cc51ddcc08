"""The projects and models that tables list (danh mục dự án, công trình), with the place and year of their row."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractors.context import Plan
from extractors.cues import cues
from extractors.spans import trim
from extractors.tables.figures import year_of
from extractors.tables.heads import Cell
from extractors.tables.tables import Row, Table
from schemas.folding import key
from schemas.records import Activity

CUES = cues("table_cues.yaml")
LABELLED = CUES.naming("labelled_project", "label", "sub", "name")
NAMED = CUES.naming("named_work", "name")
ACTIVITIES = ("model", "sub_project", "project")
COLUMN_OF = {"project": "project_column", "model": "model_column"}
COMMUNE = CUES["commune"]
DISTRICT = CUES["district"]
NUMBER = regex.compile(r"\W*\d{1,3}(?:\.\d{1,2})*\W*")
ITEM = regex.compile(r"\W*\d{1,3}(?:\.\d{1,2})*\W*|\W*[a-zđ]\W*|[-–+]")
"""The mark of a row that is one thing and no group: a number, a small letter, a bullet."""
DETAILS = frozenset({"place", "quantity", "time", "amount", "year"})
DETAILS_TOLD = ("commune_text", "district_text", "year")
CONFIDENCE = 0.85


def table_activities(plan: Plan, told: Sequence[Activity]) -> list[Activity]:
    """The projects and models that tables list. One with a label (`Dự án 2`) stands once, in running text (`told`) if
    it does; one that several tables list stands once, too (its work in one, its money in the next)."""
    names = {row.activity_id: row.label for row in told}
    labels = {path_of(row.label, names.get(row.parent_id)) for row in told if row.label}
    rows: list[Activity] = []
    before: dict[tuple[str, str | None, str], list[Activity]] = {}
    for table in plan.tables:
        above: Activity | None = None
        own: list[Activity] = []
        for row in table.rows:
            made = activity_of(plan, table, row, above)
            if made is None:
                continue
            if made.label:
                above = made if made.kind == "project" else above
                path = path_of(made.label, above.label if above is not None and above is not made else None)
                if path in labels:
                    continue
                labels.add(path)
            if not any(agree(made, other) for other in before.get(called(made), ())):
                own.append(made)
        rows += own
        for made in own:
            before.setdefault(called(made), []).append(made)
    return rows


def called(row: Activity) -> tuple[str, str | None, str]:
    """What two rows of one project have alike."""
    return row.kind, row.label, key(row.name)


def agree(one: Activity, other: Activity) -> bool:
    """Whether place and year of neither row speak against their being the same project."""
    details = ((getattr(one, column), getattr(other, column)) for column in DETAILS_TOLD)
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in details)


def path_of(label: str, above: str | None) -> str:
    """A label with that of the project above it."""
    return f"{above}/{label}".lower() if above else label.lower()


def activity_of(plan: Plan, table: Table, row: Row, above: Activity | None) -> Activity | None:
    """The project or model of a row; `above`: the last project with a label, of which a sub-project is a part."""
    name = next((c for _, c in row.of("name")), None)
    if name is None:
        return None
    labelled = LABELLED.fullmatch(plan.text, name.start, name.end)
    if labelled:
        kind = "sub_project" if labelled["sub"] else "project"
        made = activity_row(plan, row, Cell(*labelled.span("name")), kind)
        made.label = " ".join(labelled["label"].split())
        made.parent_id = above.activity_id if above and kind == "sub_project" else None
        return made
    kind = activity_kind(plan, row, name)
    opening = NAMED.match(plan.text, name.start, name.end)
    return activity_row(plan, row, Cell(opening.start("name"), name.end) if opening else name, kind) if kind else None


def activity_kind(plan: Plan, row: Row, name: Cell) -> str | None:
    """The kind of activity whose name fills a cell, if it is one: by its own words, or in a row with a running number
    and a place, a size, a time or money by the head of the column. What gathers projects (`Dự án chuyển tiếp`) is
    none."""
    if CUES["project_group"].match(plan.text, name.start, name.end):
        return None
    own = next((kind for kind in ACTIVITIES if CUES[kind].match(plan.text, name.start, name.end)), None)
    if own or row.total or not DETAILS.intersection(c.kind for c, _ in row.cells):
        return own
    head = next(c.head for c, _ in row.of("name"))
    marks = [cell for _, cell in row.of("ordinal")]
    if CUES["work"].match(plan.text, name.start, name.end):
        listed = any(ITEM.fullmatch(plan.text, c.start, c.end) for c in marks)
        return "project" if listed or CUES["project_column"].search(head) else None
    numbered = any(NUMBER.fullmatch(plan.text, c.start, c.end) for c in marks)
    return next((kind for kind, cue in COLUMN_OF.items() if numbered and CUES[cue].search(head)), None)


def activity_row(plan: Plan, row: Row, name: Cell, kind: str) -> Activity:
    """One project or model of a table."""
    where = " ".join(plan.text[c.start : c.end] for _, c in row.of("place"))
    commune, district = COMMUNE.search(where), DISTRICT.search(where)
    start, end = trim(plan.text, name.start, name.end)
    return Activity(
        activity_id=plan.new_id("activities", start, end),
        kind=kind,
        name=plan.text[start:end],
        year=year_of(plan, row),
        commune_text=commune.group().strip() if commune else None,
        district_text=district.group().strip() if district else None,
        **plan.fact(row.start, row.end, f"{kind}_table", CONFIDENCE),
    )
