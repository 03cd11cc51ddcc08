"""The step that takes out what electronic signatures print onto pages."""

from __future__ import annotations

import regex

from extractors.cleaning.characters import drop_empty
from extractors.cleaning.lines import Draft

SIGNED = regex.compile(
    r"(?:Người ký|Ký bởi|Được ký bởi|Thời gian ký|Ngày ký|Ký ngày|Ngày giờ ký)\s*:"
    r"|Signature (?:Not Verified|Valid)|Digitally signed by|(?:Signing )?(?:Date|Time|Reason|Location)\s?: ?\d"
)
BESIDE = regex.compile(
    r"(?:Cơ quan|Đơn vị|Tổ chức|Chức vụ|Email|E-mail|DN)\s*[:=]|\d{2}[./-]\d{2}[./-]\d{4} \d{2}:\d{2}"
)
MAX_CHARACTERS = 200


def drop_signature_stamps(draft: Draft) -> None:
    """`Người ký: …`, `Thời gian ký: …` and the office and address beside them say who pressed the key, not what the
    document says. Only on pages: in a web page's table of attributes they are kept."""
    if not draft.paged:
        return
    lines = draft.lines
    stamped = {i for i, line in enumerate(lines) if SIGNED.match(line.text) and len(line.text) <= MAX_CHARACTERS}
    for i in sorted(stamped):
        for step in (-1, 1):
            j = i + step
            while 0 <= j < len(lines) and j not in stamped and BESIDE.match(lines[j].text):
                stamped.add(j)
                j += step
    for i in stamped:
        lines[i].text = ""
    drop_empty(draft)
