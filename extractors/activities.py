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
LISTED = regex.compile(
    r"(?:(?P<lead>[^:;.]{2,60}):\s*)?(?:(?:Nhân rộng|Xây dựng|Thực hiện|Triển khai|Đầu tư)\s+)?"
    r"(?P<name>(?P<kind>(?:Mô hình|Dự án|Tiểu dự án|Đề án)|(?<=(?:Nhân rộng|Xây dựng|Thực hiện|Triển khai|Đầu tư) )(?:mô hình|dự án))\s+\S.*)"
)
GENERIC = regex.compile(
    r"(?:Mô hình|Dự án|Đề án|Tiểu dự án)\s*(?:\d|:|,|;|\.|(?:và|hoặc|này|trên|phải|được|có|đã|do|nêu|thực hiện|thành phần|khác|thí điểm"
    r"|cần|sẽ|mới|tại|ở|của)\b|\(dự án\))",
    regex.IGNORECASE,
)
UNIT_WORDS = {
    "commune": "[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu",
    "district": "[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Qq]uận|TP|TX",
}
NAME_WORD = r"\p{Lu}[\p{L}'’]*"
PLACE_NAME = rf"{NAME_WORD}(?:[ -]{{1,3}}{NAME_WORD}){{0,4}}|\d{{1,2}}\b"
PLACE = {k: regex.compile(rf"\b(?:{v})\s+(?:{PLACE_NAME})") for k, v in UNIT_WORDS.items()}
PLACE_PHRASE = regex.compile(r"\s*(?:,?\s*\b(?:tại|ở|thuộc|trên địa bàn)\s+|\()(?:các\s+)?(?:xã|phường|thị trấn|huyện|thị xã|thành phố|quận|thôn|bản|ấp|đặc khu)\b")
YEAR_HEADING = regex.compile(r"\b[Nn]ăm\s+(?P<year>20\d\d)\b")
MAX_NAME = 400
SENTENCE_STOP = regex.compile(r"\.\s+(?=\p{Lu})")


def extract_activities(plan: Plan) -> list[Activity]:
    """All activities of a plan, in reading order."""
    rows: list[Activity] = []
    by_section: dict[str, Activity] = {}
    for section in plan.sections:
        if section.head.zone != "body":
            continue
        labelled = read_labelled(plan, section, by_section)
        if labelled is not None:
            rows.append(labelled)
            by_section[section.section_id] = labelled
        elif not section.children:
            rows += read_listed(plan, section, by_section)
    return rows


def read_labelled(plan: Plan, section: Section, by_section: dict[str, Activity]) -> Activity | None:
    """The project that a heading numbers and names (`Dự án 2: …`), or None."""
    start, end = section.head.body_start, section.head.end
    match = LABELLED.match(plan.text[start:end])
    if not match or match["name"][0].islower():
        return None
    name_start = start + match.start("name")
    kind = "sub_project" if match["sub"] else "project"
    label = " ".join(match["label"].split())
    span = (name_start, heading_end(plan, name_start, end))
    return activity(plan, section, kind, label, span, (start, end), by_section, 0.95)


def read_listed(plan: Plan, section: Section, by_section: dict[str, Activity]) -> list[Activity]:
    """The models and projects that an item of a list names, one or several (`Huyện A: Mô hình …; Mô hình …`)."""
    rows = []
    block = section.head
    lead_in = ""
    for start, end in plan.clauses(block):
        match = LISTED.match(plan.text[start:end])
        if not match or GENERIC.match(match["name"]):
            continue
        lead_in = match["lead"] or lead_in
        kind = {"mô hình": "model", "tiểu dự án": "sub_project"}.get(match["kind"].lower(), "project")
        span = (start + match.start("name"), end)
        rows.append(activity(plan, section, kind, None, span, (start, end), by_section, 0.85, lead_in))
    return rows


def heading_end(plan: Plan, start: int, end: int) -> int:
    """A labelled name runs to the end of its line, or to the sentence end where text follows on the line."""
    stop = SENTENCE_STOP.search(plan.text, start, end)
    return stop.start() if stop else end


def activity(
    plan: Plan,
    section: Section,
    kind: str,
    label: str | None,
    span: tuple[int, int],
    quote: tuple[int, int],
    by_section: dict[str, Activity],
    confidence: float,
    lead_in: str = "",
) -> Activity:
    """Build the row: cut the place off the name, read place and year, find the project above."""
    start, end = span
    place = PLACE_PHRASE.search(plan.text, start, end) if label is None else None
    name_start, name_end = trim(plan.text, start, min(place.start() if place else end, start + MAX_NAME))
    where = plan.text[place.start() if place else start : end]
    commune = PLACE["commune"].search(where) if place else None
    district = PLACE["district"].search(where) or PLACE["district"].search(lead_in)
    parent = next((by_section[a.section_id] for a in section.ancestors() if a.section_id in by_section), None)
    return Activity(
        activity_id=plan.new_id("activities", start, end),
        parent_id=parent.activity_id if parent and kind != "model" else None,
        kind=kind,
        name=plan.text[name_start:name_end].rstrip(" .;,:"),
        label=label,
        year=year_in(plan.text[start:end]) or year_of(plan, section),
        commune_text=commune.group() if commune else None,
        district_text=district.group() if district else None,
        **plan.fact(*quote, f"{kind}_{'label' if label else 'item'}", confidence),
    )


def year_in(words: str) -> int | None:
    """The one year that an item itself gives (`… tại xã A, thực hiện năm 2022`)."""
    years = {m["year"] for m in YEAR_HEADING.finditer(words)}
    return int(years.pop()) if len(years) == 1 else None


def year_of(plan: Plan, section: Section) -> int | None:
    """The year that the nearest heading above gives (`6.1. Năm 2019:`); None where it names several."""
    for ancestor in section.ancestors():
        years = {m["year"] for m in YEAR_HEADING.finditer(ancestor.heading)}
        if len(years) == 1 and len(ancestor.heading) < 60:
            return int(years.pop())
        if years:
            return None
    return None
