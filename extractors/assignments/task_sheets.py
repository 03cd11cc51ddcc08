"""Task sheets: fields that name the bodies of a task (`Cơ quan chủ trì: …`, `Đơn vị phối hợp: …`), in one paragraph or
in items of their own below the heading that tells the task."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from extractors.assignments.agency_lists import chain
from extractors.assignments.rows import Task, add
from extractors.assignments.shared_sheets import is_field, item_of_points
from extractors.assignments.told_roles import bracketed_roles, places, role_end
from extractors.components import component_of
from extractors.context import Plan
from extractors.cues import cues
from extractors.markers import BULLET_STYLES
from extractors.plan import Block, Section
from schemas.records import Assignment

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

CUES = cues("assignment_cues.yaml")
FIELD = CUES.naming("task_sheet_field", "coordinate", "lead", "responsible")
ACTS_NEXT = CUES["acts_next"]
ROLES_BEHIND = CUES.naming("roles_behind", "lead", "with")
ROLES_CLOSE = CUES.naming("roles_close", "with")
LABEL = CUES["sheet_label"]
TASK_LABEL = CUES["sheet_task"]
PART = CUES["sheet_part"]
PART_STYLES = BULLET_STYLES | {"letter", "arabic_paren"}
"""How the parts of a sheet are marked."""
MAX_PARTS = 8
"""So many parts may a sheet have between the one that tells its task and the one that names the bodies."""


class SheetReader:
    """Reads the sheets of one plan, block by block in reading order; items of one sheet make one task."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.task: Task | None = None
        self.last: Block | None = None
        """The item whose fields were read last."""
        self.held: set[str] = set()
        """The roles that the items of the task so far have given."""

    def read(self, block: Block) -> list[Assignment]:
        """The rows of a block's fields (`Cơ quan chủ trì: …; cơ quan phối hợp: …`): each runs to the next field."""
        plan = self.plan
        if not plan.terms("agencies", block.body_start, block.end):
            return []
        fields = list(FIELD.finditer(plan.text, block.body_start, block.end))
        if not fields:
            return []
        roles = {match.lastgroup for match in fields}
        words = plan.text[block.body_start : fields[0].start()].strip(" .;:-–(")
        if words or self.task is None or not self.goes_on(block) or roles & self.held:
            component = component_of(plan, block.section, block.start)
            self.task = Task(block.start, block.end, component, words or task_above(plan, block))
            self.held = set()
        before = len(self.task.rows)
        told = read_fields(plan, self.task, block)
        rows = list(self.task.rows.values())[before:] if told else []
        self.last = None if words else block
        self.held |= roles if rows else set()
        return rows

    def goes_on(self, block: Block) -> bool:
        """Whether a block belongs to the sheet of the last one: below the same heading, with nothing but other parts
        of a sheet (`Thời gian: …`) between."""
        sheet = sheet_of(self.plan, block)
        if self.last is None or sheet is None or sheet_of(self.plan, self.last) is not sheet:
            return False
        between = self.plan.blocks_between(self.last.end, block.start)
        return all(PART.match(self.plan.text, b.body_start, b.end) for b in between)


def sheet_of(plan: Plan, block: Block) -> Section | None:
    """The section whose sheet a block belongs to: the bullet before it, where each has a sheet of its own, else the
    one above, without headings that only name the sheet."""
    if own := bullet_before(plan, block) or item_of_points(plan, block):
        return own
    section = block.section
    if section is not None and section.head is block:
        section = section.parent
    while section is not None and (LABEL.fullmatch(section.heading) or is_part(plan, section)):
        section = section.parent
    return section


def bullet_before(plan: Plan, block: Block) -> Section | None:
    """The bullet of which an unmarked line of a sheet tells, where bullets have sheets of their own (`- Ra mắt ứng
    dụng`, `Đơn vị chủ trì: Sở A`, `- Mở lớp`, `Đơn vị chủ trì: Sở B`); None where several bullets share one."""
    above = block.section
    if block.style is not None or above is None:
        return None
    at = bisect_left(above.children, block.start, key=attrgetter("start"))
    if not at or above.children[at - 1].style not in BULLET_STYLES:
        return None
    bullet = above.children[at - 1]
    behind = plan.blocks_between(bullet.end, block.start)
    if not all(b.style is None and is_field(plan, b) for b in behind):
        return None
    shared = at > 1 and not any(
        is_field(plan, b) for b in plan.blocks_between(above.children[at - 2].end, bullet.start)
    )
    return None if shared else bullet


def is_part(plan: Plan, section: Section) -> bool:
    """Whether a section is no more than one part of a sheet (`b) Kinh phí: 2 tỷ đồng`), to which a line without a mark
    behind it was given."""
    head = section.head
    return section.style in PART_STYLES and PART.match(plan.text, head.body_start, head.end) is not None


def task_above(plan: Plan, block: Block) -> str:
    """What the fields of an item are about: the task that a part of the same sheet tells (`a) Nhiệm vụ: …`), or the
    heading above."""
    sheet = sheet_of(plan, block)
    children = sheet.children if sheet else []
    before = bisect_left(children, block.start, key=attrgetter("start"))
    for section in (*reversed(children[max(0, before - MAX_PARTS) : before]), *([sheet] if sheet else [])):
        if label := TASK_LABEL.match(plan.text, section.head.body_start, section.head.end):
            words = plan.text[label.end() : section.head.end].strip()
            below = [b for s in (section, *section.children) for b in s.blocks[:2] if b is not section.head]
            if not words and section is not sheet and len(below) == 1:
                words = plan.text[below[0].body_start : below[0].end].strip()
            if words:
                return words
            break
    if sheet is not None and bullet_before(plan, block) is sheet:
        return plan.text[sheet.head.body_start : sheet.head.end]
    if sheet is not None and item_of_points(plan, block) is sheet:
        return sheet.heading
    section = block.section
    parts = {s.heading for s in (section, *section.ancestors()) if is_part(plan, s)} if section else set()
    headings = (heading for heading in plan.headings(block) if not LABEL.fullmatch(heading) and heading not in parts)
    return next(headings, "") or plan.text[block.start : block.end]


def read_fields(plan: Plan, task: Task, block: Block) -> bool:
    """Add the bodies of a block's fields to a task; False where words behind a field's name make a sentence."""
    fields = list(FIELD.finditer(plan.text, block.body_start, block.end))
    for i, match in enumerate(fields):
        end = fields[i + 1].start() if i + 1 < len(fields) else block.end
        spans = chain(plan, match.end(), end)
        if spans and read_roles_line(plan, task, (match.start(), end), spans):
            continue
        if spans and ACTS_NEXT.match(plan.text, spans[-1].end_char, end):
            return False  # a sentence after the field's name: "Phân công thực hiện: Sở A chủ trì, …"
        if not spans:
            continue
        told = bracketed_roles(plan.text, places(spans), end)
        quoted = (match.start(), role_end(plan.text, spans[-1].end_char, end))
        for span, role in zip(spans, told, strict=True):
            add(plan, task, span, role or match.lastgroup, quoted, "task_sheet", 0.9)
    return True


def read_roles_line(plan: Plan, task: Task, field: tuple[int, int], spans: list[Span]) -> bool:
    """Add the bodies of a field whose words tell but the roles (`Đơn vị thực hiện: Sở A chủ trì, phối hợp với Sở B`);
    False where they tell more."""
    roles = ROLES_BEHIND.match(plan.text, spans[-1].end_char, field[1])
    if roles is None:
        return False
    others = chain(plan, roles.end(), field[1])
    close = ROLES_CLOSE.match(plan.text, others[-1].end_char if others else roles.end(), field[1])
    if close is None or (others and not (roles["with"] or close["with"])):
        return False
    for role, bodies in (("lead", spans), ("coordinate", others)):
        for span in bodies:
            add(plan, task, span, role, field, "task_sheet", 0.9)
    return True
