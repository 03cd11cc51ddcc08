"""Items with a doer at their head (`3. Sở Y tế: …`, the tasks below): which they are, and who is to act."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING

import regex

from extractors.assignments.agency_lists import behind_opening, chain, list_end, named_end, without_branches
from extractors.assignments.circles import circles
from extractors.context import Plan
from extractors.cues import cues, told_by
from extractors.language.agencies import Agency
from extractors.language.fold import fold
from extractors.metadata.rules import surnames
from extractors.outline import CLOSING_FORMULA
from extractors.plan import Block, Section
from schemas.filtered import filtered

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

CUES = cues("assignment_cues.yaml")
OPENING = CUES["before_doer"]
"""What may stand before the doer at the head of an item."""
SUBJECT_ACTS = filtered(
    rf"\s*(?:\([^()]{{0,200}}\)\s*)?(?::|(?:{CUES['acts'].pattern})\b)",
    regex.I,
)
UNKNOWN_BODIES = filtered(
    rf"(?:\s?[,;]|\s(?:và|cùng))\s(?-i:{CUES['opens_body'].pattern})(?:,?\s[\p{{L}}-]+){{1,12}}?"
    rf"(?=\s(?:{CUES['acts'].pattern})\b)",
    regex.I,
)
"""Bodies that no list knows, which go on a list of bodies and act with them."""
SUBJECT_VERB = filtered(r"\s*(?:\([^()]{0,200}\)\s*)?\p{Ll}")
"""In a chapter that gives out tasks, any word in small letters after the body is taken for its verb."""
REST_OF_HEAD = filtered(
    rf"\W*(?!(?:{CUES['acts'].pattern})\b)(?-i:\p{{Ll}})[^;.:\d]{{0,80}}(?=:\s*(?:{CUES['acts'].pattern})\b)", regex.I
)
"""Words between the bodies at a head and the colon before what they are to do, which go on with a name or list that no
rule knows (`Các trường mầm non, *mẫu giáo*: Xây dựng …`)."""
DASHED = filtered(r"\s[–-]\s*$")
SUBJECT_GOES_ON = filtered(r"\s*(?:\([^()]{0,200}\)\s*)?(?:\p{Ll}|:\s*\p{L})")
GROUPS = circles()["groups"]
UNNAMED = "agency.body.circles"
LEVEL_ALONE = "agency.level"
LOCALITIES = "dia_phuong"
ENTERPRISES = "doanh_nghiep"
KINDS = GROUPS | {ENTERPRISES, None}
"""Codes of bodies of which words may tell of what kind they are."""
BODIES = "co_quan_lien_quan"
HEADING_TAIL = 80
KIND_REACH = 200
HEADING_STOP = CUES["no_heading"]
ADVERBIAL = CUES["adverbial"]
NAMED_BY_PLACE = CUES["named_by_place"]
FIELD = CUES["task_sheet_field"]
PARTNERS_BELOW = CUES["partners_below"]
HANDS_ON = CUES["hands_on"]
PERSON_BEHIND = CUES.naming("person_behind", "family")


@dataclass(frozen=True)
class Doers:
    """The bodies at the head of an item, whether they are asked (đề nghị), and where the head ends. `leads`: the head
    says that they do. `joins`: the item above leaves open with whom it is done, and they are the ones. `directs_from`:
    where the words begin with which the first direct the others (`Sở A *chỉ đạo* Chi cục B …`)."""

    spans: tuple[Span, ...]
    requested: bool
    end: int
    leads: bool = False
    joins: bool = False
    directs_from: int = 0


@dataclass(frozen=True)
class Item:
    """A numbered item or paragraph that is about its doers: the block that names them, and all blocks that are
    theirs."""

    head: Block
    doers: Doers
    blocks: list[Block]
    named_again: dict[int, int] = field(default_factory=dict)
    """Where the task words of blocks begin that open with the doers' name once more, by the blocks' starts."""

    def words_start(self, block: Block) -> int:
        """Where the task words of one of its blocks begin."""
        if block is self.head:
            return max(block.body_start, self.doers.end)
        return self.named_again.get(block.start, block.body_start)


def find_items(plan: Plan) -> list[Item]:
    """The items of a plan: sections whose head names who is to act, and, in chapters that give out tasks, paragraphs
    without a number that do so."""
    heads = [(s, doers) for s in plan.sections if s.head.zone == "body" and (doers := head_of(plan, s.head))]
    named = {id(s) for s, _ in heads}
    heads = [(s, d) for s, d in heads if not (guides(plan, s.head, d) and any(id(a) in named for a in s.ancestors()))]
    ids = {id(s) for s, _ in heads}
    asked = {id(s) for s, doers in heads if doers.requested and opens_asking(plan, s.head)}
    heads = [(s, asked_above(s, doers, asked)) for s, doers in heads]
    heads = [(s, replace(doers, joins=joins_above(plan, s, ids))) for s, doers in heads]
    items = [item_of(plan, s.head, doers, told_outside_tables(plan, own_blocks(s, ids))) for s, doers in heads]
    taken = {b.start for item in items for b in item.blocks}
    for block in plan.body:
        if block.style is None and block.start not in taken and gives_tasks(plan, block):
            doers = None if CLOSING_FORMULA.match(plan.text, block.start) else head_of(plan, block)
            if doers:
                items.append(Item(block, doers, [block]))
    return items


def item_of(plan: Plan, head: Block, doers: Doers, blocks: list[Block]) -> Item:
    """The item of a head and its blocks, some of which may name the doers again (`3. UBND phường A`, below it `UBND
    phường A chủ trì …`)."""
    own = [(fold(s.text), plan.agency(s)) for s in doers.spans]
    again: dict[int, int] = {}
    for block in blocks:
        if block is head or not plan.terms("agencies", block.body_start, block.end):
            continue
        opening = OPENING.match(plan.text, block.body_start, block.end)
        named = [] if opening["assign"] or opening["request"] else behind_opening(plan, opening, block.end)
        if len(named) == len(own) and all(
            is_same(name, body, fold(s.text), plan.agency(s)) for (name, body), s in zip(own, named, strict=True)
        ):
            end = named_end(plan, named[-1], block.end)
            if SUBJECT_ACTS.match(plan.text, end, block.end):
                again[block.start] = end
    return Item(head, doers, blocks, again)


def is_same(name: str, body: Agency, other_name: str, other: Agency) -> bool:
    """Whether two names stand for one body: by their words, or by their code where only one body has it."""
    single = body.code is not None and body.code not in GROUPS and body.level == "province"
    return name == other_name or (single and body.code == other.code)


def opens_asking(plan: Plan, block: Block) -> bool:
    """Whether a block opens with a request (đề nghị), which then holds for all that it lists."""
    return bool(OPENING.match(plan.text, block.body_start, block.end)["request"])


def asked_above(section: Section, doers: Doers, asked: set[int]) -> Doers:
    """The doers of an item, who are asked (đề nghị) where the item above asks (`11. Đề nghị MTTQ xã và các đoàn thể`,
    below it `- Hội Nông dân xã: …`). `asked`: the sections that ask."""
    return replace(doers, requested=True) if any(id(a) in asked for a in section.ancestors()) else doers


def joins_above(plan: Plan, section: Section, items: set[int]) -> bool:
    """Whether the section right above one breaks off where its partners are to be named (`b) Chủ trì, phối hợp với:`)
    and belongs to an item. `items`: the sections that are items."""
    above = list(section.ancestors())
    if not above or not any(id(a) in items for a in above):
        return False
    block = above[0].head
    return PARTNERS_BELOW.fullmatch(plan.text, block.body_start, block.end) is not None


def guides(plan: Plan, block: Block, doers: Doers) -> bool:
    """Whether a block tells whom the body above guides (`- Hướng dẫn doanh nghiệp thực hiện các thủ tục`), or directs
    without naming one (`- Chỉ đạo các bệnh viện rút ngắn thời gian chờ`, `- Yêu cầu các đơn vị khai thác lắp trạm
    cân`)."""
    if CUES["guides"].match(plan.text, block.body_start, block.end):
        return True
    directs = CUES["directs"].match(plan.text, block.body_start, block.end) is not None
    return directs and all(s.text[:1].islower() and plan.agency(s).code in (None, BODIES) for s in doers.spans)


def head_of(plan: Plan, block: Block) -> Doers | None:
    """The doers at the head of a block; the branch of a body behind its dash is no other (`Ngân hàng A - Chi nhánh
    B: …`)."""
    doers = read_head(plan, block)
    return replace(doers, spans=tuple(without_branches(plan, doers.spans))) if doers else None


def read_head(plan: Plan, block: Block) -> Doers | None:
    """The doers that a block's first words name, or None where it opens otherwise."""
    if not plan.terms("agencies", block.body_start, block.end):
        return None
    if names_field(plan, block.body_start, block.end):
        return None  # "Chủ đầu tư: UBND xã A": the word before the colon only tells what the body is
    opening = OPENING.match(plan.text, block.body_start, block.end)
    spans = chain(plan, block.body_start, block.end) or behind_opening(plan, opening, block.end)
    if not spans and (adverbial := ADVERBIAL.match(plan.text, block.body_start, block.end)):
        spans = chain(plan, adverbial.end(), block.end)
    if not spans or (unnamed(spans) and not (gives_tasks(plan, block) and is_given_task(plan, spans, block))):
        return None
    if opening["encourages"] and not encouraged(plan, spans):
        return None
    requested = bool(opening["request"])
    if standing := standing_body(plan, spans, block.end):
        return standing
    end = named_end(plan, spans[-1], block.end)
    tail = list_end(plan, spans[-1], block.end)
    if hands := HANDS_ON.match(plan.text, tail, block.end):
        given = chain(plan, hands.end(), block.end)
        if given and not hands["directs"]:  # "Ủy ban nhân dân huyện giao Phòng A …": the doer is Phòng A
            return Doers(tuple(given), bool(hands["request"]), given[-1].end_char)
        if given:
            return Doers((*spans, *directed(plan, given, block.end)), requested, end, directs_from=end)
    if named := named_behind(plan, spans, tail, block.end):
        return Doers(tuple(named), requested, list_end(plan, named[-1], block.end))
    rest = plan.text[tail : block.end]
    if rest.startswith(":"):
        end = tail  # "các trường học trên địa bàn xã: …"
    behind = REST_OF_HEAD.match(plan.text, tail, block.end)
    if behind is None and gives_tasks(plan, block):
        behind = goes_on_as_name(plan, tail, block.end)
    if behind is not None:
        return Doers(tuple(spans), requested, behind.end())
    if kind := kind_end(plan, spans[-1], tail, block):
        return Doers(tuple(spans), requested, kind)
    if is_long_name(plan, rest, block):
        return Doers(tuple(spans), requested, block.end)
    if DASHED.search(plan.text, end, tail) and SUBJECT_ACTS.match(rest):
        return Doers(tuple(spans), requested, tail)  # "Sở Y tế - Tổng hợp đối tượng; …"
    if not rest.strip(" .:;") and all(s.id_ == LEVEL_ALONE for s in spans) and not gives_tasks(plan, block):
        return None  # "2. Cấp xã" heads what is said of them
    if others := UNKNOWN_BODIES.match(plan.text, spans[-1].end_char, block.end):
        return Doers(tuple(spans), requested, others.end())  # "Sở Y tế, Hội đồng họ tộc vận động …"
    acts = SUBJECT_VERB if requested or gives_tasks(plan, block) else SUBJECT_ACTS
    if not rest.strip(" .:;") or rest.lstrip().startswith((":", ".", "(")) or acts.match(rest):
        return Doers(tuple(spans), requested, end)
    return None


def goes_on_as_name(plan: Plan, tail: int, end: int) -> regex.Match | None:
    """The words before a colon with which a list or name goes on; none where they are a task (`Sở A, *bố trí kinh phí*:
    Bảo đảm …`)."""
    behind = CUES["name_goes_on"].match(plan.text, tail, end)
    if behind is None or (behind["listed"] and SUBJECT_ACTS.match(behind["listed"])):
        return None
    return behind


def names_field(plan: Plan, start: int, end: int) -> bool:
    """Whether a block is the field of a task sheet that names its bodies, and not what a body is to do (`Chủ đầu tư:
    Lập hồ sơ …`)."""
    field = FIELD.match(plan.text, start, end)
    if field is None:
        return False
    following = FIELD.search(plan.text, field.end(), end)
    end = following.start() if following else end
    named = chain(plan, field.end(), end)
    if not named or plan.text[field.end() : named[0].start_char].strip():
        return False
    return CUES["field_ends"].match(plan.text, list_end(plan, named[-1], end), end) is not None


def standing_body(plan: Plan, spans: list[Span], end: int) -> Doers | None:
    """The body of a heading that says for what it stands ready (`Sở A - thường trực Ban Chỉ đạo:`), which leads; the
    body for which it does so is none of the doers."""
    for at, span in enumerate(spans, start=1):
        if said := CUES["standing_for"].match(plan.text, span.end_char, end):
            return Doers(tuple(spans[:at]), False, said.end(), leads=True)
    return None


def encouraged(plan: Plan, spans: list[Span]) -> bool:
    """Whether those whom a task encourages (`Khuyến khích Hội A chỉ đạo …`) are bodies with a name; of all others it
    tells a policy (`Khuyến khích các doanh nghiệp đầu tư`)."""
    return all(s.text[:1].isupper() and plan.agency(s).code not in (*GROUPS, LOCALITIES, ENTERPRISES) for s in spans)


def unnamed(spans: list[Span]) -> bool:
    """Whether all are told by what they are alone (`Các cơ sở chế biến: …`): doers only where a chapter gives out
    tasks."""
    return all(span.id_ == UNNAMED for span in spans)


def is_given_task(plan: Plan, spans: list[Span], block: Block) -> bool:
    """Whether the words behind people without a name do not tell what these get (`Hộ nghèo: Được miễn phí`) or who one
    of them is (`Nghệ nhân: Hoàng Thị Lan`)."""
    place = (spans[-1].end_char, block.end)
    person = PERSON_BEHIND.match(plan.text, *place)
    if person is not None and fold(person["family"]) in surnames():
        return False
    return CUES["received"].match(plan.text, *place) is None


def directed(plan: Plan, given: list[Span], end: int) -> list[Span]:
    """The bodies that are to act under the one named first (`Sở A chỉ đạo Chi cục B tuần tra …`): those with a name of
    their own and a task behind it."""
    named = [span for span in given if plan.agency(span).code not in GROUPS | {LOCALITIES}]
    return named if SUBJECT_VERB.match(plan.text, list_end(plan, given[-1], end), end) else []


def is_long_name(plan: Plan, rest: str, block: Block) -> bool:
    """Whether the words behind the bodies of a heading only tell more of them (`Các doanh nghiệp đóng trên địa bàn
    huyện`, `Các chủ đầu tư hạ tầng cụm công nghiệp`)."""
    words = rest.rstrip().removesuffix(":")
    if NAMED_BY_PLACE.fullmatch(words) and has_tasks_below(block):
        return True  # "Các doanh nghiệp khai thác khoáng sản trên địa bàn tỉnh", the tasks below
    return (
        bool(words.strip())
        and len(words) <= HEADING_TAIL
        and has_tasks_below(block)
        and not HEADING_STOP.search(words)
        and not SUBJECT_ACTS.match(words)
    )


def kind_end(plan: Plan, last: Span, tail: int, block: Block) -> int | None:
    """Where the words of a heading end that only tell of what kind its bodies are (`Các doanh nghiệp *sản xuất, chế
    biến chè*`, `Các sở *chủ trì, quản lý các dự án*`): with it, or with the colon before what they are to do."""
    if plan.agency(last).code not in KINDS or not CUES["of_a_kind"].match(last.text):
        return None
    colon = plan.text.find(":", tail, block.end)
    words = plan.text[tail : block.end if colon < 0 else colon].rstrip()
    kind = CUES["kind_of_body"].match(words)
    stop = HEADING_STOP.search(words, kind.end() if kind else 0)
    if len(words) > KIND_REACH or stop or not (colon >= 0 or has_tasks_below(block)):
        return None
    told = kind is not None or (
        colon < 0 and CUES["kind_that_leads"].match(words) is not None and acts_below(plan, block)
    )
    return tail + len(words) if told else None


def acts_below(plan: Plan, block: Block) -> bool:
    """Whether the first words below a heading are an act, and not the first name of a list."""
    section = block.section
    below = [*section.blocks[1:2], *(child.head for child in section.children[:1])] if section else []
    return any(SUBJECT_ACTS.match(plan.text, b.body_start, b.end) for b in below)


def named_behind(plan: Plan, spans: list[Span], tail: int, end: int) -> list[Span]:
    """The bodies that a group and a colon announce, where they act themselves: `Các hội, đoàn thể tỉnh: Hội A, Hội B
    nhận giúp đỡ …`; before the group others may stand (`Sở A và các hội: Hội B, Hội C …`)."""
    announced = plan.agency(spans[-1]).code in GROUPS and plan.text[tail : tail + 1] == ":"
    named = chain(plan, tail + 1, end) if announced else []
    if len(named) < 2 or not SUBJECT_GOES_ON.match(plan.text, list_end(plan, named[-1], end), end):
        return []
    return [*(span for span in spans if plan.agency(span).code not in GROUPS), *named]


def gives_tasks(plan: Plan, block: Block) -> bool:
    """Whether a block stands in a chapter that gives out tasks (tổ chức thực hiện)."""
    return told_by(CUES["task_heading"], plan.headings(block))


def has_tasks_below(block: Block) -> bool:
    """Whether a heading stands over paragraphs or items of its own."""
    section = block.section
    return section is not None and section.head is block and (len(section.blocks) > 1 or bool(section.children))


def told_outside_tables(plan: Plan, blocks: list[Block]) -> list[Block]:
    """The blocks of an item without the lines of tables below it, whose heads (`Chủ trì`) say nothing of its doers; all
    of them where it holds nothing else."""
    told = [b for b in blocks if not plan.in_table(b)]
    return told if len(told) > 1 else blocks


def own_blocks(section: Section, item_ids: set[int]) -> list[Block]:
    """The blocks of an item without those of items nested in it."""
    blocks = list(section.blocks)
    for child in section.children:
        if id(child) not in item_ids:
            blocks += own_blocks(child, item_ids)
    return sorted(blocks, key=attrgetter("start"))  # a paragraph may stand behind the items below
