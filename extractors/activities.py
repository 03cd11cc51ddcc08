"""Named projects, sub-projects and models of a plan (dự án, tiểu dự án, mô hình), with place and year.

They stand as headings (`1.1. Dự án 1: …`, `a) Tiểu dự án 2: …`) or as items of a list (`+ Mô hình trồng … tại xã A, huyện B`).
A name that is only repeated in running text is no new activity.
"""

from __future__ import annotations

import regex

from extractors.context import Plan
from extractors.plan import Section
from extractors.spans import trim
from schemas.records import Activity

LABELLED = regex.compile(
    r"(?P<label>(?P<sub>Tiểu dự án|Nội dung thành phần|Hợp phần)?(?(sub)|(?:Dự án(?: thành phần)?))\s+(?:số\s+)?\d{1,2})"
    r"\s*(?:\([^()]{0,80}\)\s*)?[:.–-]\s*(?P<name>\S.*)",
    regex.IGNORECASE,
)
LISTED = regex.compile(r"(?:Nhân rộng |Xây dựng |Thực hiện |Triển khai )?(?P<name>(?P<kind>Mô hình|Dự án|Tiểu dự án|Đề án)\s+\S.*)")
GENERIC = regex.compile(
    r"(?:Mô hình|Dự án|Đề án|Tiểu dự án)\s*(?:\d|:|,|;|\.|và\b|hoặc\b|\(dự án\)|này\b|trên\b|phải\b|được\b|có\b|đã\b|do\b|nêu\b|thực hiện\b|thành phần\b)",
    regex.IGNORECASE,
)
UNIT_WORDS = {
    "commune": "xã|phường|thị trấn|đặc khu",
    "district": "huyện|thị xã|thành phố|quận|TP|TX",
}
NAME_WORD = r"\p{Lu}[\p{L}'’]*"
PLACE_NAME = rf"{NAME_WORD}(?:[ -]{{1,3}}{NAME_WORD}){{0,4}}|\d{{1,2}}\b"
PLACE = {k: regex.compile(rf"\b(?:{v})\s+(?:{PLACE_NAME})", regex.IGNORECASE & 0) for k, v in UNIT_WORDS.items()}
PLACE_PHRASE = regex.compile(r"\s*,?\s*\b(?:tại|ở|thuộc|trên địa bàn)\s+(?:các\s+)?(?:xã|phường|thị trấn|huyện|thị xã|thành phố|quận|thôn|bản|ấp|đặc khu)\b")
YEAR_HEADING = regex.compile(r"\b[Nn]ăm\s+(?P<year>20\d\d)\b")
QUANTITY = regex.compile(r"\b(?P<quantity>\d{1,4})\s+(?:mô hình|dự án)\b", regex.IGNORECASE)
MAX_NAME = 400


def extract_activities(plan: Plan) -> list[Activity]:
    """All activities of a plan, in reading order."""
    rows: list[Activity] = []
    by_section: dict[str, Activity] = {}
    for section in plan.sections:
        if section.head.zone != "body":
            continue
        row = read_activity(plan, section, by_section)
        if row is not None:
            rows.append(row)
            by_section[section.section_id] = row
    return rows


def read_activity(plan: Plan, section: Section, by_section: dict[str, Activity]) -> Activity | None:
    """The activity that a section's first words name, or None."""
    start, end = section.head.body_start, section.head.end
    line = plan.text[start:end]
    labelled = LABELLED.match(line)
    if labelled and not labelled["name"][0].islower():
        name_start = start + labelled.start("name")
        kind = "sub_project" if labelled["sub"] else "project"
        label = " ".join(labelled["label"].split())
        return activity(plan, section, kind, label, (name_start, heading_end(plan, section, name_start, end)), by_section, 0.95)
    listed = LISTED.match(line)
    if not listed or GENERIC.match(listed["name"]):
        return None
    kind = {"mô hình": "model", "tiểu dự án": "sub_project"}.get(listed["kind"].lower(), "project")
    name_start = start + listed.start("name")
    return activity(plan, section, kind, None, (name_start, end), by_section, 0.85)


def heading_end(plan: Plan, section: Section, start: int, end: int) -> int:
    """A labelled name runs to the end of its line, or to the sentence end where text follows on the line."""
    stop = regex.compile(r"\.\s+(?=\p{Lu})").search(plan.text, start, end)
    return stop.start() if stop else end


def activity(
    plan: Plan,
    section: Section,
    kind: str,
    label: str | None,
    span: tuple[int, int],
    by_section: dict[str, Activity],
    confidence: float,
) -> Activity:
    """Build the row: cut the place off the name, read place and year, find the project above."""
    start, end = span
    place = PLACE_PHRASE.search(plan.text, start, end) if kind == "model" or label is None else None
    name_start, name_end = trim(plan.text, start, min(place.start() if place else end, start + MAX_NAME))
    name = plan.text[name_start:name_end].rstrip(" .;,:")
    parent = next((by_section[a.section_id] for a in section.ancestors() if a.section_id in by_section), None)
    commune = PLACE["commune"].search(plan.text, place.start() if place else end, end)
    district = PLACE["district"].search(plan.text, place.start() if place else start, end)
    return Activity(
        activity_id=plan.new_id("activities", start, end),
        parent_id=parent.activity_id if parent and kind != "model" else None,
        kind=kind,
        name=name,
        label=label,
        year=year_of(plan, section),
        commune_text=commune.group() if commune else None,
        district_text=district.group() if district else None,
        **plan.fact(section.head.body_start, end, f"{kind}_{'label' if label else 'item'}", confidence),
    )


def year_of(plan: Plan, section: Section) -> int | None:
    """The year that the nearest heading above gives (`6.1. Năm 2019:`); None where it names several."""
    for ancestor in section.ancestors():
        years = {m["year"] for m in YEAR_HEADING.finditer(ancestor.heading)}
        if len(years) == 1 and len(ancestor.heading) < 60:
            return int(years.pop())
        if years:
            return None
    return None
