"""Named projects, sub-projects and models of a plan (dự án, tiểu dự án, mô hình), with place and year.

They stand as headings (`1.1. Dự án 1: …`, `a) Tiểu dự án 2: …`), as items of a list (`+ Mô hình trồng … tại xã A,
huyện B`) or in a sentence that has them carried out (`đầu tư dự án Nâng cấp …`). A name that is only repeated in
running text is no new activity.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import regex

from extractors.context import Plan
from extractors.cues import cues, told_by
from extractors.plan import Block, Section
from extractors.spans import trim
from schemas.filtered import filtered
from schemas.records import Activity

CUES = cues("activity_cues.yaml")
LISTED = CUES.naming("listed", "lead", "name", "kind")
LABELLED = CUES.naming("labelled", "label", "sub", "name")
LABEL_ALONE = CUES.naming("label_alone", "colon")
NUMBERED_TITLE = CUES.naming("numbered_title", "label", "sub", "name")
CLOSING_QUOTE = filtered(r"[”\"]")
GENERIC = CUES["generic"]
NAMED = CUES["named"]
"""Every activity is named by one of these words."""
COMMUNE, DISTRICT = CUES["commune"], CUES["district"]
PLACE_PHRASE = CUES["place"]
YEAR_HEADING = CUES.naming("year_in_heading", "year")
YEAR_OPENING = CUES.naming("year_opening", "year")
YEAR_CLOSING = CUES.naming("year_closing", "year")
KINDS = ("model", "sub_project")
"""Kinds that a name tells by the words that it begins with; all others are projects."""
ANOTHER = CUES.naming("another", "next")
QUOTED = CUES.naming("quoted", "name")
INSIDE_QUOTES = CUES.naming("inside_quotes", "name")
MONEY = cues("target_cues.yaml")["funding_heading"]
TITLED = CUES.naming("titled", "name")
SHEET_FIELD = CUES["sheet_field"]
CARRIED_OUT = CUES.naming("carried_out", "year")
NAME_STOP = CUES["name_stop"]
MAX_NAME = 400
MAX_NAME_BELOW = 250
BRACKETS = filtered(r"\([^()]*\)")
SENTENCE_STOP = filtered(r"\.\s+(?=\p{Lu})")


def extract_activities(plan: Plan) -> list[Activity]:
    """All activities of a plan, in reading order."""
    rows: list[Activity] = []
    titled: list[Activity] = []
    numbered: list[Activity] = []
    by_section: dict[str, Activity] = {}
    named: Block | None = None
    for block, below in pairwise([*plan.body, None]):
        if block is named:
            continue  # the name of the project in the line above
        below_label = read_name_below(plan, block, below, by_section)
        if below_label is not None:
            rows.append(below_label)
            named = below
            continue
        if not NAMED.may_match(plan.text, block.body_start, block.end):
            rows += read_announced(plan, block, by_section)
            continue
        section = block.section
        opens = section is not None and section.head is block
        labelled = read_labelled(plan, section, by_section) if opens else None
        if labelled is not None:
            rows.append(labelled)
            by_section[section.section_id] = labelled
            titled += read_titled(plan, block, by_section)
            continue
        numbered += read_numbered_titles(plan, block, by_section)
        above_others = opens and names_below(plan, section) and not has_sheet(plan, section)
        listed = [] if above_others else read_listed(plan, block, by_section)
        rows += listed
        rows += [row for row in read_quoted(plan, block, by_section) if not any(row.name in a.name for a in listed)]
        titled += read_titled(plan, block, by_section)
    headed = {row.label for row in rows if row.label}
    titled += [row for row in numbered if row.label not in headed]
    return sorted(rows + named_once(titled, rows), key=lambda row: (row.char_start, row.char_end))


def named_once(titled: list[Activity], rows: list[Activity]) -> list[Activity]:
    """The projects of running text that no other row names, each where it is named first."""
    kept: list[Activity] = []
    for row in titled:
        if not any(bare(row) in other.name for other in [*rows, *kept]):
            kept.append(row)
    return kept


def names_below(plan: Plan, section: Section) -> bool:
    """Whether what stands below a heading names activities of its own, which the heading only gathers."""
    return any(
        NAMED.may_match(plan.text, child.head.body_start, child.head.end) or names_below(plan, child)
        for child in section.children
    )


def has_sheet(plan: Plan, section: Section) -> bool:
    """Whether what stands below a heading only tells who does its work and when (`- Cơ quan chủ trì: …`)."""
    return any(SHEET_FIELD.match(plan.text, child.head.body_start, child.head.end) for child in section.children)


def bare(row: Activity) -> str:
    """The name of an activity without the word for its kind."""
    return CUES["kind_word"].sub("", row.name)


def label_of(match: regex.Match[str]) -> str:
    """The label that a pattern found, in its normal form: `Dự án 2`, also where the heading says `DỰ ÁN 2`."""
    return " ".join(match["label"].split()).capitalize()


def read_labelled(plan: Plan, section: Section, by_section: dict[str, Activity]) -> Activity | None:
    """The project that a heading numbers and names (`Dự án 2: …`), or None."""
    start, end = section.head.body_start, section.head.end
    match = LABELLED.match(plan.text[start:end])
    if not match or not match["name"][0].isalpha() or match["name"][0].islower():
        return None
    name_start = start + match.start("name")
    kind = "sub_project" if match["sub"] else "project"
    label = label_of(match)
    closing = CLOSING_QUOTE.search(plan.text, name_start, end) if match["quote"] else None
    span = (name_start, closing.start() if closing else heading_end(plan, name_start, end))
    return activity(plan, section.head, kind, label, span, (start, end), by_section, 0.95)


def read_name_below(plan: Plan, block: Block, below: Block | None, by_section: dict[str, Activity]) -> Activity | None:
    """The project whose number alone a line has, and its name the line right below (`Dự án 7 (Tiểu dự án 2):`), or
    None. Without a colon a line that ends as sentences do is no name."""
    start, end = block.body_start, block.end
    label = LABEL_ALONE.fullmatch(plan.text, start, end) if below is not None and below.style is None else None
    if label is None or plan.text[end : below.start].strip() or not is_name(plan, below, label["colon"] is None):
        return None
    kind, said = "sub_project" if label["sub"] else "project", label_of(label)
    named = activity(plan, block, kind, said, (below.start, below.end), (start, below.end), by_section, 0.85)
    if block.section is not None and block.section.head is block:
        by_section[block.section.section_id] = named
    return named


def is_name(plan: Plan, block: Block, bare: bool) -> bool:
    """Whether a line is the name of the project that the line above numbers; `bare`: without a colon."""
    words = plan.text[block.start : block.end].strip()
    if not words[:1].isupper() or len(words) > MAX_NAME_BELOW or SENTENCE_STOP.search(words):
        return False
    if any(span.start_char == block.start for span in plan.terms("agencies", block.start, block.end)):
        return False  # "Công an tỉnh phối hợp thực hiện" tells a task of it
    return not (bare and words.endswith((".", ";"))) and not CUES["no_name_below"].match(words)


def read_listed(plan: Plan, block: Block, by_section: dict[str, Activity]) -> list[Activity]:
    """The models and projects that an item of a list names, one or several (`Huyện A: Mô hình …; Mô hình …`)."""
    rows: list[Activity] = []
    lead_in = ""
    for start, end in whole_clauses(plan, block):
        match = LISTED.match(plan.text[start:end])
        if not match or GENERIC.match(match["name"]):
            continue
        if (
            match["kind"][0].islower()
            and not PLACE_PHRASE.search(match["name"])
            and not COMMUNE.search(match["lead"] or "")
        ):
            continue  # "nhân rộng mô hình sản xuất sạch hơn": no one model, but a kind of them
        lead_in = match["lead"] or lead_in
        at = start + match.start("name")
        others = list(ANOTHER.finditer(plan.text, at + 8, end))
        starts, ends = [at, *(m.start("next") for m in others)], [*(m.start() for m in others), end]
        for name_start, name_end in zip(starts, ends, strict=True):
            kind = kind_of(plan.text, name_start)
            for span, place in places_of(plan, (name_start, name_end)):
                row = activity(plan, block, kind, None, span, (start, end), by_section, 0.85, lead_in)
                rows.append(at_place(plan, row, place))
    return rows


def read_announced(plan: Plan, block: Block, by_section: dict[str, Activity]) -> list[Activity]:
    """The project that an item names without the word for it, in a list whose lead-in announces projects (`06 dự án
    sau: - Cảng cạn A (xã B): 620 tỷ đồng`)."""
    section = block.section
    if section is None or section.head is not block or section.parent is None:
        return []
    start, end = block.body_start, block.end
    if not plan.text[start].isupper() or CUES["no_project"].match(plan.text, start, end):
        return []
    detail = CUES["project_detail"].search(plan.text, start, min(end, start + MAX_NAME))
    above = section.parent.head
    lead_in = plan.lead_in_above(block) or plan.text[above.start : above.end]
    if detail is None or not CUES["announces_projects"].search(lead_in) or plan.tells_past(plan.headings(block)):
        return []
    return [activity(plan, block, "project", None, (start, end), (start, end), by_section, 0.75)]


def whole_clauses(plan: Plan, block: Block) -> list[tuple[int, int]]:
    """The clauses of a block; one that goes on in small letters after a semicolon is part of the name before."""
    joined: list[tuple[int, int]] = []
    for start, end in plan.clauses(block):
        if joined and plan.text[start].islower() and plan.text[joined[-1][1] - 1] == ";":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def kind_of(text: str, start: int) -> str:
    """`model`, `sub_project` or `project`, by the words that the name at `start` begins with."""
    return next((kind for kind in KINDS if CUES[kind].match(text, start)), "project")


def read_quoted(plan: Plan, block: Block, by_section: dict[str, Activity]) -> list[Activity]:
    """Models and projects named in quotation marks within a sentence (`nhân rộng mô hình “Biến rác thành tiền”`)."""
    rows = []
    for clause in plan.clauses(block):
        for match in (*QUOTED.finditer(plan.text, *clause), *INSIDE_QUOTES.finditer(plan.text, *clause)):
            kind = kind_of(plan.text, match.start("name"))
            span = (match.start("name"), end_with_place(plan, match.end(), clause[1]))
            for part, place in places_of(plan, span):
                rows.append(at_place(plan, activity(plan, block, kind, None, part, clause, by_section, 0.75), place))
    return rows


def end_with_place(plan: Plan, end: int, stop: int) -> int:
    """Where the place right behind a name ends (`mô hình “A” tại xã B, huyện C; …`), else where the name does."""
    if not PLACE_PHRASE.match(plan.text, end, stop):
        return end
    behind = CUES["after_place"].search(plan.text, end, stop)
    return behind.start() if behind else stop


def places_of(plan: Plan, span: tuple[int, int]) -> list[tuple[tuple[int, int], tuple[int, int] | None]]:
    """The place of an activity's words up to where it is first carried out, and those of its further places with a year
    of their own (`Mô hình A tại xã B năm 2022 và *xã C năm 2023*`), of each of which there is a row."""
    others = list(CUES["next_place"].finditer(plan.text, *span))
    if not others:
        return [(span, None)]
    first = (span[0], others[0].start())
    ends = [*(m.start() for m in others[1:]), span[1]]
    return [(first, None), *((first, (m.end(), end)) for m, end in zip(others, ends, strict=True))]


def at_place(plan: Plan, row: Activity, place: tuple[int, int] | None) -> Activity:
    """The row of an activity at one of its further places; the row itself where that is None."""
    if place is None:
        return row
    commune, district = COMMUNE.search(plan.text, *place), DISTRICT.search(plan.text, *place)
    return replace(
        row,
        activity_id=plan.new_id("activities", *place),
        year=year_in(plan.text[slice(*place)]),
        commune_text=commune.group() if commune else None,
        district_text=district.group() if district else None,
    )


def read_titled(plan: Plan, block: Block, by_section: dict[str, Activity]) -> list[Activity]:
    """Projects that a sentence has carried out under their titles (`đầu tư dự án Nâng cấp … và dự án Xây dựng …`)."""
    rows: list[Activity] = []
    if not TITLED.may_match(plan.text, block.body_start, block.end) or plan.tells_past(plan.headings(block)):
        return rows
    for clause in plan.clauses(block):
        for match in TITLED.finditer(plan.text, *clause):
            span = (match.start("name"), end_with_place(plan, match.end("name"), clause[1]))
            rows.append(activity(plan, block, kind_of(plan.text, span[0]), None, span, clause, by_section, 0.75))
    return rows


def read_numbered_titles(plan: Plan, block: Block, by_section: dict[str, Activity]) -> list[Activity]:
    """Projects that a sentence has carried out under number and name (`tổ chức thực hiện Tiểu dự án 3: …`)."""
    rows: list[Activity] = []
    if not NUMBERED_TITLE.may_match(plan.text, block.body_start, block.end):
        return rows
    if plan.tells_past(plan.headings(block)) or told_by(MONEY, plan.headings(block)):
        return rows
    for match in NUMBERED_TITLE.finditer(plan.text, block.body_start, block.end):
        start = match.start("name")
        stop = (CLOSING_QUOTE if match["quote"] else CUES["numbered_stop"]).search(plan.text, start, block.end)
        span = (start, stop.start() if stop else block.end)
        kind, label = "sub_project" if match["sub"] else "project", label_of(match)
        rows.append(activity(plan, block, kind, label, span, (match.start("at"), span[1]), by_section, 0.75))
    return rows


def heading_end(plan: Plan, start: int, end: int) -> int:
    """A labelled name runs to the end of its line, or to the sentence end where text follows on the line."""
    stop = SENTENCE_STOP.search(plan.text, start, end)
    return stop.start() if stop else end


def activity(
    plan: Plan,
    block: Block,
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
    patterns = (QUOTED, CUES["wholly_quoted"], INSIDE_QUOTES)
    quoted = next((m for pattern in patterns if (m := pattern.match(plan.text, start, end))), None)
    behind_quote = quoted.end("name") if quoted else start  # what stands in quotation marks is all of the name
    spot = PLACE_PHRASE.search(plan.text, behind_quote, end)
    behind = spot is not None and "," in plan.text[spot.start() - 1 : spot.start() + 1]
    place = spot if label is None or behind else None
    stop = (NAME_STOP if label is None else CUES["sum_behind"]).search(plan.text, behind_quote, end)
    cuts = [m.start() for m in (place, stop) if m] + [end, start + MAX_NAME]
    if quoted and label is None and not goes_on_behind(plan.text, quoted, end):
        cuts.append(behind_quote)
    name_start, name_end = trim(plan.text, start, closed_at(plan.text, start, min(cuts)))
    where = plan.text[place.start() if place else start : end]
    behind_name = COMMUNE.search(plan.text, spot.start(), end) if spot else None
    commune = behind_name or COMMUNE.search(lead_in)
    district = DISTRICT.search(where) or DISTRICT.search(lead_in)
    above = above_block(block)
    parent = next((by_section[a.section_id] for a in above if a.section_id in by_section), None)
    return Activity(
        activity_id=plan.new_id("activities", start, end),
        parent_id=parent.activity_id if parent and kind != "model" else None,
        kind=kind,
        name=plan.text[name_start:name_end].rstrip(" .;,:"),
        label=label,
        year=year_in(plan.text[start:end])
        or year_in(words_before(plan.text[quote[0] : start]) + plan.text[start:end])
        or year_of_lead(plan.lead_in_above(block))
        or year_of(above),
        commune_text=commune.group() if commune else None,
        district_text=district.group() if district else None,
        **plan.fact(*quote, f"{kind}_{'label' if label else 'item'}", confidence),
    )


def goes_on_behind(text: str, quoted: regex.Match, end: int) -> bool:
    """Whether a name goes on behind its quotation marks (`Dự án “A” giai đoạn 2`); one that stands within them with the
    word for it ends there."""
    inside = quoted.end() > quoted.end("name")
    return not inside and CUES["goes_on_behind_quote"].match(text, quoted.end(), end) is not None


def closed_at(text: str, start: int, end: int) -> int:
    """Where a name ends that was cut within a bracket: before the bracket."""
    opened = text.rfind("(", start, end)
    return opened if opened > start and text.find(")", opened, end) < 0 else end


def words_before(words: str) -> str:
    """The words of its sentence before a name, without the brackets in which others named there have their years
    (`mô hình “A” tại 20 xã (06 xã trong năm 2026), mô hình “B” …`)."""
    other = NAMED.search(words)
    return words[: other.start()] + BRACKETS.sub("", words[other.start() :]) if other else words


def year_in(words: str) -> int | None:
    """The one year that an item itself gives (`… tại xã A, thực hiện năm 2022`)."""
    years = {m["year"] for m in CARRIED_OUT.finditer(words)}
    return int(years.pop()) if len(years) == 1 else None


def year_of_lead(lead_in: str | None) -> int | None:
    """The year with which the line above a list opens or closes (`Năm 2023: xây dựng 04 mô hình, gồm:`)."""
    opening = (YEAR_OPENING.match(lead_in) or YEAR_CLOSING.search(lead_in)) if lead_in else None
    return int(opening["year"]) if opening else None


def above_block(block: Block) -> list[Section]:
    """The sections over a block, innermost first, without the one that it opens itself."""
    section = block.section
    if section is None:
        return []
    return list(section.ancestors()) if section.head is block else [section, *section.ancestors()]


def year_of(above: list[Section]) -> int | None:
    """The year that the nearest heading above gives (`6.1. Năm 2019:`); None where it names several."""
    for ancestor in above:
        opening = YEAR_OPENING.match(ancestor.heading)
        if opening:
            return int(opening["year"])
        years = {m["year"] for m in YEAR_HEADING.finditer(ancestor.heading)}
        if len(years) == 1 and len(ancestor.heading) < 60:
            return int(years.pop())
        if years:
            return None
    return None
