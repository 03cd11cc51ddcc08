"""Rewritings of what surrounds the words: line ends, pages, the head, tables, whole formats."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from benchmarks.rewritings.model import Rewriting, of_text

LINES_A_PAGE = 42
MOTTO = re.compile(r"(?m)^(CỘNG HÒA .*|CỘNG HOÀ .*)\n(Độc lập.*)$")
NUMBER = re.compile(r"(?m)^Số ?:.*$")
DATELINE = re.compile(r"(?m)^[^\W\d][\w ]+, ngày .*\d{4}$")
MARKER = re.compile(r"(?:[IVX]+\.|\d+(?:\.\d+)*[.)]?|[a-zđ]\)|[-+•*]) ")


def is_row(line: str) -> bool:
    """Whether the line is a row of a table."""
    return " | " in line


def wrapped(text: str, width: int, indent: str = "", hang: str = "") -> str:
    """Hard line ends; rows of tables stay whole."""
    lines = []
    for line in text.split("\n"):
        if is_row(line):
            lines.append(line)
        else:
            lines += textwrap.wrap(
                line,
                width,
                initial_indent=indent,
                subsequent_indent=hang,
                break_long_words=False,
                break_on_hyphens=False,
            ) or [""]
    return "\n".join(lines)


def paged(text: str, foot: Callable[[int], list[str]], width: int = 88) -> str:
    """Hard line ends, and what stands between two pages."""
    lines = wrapped(text, width).split("\n")
    out: list[str] = []
    for page, start in enumerate(range(0, len(lines), LINES_A_PAGE), start=1):
        out += foot(page) if page > 1 else []
        out += lines[start : start + LINES_A_PAGE]
    return "\n".join(out)


def head_and_rest(text: str) -> tuple[list[str], str] | None:
    """The lines of the letterhead and all from the document's kind on; None where it has no plain head."""
    found = re.search(r"(?m)^(DỰ THẢO|KẾ HOẠCH|PHƯƠNG ÁN|ĐỀ ÁN|CHƯƠNG TRÌNH)", text)
    if not found:
        return None
    head = [line for line in text[: found.start()].split("\n") if line]
    if not 4 <= len(head) <= 8 or any("|" in line for line in head):
        return None
    return head, text[found.start() :]


def head_parts(text: str) -> tuple[list[str], str, str, str, str] | None:
    """Issuer's lines, number, motto's two lines and dateline with the rest."""
    parts = head_and_rest(text)
    if not parts:
        return None
    head, rest = "\n".join(parts[0]), parts[1]
    motto, number, dateline = MOTTO.search(head), NUMBER.search(head), DATELINE.search(head)
    if not (motto and number and dateline):
        return None
    for found in (motto.group(), number.group(), dateline.group()):
        head = head.replace(found, "")
    return [line for line in head.split("\n") if line], number.group(), motto.group(), dateline.group(), rest


def with_head(arrange: Callable[[list[str], str, list[str], str], list[str]], text: str) -> str:
    """The text with its head arranged otherwise; unchanged where the head cannot be told."""
    parts = head_parts(text)
    if not parts:
        return text
    issuer, number, motto, dateline, rest = parts
    return "\n".join([*arrange(issuer, number, motto.split("\n"), dateline), rest])


def columns(issuer: list[str], number: str, motto: list[str], dateline: str, between: str, width: int) -> list[str]:
    """Two columns side by side."""
    left, right = (
        [*issuer, *[""] * (len(motto) - len(issuer)), number],
        motto + [""] * (len(issuer) - len(motto)) + [dateline],
    )
    return [f"{a:<{width}}{between}{b}".rstrip() for a, b in zip(left, right, strict=True)]


def in_one_line(issuer: list[str], number: str, motto: list[str], dateline: str) -> list[str]:
    """As portals paste it."""
    return [" ".join([*issuer, "-------", *motto, "---------------", number, dateline])]


def ruled(issuer: list[str], number: str, motto: list[str], dateline: str) -> list[str]:
    return [*issuer, "-------", number, *motto, "---------------", dateline, ""]


def last_first(issuer: list[str], number: str, motto: list[str], dateline: str) -> list[str]:
    """The right column before the left one."""
    return [*motto, dateline, *issuer, number]


def as_rows(change: Callable[[list[str]], str], text: str, head_rule: bool = False) -> str:
    """Rows of tables in another form; `head_rule` sets Markdown's line under the first of each table."""
    out, inside = [], False
    for line in text.split("\n"):
        if not is_row(line):
            inside = False
            out.append(line)
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if head_rule and not inside:
            out += ["", change(cells), change(["---"] * len(cells))]
        else:
            out.append(change(cells))
        inside = True
    return "\n".join(out)


def letters_apart_headings(text: str) -> str:
    """K Ế  H O Ạ C H, as typists space out the word under the head."""
    return re.sub(r"(?m)^KẾ HOẠCH$", "K Ế   H O Ạ C H", text)


def blank_between(text: str) -> str:
    """A blank line after each paragraph, not within tables."""
    return re.sub(r"\n(?!\n)", lambda m: "\n\n", text)


def run_in(text: str, chance: random.Random, share: float = 0.4) -> str:
    """Items pasted behind what stands before them, as portals do; never behind a heading or a row."""
    lines = text.split("\n")
    out = lines[:1]
    for before, line in pairwise(lines):
        item = re.match(r"(?:- |\+ |[a-zđ]\) )", line)
        whole = before.endswith((".", ";", ":")) and not is_row(before) and not is_row(line)
        if item and whole and chance.random() < share and not before.startswith("Nơi nhận"):
            out[-1] += " " + line
        else:
            out.append(line)
    return "\n".join(out)


def heads_run_in(text: str) -> str:
    """A short heading with its number before the words under it, in one line behind a colon."""
    return re.sub(r"(?m)^(\d{1,2}\. [^\n.:;|]{4,70}):?\n(?=[A-ZĐÀ-Ỹ][^\n|]{20,}$)", r"\1: ", text)


def layout(name: str, change: Callable[[str], str]) -> Rewriting:
    return of_text(name, "layout", change, local=False)


PAGES = (
    layout("as-cleaned", lambda text: text),
    layout("wrapped-60", partial(wrapped, width=60)),
    layout("wrapped-80", partial(wrapped, width=80)),
    layout("wrapped-100", partial(wrapped, width=100)),
    layout("wrapped-72-indented", partial(wrapped, width=72, indent="     ")),
    layout("wrapped-90-hanging", partial(wrapped, width=90, indent="", hang="   ")),
    layout("blank-lines-between", blank_between),
    layout("windows-line-ends", lambda text: text.replace("\n", "\r\n")),
    layout("old-mac-line-ends", lambda text: text.replace("\n", "\r")),
    layout("vertical-tabs", lambda text: re.sub(r"(?m);\n(?=- )", ";\v", text)),
    layout("indented", lambda text: re.sub(r"(?m)^", "      ", text)),
    layout("tab-indented", lambda text: re.sub(r"(?m)^", "\t", text)),
    layout("trailing-spaces", lambda text: re.sub(r"(?m)$", "   ", text)),
    layout("byte-order-mark", lambda text: "\ufeff" + text),
    layout("page-numbers", partial(paged, foot=lambda page: ["", f"{page}", ""])),
    layout("page-numbers-dashes", partial(paged, foot=lambda page: ["", f"- {page} -", ""])),
    layout("page-numbers-words", partial(paged, foot=lambda page: [f"Trang {page}"])),
    layout("page-feeds", partial(paged, foot=lambda page: [f"\f{page}"])),
    layout(
        "running-head", partial(paged, foot=lambda page: ["", f"Kế hoạch của Ủy ban nhân dân{'':30}Trang {page}", ""])
    ),
    Rewriting("items-run-in", "layout", run_in, local=False),
    layout("headings-run-in", heads_run_in),
    layout("head-columns", partial(with_head, partial(columns, between="   ", width=40))),
    layout("head-columns-tabs", partial(with_head, partial(columns, between="\t", width=0))),
    layout("head-columns-pipes", partial(with_head, partial(columns, between=" | ", width=0))),
    layout("head-in-one-line", partial(with_head, in_one_line)),
    layout("head-ruled", partial(with_head, ruled)),
    layout("head-right-first", partial(with_head, last_first)),
    layout("spaced-out-kế-hoạch", letters_apart_headings),
    layout("rows-markdown", partial(as_rows, lambda cells: "| " + " | ".join(cells) + " |", head_rule=True)),
    layout("rows-markdown-bare", partial(as_rows, lambda cells: "| " + " | ".join(cells) + " |")),
    layout("rows-tight", partial(as_rows, "|".join)),
    layout("rows-padded", partial(as_rows, lambda cells: " | ".join(f"{cell:<14}" for cell in cells))),
    layout("rows-tabs", partial(as_rows, "\t".join)),
)
