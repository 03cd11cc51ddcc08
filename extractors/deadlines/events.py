"""What falls due (nội dung): the words that a deadline is told for, without those that tell its time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from extractors.assignments.shared_sheets import item_of_points
from extractors.assignments.task_sheets import bullet_before
from extractors.cues import cues
from extractors.deadlines.turns import words_in_turn
from extractors.deadlines.years import REVIEW_RULE
from extractors.spans import trim
from extractors.wording import MARKS, shortened, whole_words

if TYPE_CHECKING:
    from extractors.context import Plan
    from extractors.deadlines.deadlines import Found
    from extractors.plan import Block
    from extractors.values.dates import TimeExpression

MAX_EVENT = 200
CUES = cues("deadline_cues.yaml")
SHEET_PART = cues("assignment_cues.yaml")["sheet_part"]
SHORTEST_TASK = 12
PARTS_OF_YEAR = ("day", "month", "quarter")
DATED = {"due", "window"}
PARTS_BETWEEN = 4
"""So many parts of a task sheet stand at most between a task and its time."""
BARE_END = CUES["bare_end"]
ITEM_LABEL = CUES.naming("item_label", "label")
BARE_TURN = CUES["bare_turn"]
STAGE_ALONE = CUES["stage_alone"]
LABELLED = CUES.naming("labelled_task", "task")
ITEM_MARK = CUES["item_mark"]
FURTHER_INTERVALS = CUES["further_intervals"]
NEXT_DAY = CUES["next_day"]
NEXT_TASK = CUES["next_task"]
TURNS_TO_TASK = CUES["turns_to_task"]


def event_words(text: str, found: Found, item: int, heading: str | None, beside: Sequence[TimeExpression] = ()) -> str:
    """What is due: the quote without a time that opens or closes it or fills a bracket; of a bare label line the
    heading that it stands under. `item`: where the words of its item begin, whose label tells what ends. `beside`: the
    other times of the quote; a task with a time of its own is told apart."""
    if beside and (told := words_in_turn(text, found.time, beside, found.start, found.end)):
        words = whole_words(ITEM_MARK.sub("", told), 0)
        return shortened(_named(words, text, item, found, heading), MAX_EVENT)
    first, last, begin, stop = own_part(text, found, beside)
    others = [t for t in beside if t.form in PARTS_OF_YEAR and {t.kind, found.time.kind} <= DATED]
    before = without_days(text, begin, first, others)
    behind = without_days(text, last, stop, others)
    after = CUES["left_after"].sub("", behind)
    done = found.time.form == "routine" and CUES["done_so_often"].search(found.time.text)
    if found.time.uneven or done:  # only these words tell how often, or what is done
        return shortened(whole_words(" ".join(text[begin:stop].split()), 0), MAX_EVENT)
    rest = " ".join(f"{before} {after}".split()).strip(f"{MARKS}()")
    if CUES["time_label_before"].search(before) and len(rest) < 60:
        if labelled := LABELLED.search(before):
            return labelled["task"]
        return heading or rest or found.time.text
    opened = CUES["opens_bracket"].search(before)
    if opened and after.lstrip().startswith(")"):
        words = before[: opened.start()] + after.lstrip()[1:]
    elif after.lstrip().startswith(")"):  # the day of an interval that a list of others goes on with
        words = before + text[first:last] + behind
    elif not before.strip(f"{MARKS}(") or not after.strip(f"{MARKS})"):
        words = CUES["left_before"].sub("", before) + after
    else:
        words = before + text[first:last] + behind
    words = whole_words(ITEM_MARK.sub("", " ".join(words.split())), 0)
    if begin > found.start:
        words = with_subject(text, words, item, (found.start, begin), beside)
    if found.time.kind == "recurring":
        words = FURTHER_INTERVALS.sub("", words)
    begun = CUES["begins"].match(found.time.text)
    if begun and before.rstrip().endswith(":") and not after.strip(MARKS):
        words = f"{words}: {begun.group().lower()}"
    return shortened(_named(words, text, item, found, heading), MAX_EVENT) or heading or found.time.text


def with_subject(text: str, words: str, item: int, told: tuple[int, int], beside: Sequence[TimeExpression]) -> str:
    """A task told behind that of another time with what both are of: the label of their item (`Đường A: kiểm đếm từ
    01/3 đến 31/3, *bàn giao mặt bằng trước 30/6*`), for a stage that names nothing alone what the first one is told of
    (`Nâng cấp đập B, khởi công trong quý I, *bàn giao trước ngày 20/12*`). `told`: the words before it."""
    if label := ITEM_LABEL.match(text, item, told[1]):
        return words if words.startswith(label["label"]) else f"{label['label']}: {words}"
    if STAGE_ALONE.fullmatch(words) is None:
        return words
    head = text[told[0] : min((t.start for t in beside if t.start >= told[0]), default=told[1])].rstrip(MARKS)
    first, comma, stage = head.rpartition(", ")
    head = (first if comma and STAGE_ALONE.fullmatch(stage) else head).strip(MARKS)
    return f"{head}: {words}" if head and STAGE_ALONE.fullmatch(head) is None else words


def own_part(text: str, found: Found, beside: Sequence[TimeExpression]) -> tuple[int, int, int, int]:
    """Where the time of a deadline begins and ends, with those told in one breath with it, and where the words of its
    own task do in a quote that tells others with their times."""
    first, last, begin, stop = found.time.start, found.time.end, found.start, found.end
    if found.rule == REVIEW_RULE:
        return first, last, first, stop
    for other in sorted((t for t in beside if t.end <= first), key=lambda t: -t.end):
        if NEXT_DAY.fullmatch(text, other.end, first):
            first = other.start
            continue
        joints = [*NEXT_TASK.finditer(text, other.end, first)]
        begin = joints[-1].end() if joints else begin
        break
    for other in sorted((t for t in beside if t.start >= last), key=lambda t: t.start):
        if other.form == "year" and CUES["review_behind"].match(text, other.end):
            stop = other.start
            break
        if NEXT_DAY.fullmatch(text, last, other.start):
            last = other.end
            continue
        turned = (
            TURNS_TO_TASK.match(text, last, other.start) if CUES["told_before"].search(text, begin, first) else None
        )
        joints = [turned] if turned else [*NEXT_TASK.finditer(text, last, other.start)]
        stop = joints[-1].start() if joints else stop
        if not (text[begin:first] + text[last:stop]).strip(MARKS):
            stop = other.start  # "Sau 3 năm thực hiện, tổ chức sơ kết vào tháng 6/2022": what it opens is its own
        break
    return first, last, begin, stop


def without_days(text: str, start: int, stop: int, others: Sequence[TimeExpression]) -> str:
    """text[start:stop] without the times of other deadlines, nor the brackets that hold but those."""
    kept, at = [], start
    for other in sorted(others, key=lambda t: t.start):
        if other.start < at or other.end > stop:
            continue
        words, behind = text[at : other.start], other.end
        if kept and NEXT_DAY.fullmatch(words):
            at = behind  # the joint between two times goes with them
            continue
        bracket = CUES["opens_bracket"].search(words) if text.startswith(")", behind) else None
        kept.append(words[: bracket.start()] if bracket else words.rstrip())
        at = behind + 1 if bracket else behind
    return "".join([*kept, text[at:stop]])


def _named(words: str, text: str, item: int, found: Found, heading: str | None) -> str:
    """What words name that name nothing alone (`hoàn thành`, `Đợt 1`): with the label of their item, else with the task
    that they belong to."""
    if BARE_END.fullmatch(words) and (label := ITEM_LABEL.match(text, item, found.time.start)):
        return f"{label['label']}: {words}"
    if heading is None or words == heading:
        return words
    if BARE_TURN.fullmatch(words):  # the task may be told with the turn before: "Tiêm phòng: đợt 1 …; *đợt 2*"
        earlier = BARE_TURN.search(heading)
        task = heading[: earlier.start()].rstrip(MARKS) if earlier else heading
        return f"{task}: {words}" if task else words
    return f"{heading}: {words}" if BARE_END.fullmatch(words) else words


def whole_start(plan: Plan, clauses: Sequence[tuple[int, int]], clause: tuple[int, int]) -> int:
    """Where the sentence of a clause begins (`*Lắp 05 trạm đo*; mua 04 máy bơm. Hoàn thành trước …`)."""
    start = clause[0]
    at = bisect_right(clauses, clause) - 1
    for earlier in reversed(clauses[max(0, at - PARTS_BETWEEN) : at]):
        if plan.text[earlier[1] - 1] != ";" or SHEET_PART.match(plan.text, *earlier) is not None:
            break
        start = earlier[0]
    return start


def task_before(plan: Plan, block: Block, at: int) -> str | None:
    """What a bare label line sets a time for: the task that the same paragraph tells before it (`Rà soát thủ tục. Cơ
    quan chủ trì: Sở A. Thời gian: quý II`), else the heading above."""
    clauses = plan.clauses(block)
    behind = bisect_right(clauses, at, key=itemgetter(1))
    before = reversed(clauses[max(0, behind - PARTS_BETWEEN) : behind])
    told = next((clause for clause in before if SHEET_PART.match(plan.text, *clause) is None), None)
    start, end = trim(plan.text, max(whole_start(plan, clauses, told), block.body_start), told[1]) if told else (at, at)
    words = plan.text[start:end].rstrip(" .;")
    if words[:1].isalpha() and len(words) >= SHORTEST_TASK:
        return words
    if bullet := bullet_before(plan, block):
        return plan.text[bullet.head.body_start : bullet.head.end].rstrip(" .;")
    if item := item_of_points(plan, block):
        return item.heading
    heading = next(iter(plan.headings(block)), None)
    return plan.meta.title if heading and plan.meta.title and CUES["bare_time_heading"].fullmatch(heading) else heading
