"""The step that keeps the columns of tables laid out with spaces, which later steps would squeeze away."""

from __future__ import annotations

import regex

from extractors.cleaning.lines import Draft

HEAD = regex.compile(r"(?:TT|STT|Stt|Số TT|Số thứ tự)(?: {2,}+|\t\s*+)\S.{0,400}(?<! )(?: {2,}+|\t\s*+)\S")
COLUMN_GAP = regex.compile(r" {2,}+|\t\s*+")
ROW = regex.compile(r"(?:\d{1,3}|[IVX]{1,4})(?: {2,}+|\t)")
FIGURES_AFTER_GAP = regex.compile(r"(?<! )(?: {2,}+|\t)[\d.,]++(?=\s|$)")
MAX_WRAPPED = 4


def mark_table_columns(draft: Draft) -> None:
    """Under a head that begins with the running number, gaps between columns become ` | `: the cells stay apart. The
    table ends with the last line that has a running number, or figures in columns."""
    lines = draft.lines
    at = 0
    while at < len(lines):
        if not HEAD.match(lines[at].text):
            at += 1
            continue
        last, look = at, at + 1
        while look < len(lines) and look - last <= MAX_WRAPPED and not lines[look].text.startswith("|"):
            if ROW.match(lines[look].text) or FIGURES_AFTER_GAP.search(lines[look].text):
                last = look
            look += 1
        if last > at:
            for line in lines[at : last + 1]:
                line.text = COLUMN_GAP.sub(" | ", line.text)
        at = last + 1
