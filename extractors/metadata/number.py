"""The document's own number (số, ký hiệu): `Số: 356 /KH - UBND` to `356/KH-UBND`."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.cues import cues
from extractors.metadata.head import Head
from extractors.metadata.rules import attribute, doc_types, type_of_abbreviation
from extractors.plan import Note
from schemas.filtered import filtered
from schemas.folding import fold
from schemas.messages import message

CUES = cues("metadata_cues.yaml")
DASHES = filtered(r"\s*[-‐‑‒–—−]\s*")
OWN = CUES["own_number"]
REFERRING = CUES["referring"]
ATTACHED = CUES["attached_number"].compiled
"""`(Kèm theo Quyết định số: 12/QĐ-UBND …)` names the document that carries this one."""
BODIES_OF_SYMBOLS = CUES["symbol_body"].compiled


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """`value` is None where it was left blank; `symbol` (`KH-UBND`) may stand all the same."""

    value: str | None
    symbol: str | None
    start: int | None = None
    end: int | None = None


def normal_number(text: str) -> str:
    """A number without inner spaces and marks, with plain hyphens: `2799/CTr - UBND` to `2799/CTr-UBND`."""
    text = DASHES.sub("-", text.replace("*", "").replace("_", ""))
    return "".join(text.split()).replace("Ð", "Đ").strip(".,;:")


def with_hyphen(symbol: str) -> str:
    """`QĐUBND` to `QĐ-UBND`: files from which all hyphens were lost; what opens it must be a kind of document."""
    body = BODIES_OF_SYMBOLS.search(symbol)
    kinds = {form for kind in doc_types() for form in kind.abbreviations}
    if body and symbol[: body.start()] in kinds:
        return f"{symbol[: body.start()]}-{symbol[body.start() :]}"
    return symbol


def read_number(head: Head) -> tuple[OwnNumber, list[Note]]:
    """The number in the letterhead, else the one that the attribute table states."""
    stated = attribute(head.clean.attributes, "number")
    stated = normal_number(stated) if stated and "/" in stated and stated[0].isdigit() else None
    found = _in_letterhead(head)
    if found is None or (found.value is None and stated):
        if stated:
            return OwnNumber(stated, stated.partition("/")[2]), []
        said = message("number_missing" if found is None else "number_blank")
        place = (found.start, found.end) if found else (None, None)
        return found or OwnNumber(None, None), [Note("missing_number", said, *place)]
    notes = []
    if found.value is None:
        notes.append(Note("missing_number", message("number_blank"), found.start, found.end))
    elif stated and fold(stated) != fold(found.value):
        said = message("numbers_differ", stated=stated, found=found.value)
        notes.append(Note("conflicting_metadata", said, found.start, found.end))
    return found, notes


def _in_letterhead(head: Head) -> OwnNumber | None:
    limit = min(head.end, max(head.letter_end, 900) + 300)
    best, best_score = None, 0
    for match in OWN.finditer(head.folded, 0, limit):
        before = head.folded[max(0, match.start() - 30) : match.start()]
        if (REFERRING.search(before.rpartition("\n")[2]) and not match["colon"]) or ATTACHED.search(before):
            continue
        line_start = not before.rpartition("\n")[2].strip(" *#|_-")
        score = 2 * bool(match["colon"]) + line_start + (match.start() < head.letter_end)
        score += type_of_abbreviation(with_hyphen(match["symbol"].upper())) is not None
        if score > best_score and score >= 2:
            best, best_score = match, score
    if best is None:
        return None
    symbol = with_hyphen(normal_number(head.text[best.start("symbol") : best.end("symbol")]))
    raw = head.text[best.start("value") : best.end("value")]
    value = f"{normal_number(raw)}/{symbol}" if regex.search(r"\d", raw) else None
    start = best.start("value") if value else best.start()
    return OwnNumber(value, symbol, start, best.end("symbol"))
