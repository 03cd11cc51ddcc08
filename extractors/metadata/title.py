"""The title (trích yếu): the words under KẾ HOẠCH, and the sentence by which the committee issues the plan."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.cues import cues
from extractors.metadata.head import LETTERHEAD_CHARACTERS, Head
from extractors.metadata.model import Span
from extractors.metadata.rules import attribute, doc_types
from schemas.folding import bare, fold

CUES = cues("metadata_cues.yaml")
TITLE_CHARACTERS = 700
CLOSING_CHARACTERS = 6000
MIN_TITLE = 20
DATELINE_END = CUES["dateline_end"]
LEAVE_START = CUES["leave_start"]
LEAVE_END = CUES["leave_end"]
LEGAL_BASIS = CUES["legal_basis"]
CITING = CUES["citing"]
COMMITTEE_LINE = CUES["committee_line"]
ISSUING = CUES["issuing"]
FIRST_SECTION = CUES["first_section"]
SUPPLEMENT = CUES["supplement"]
SENTENCE = CUES["issuing_sentence"]
WEB_HEADING = CUES["web_heading"]
HEADING_GOES_ON = CUES["heading_goes_on"]


@dataclass(frozen=True, slots=True)
class Title:
    """The subject of the document on one line, and where it stands; no place where an attribute table gives it."""

    text: str
    span: Span | None


def read_title(head: Head, sentence: Title | None) -> Title | None:
    """The words under the heading, else of the issuing sentence, the web page's heading or attribute table."""
    under = _under_heading(head) if head.heading else _under_letterhead(head)
    if under:
        return under
    if sentence and len(sentence.text) >= 12:
        return sentence
    web = web_heading(head)
    if web:
        return Title(web["subject"].strip(" .|"), web.span("subject"))
    stated = attribute(head.clean.attributes, "title")
    if stated:
        return Title(stated, None)
    return sentence if sentence and sentence.text else None


def web_heading(head: Head) -> regex.Match[str] | None:
    """The first line of a saved web page: `Kế hoạch 12/KH-UBND năm 2020 về …`."""
    line_end = head.text.find("\n")
    match = WEB_HEADING.match(head.text, 0, line_end if line_end >= 0 else len(head.text))
    kinds = {h for kind in doc_types() for h in kind.headings}
    return match if match and bare(match["kind"]) in kinds else None


def _under_letterhead(head: Head) -> Title | None:
    """The lines in capitals right under number and dateline, where the heading word was lost."""
    dates = list(DATELINE_END.finditer(head.folded, 0, min(head.end, LETTERHEAD_CHARACTERS)))
    if not dates:
        return None
    start = end = None
    for line in regex.finditer(r"[^\n]+", head.text[: head.end], pos=dates[-1].end()):
        words = line[0].strip(" |*#_-.")
        if not words and start is None:
            continue
        if len(words.split()) < 2 or words != words.upper() or _ends_title(head, *line.span(), start is None):
            break
        start, end = line.start() if start is None else start, line.end()
    return _titled(head, start, end) if start is not None and end - start >= MIN_TITLE else None


def _under_heading(head: Head) -> Title | None:
    start = head.heading.end
    start = _past_marks(head, start)
    more = HEADING_GOES_ON.match(head.text, start, head.end)
    if more:
        start = _past_marks(head, more.end())
    if start >= head.end:
        return None
    line_end = head.text.find("\n", start)
    first = head.text[start : line_end if line_end >= 0 else head.end]
    capitals = _capital_run(first)
    if capitals and len(capitals) < len(first.rstrip()) and len(first) > len(capitals) + 60:
        return _titled(head, start, start + len(capitals))  # flattened: the title in capitals, then running text
    return _by_lines(head, start)


def _past_marks(head: Head, start: int) -> int:
    """Where the next word stands."""
    while start < head.end and head.text[start] in " \n*#|:.-_":
        start += 1
    return start


def _capital_run(line: str) -> str:
    """The words at the start of a line that hold no small letter, up to a first section's marker."""
    end = 0
    for word in regex.finditer(r"\S+", line):
        if any(c.islower() for c in word[0]) or (end and FIRST_SECTION.match(line[word.start() :] + " ")):
            break
        end = word.end()
    run = line[:end]
    return run if len(run.split()) >= 3 else ""


def _by_lines(head: Head, start: int) -> Title | None:
    """The lines of the title: up to the first legal basis, the issuing body's line or the first section."""
    at, end = start, None
    capitals = None
    while at < head.end and at - start < TITLE_CHARACTERS:
        line_end = head.text.find("\n", at)
        line_end = head.end if line_end < 0 else min(line_end, head.end)
        line = head.text[at:line_end]
        if line.strip(" *#|-_"):
            upper = not any(c.islower() for c in line)
            whole = end is not None and end - start >= MIN_TITLE  # `HÀNH ĐỘNG` alone is no title
            if _ends_title(head, at, line_end, first=end is None) or (
                capitals and whole and not upper and len(line) > 60
            ):
                break
            capitals = upper if capitals is None else capitals and upper
            end = line_end
            if line.rstrip(" *").endswith((".", ";")) and not upper:
                break
        at = line_end + 1
    return _titled(head, start, end) if end else None


def _ends_title(head: Head, start: int, end: int, first: bool) -> bool:
    line = head.folded[start:end]
    if LEGAL_BASIS.match(line) or SUPPLEMENT.match(line.strip()):
        return True
    if not first and (line.rstrip().endswith(";") or (head.text[start].isupper() and CITING.match(line))):
        return True  # `Thực hiện Quyết định số …` right under the heading is the title itself
    if first and CITING.match(line) and (line.rstrip().endswith((";", ":")) or ISSUING.search(line)):
        return True
    if COMMITTEE_LINE.match(line) and (ISSUING.search(line) or head.text[start:end].isupper() or len(line) > 120):
        return True
    if FIRST_SECTION.match(head.text[start:end] + " "):
        return True
    return len(line) > (450 if first else 250) or (line.rstrip().endswith(":") and not first)


def _titled(head: Head, start: int, end: int) -> Title | None:
    cut = SUPPLEMENT.search(head.folded, start, end)
    end = cut.start() if cut else end
    words = " ".join(regex.sub(r"[*#|_]+", " ", head.text[start:end]).split()).strip(" .-–")
    while end > start and head.text[end - 1] in " \n*#|._-":
        end -= 1
    return Title(words, (start, end)) if len(words) >= 4 else None


def read_sentence(text: str, folded: str, start: int, end: int) -> tuple[Title, Span] | None:
    """The sentence that issues the plan (`Ủy ban nhân dân tỉnh ban hành Kế hoạch …, cụ thể như sau`): the plan's
    subject in it, and where the issuing body is named."""
    for match in SENTENCE.finditer(folded, start, end):
        span = match.span("subject")
        words = " ".join(text[span[0] : span[1]].split()).strip(" ,.:*")
        return Title(words, span), match.span("issuer")
    return None


def closing_sentence(text: str, body_end: int) -> Span | None:
    """The leave-taking sentence (`Trên đây là Kế hoạch … giai đoạn …`), up to its full stop."""
    start = max(0, body_end - CLOSING_CHARACTERS)
    folded = fold(text[start:body_end])
    at = max((match.start() for match in LEAVE_START.finditer(folded)), default=-1)
    if at < 0:
        return None
    stop = LEAVE_END.search(folded, at, at + 500)
    return start + at, start + (stop.start() if stop else min(len(folded), at + 500))
