"""The signature block: who signed, with what title, on whose behalf (TM., KT.)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import regex

from extractors.cues import cues
from extractors.metadata.model import Span
from extractors.metadata.rules import attribute, signer_titles, surnames
from extractors.plan import CleanText, Note
from schemas.filtered import Filtered, filtered
from schemas.folding import bare, bare_key, fold
from schemas.messages import message

CUES = cues("metadata_cues.yaml")
BLOCK_CHARACTERS = 3500
TAIL_CHARACTERS = 8000
ANNEX = CUES["annex"]
CAPACITY = CUES["capacity"]
DELEGATED = CUES["delegated"]
FOR_CHAIR = CUES["for_chair"]
POST_ALONE = CUES["post_alone"]
OF_COMMITTEE = CUES["for_committee"]
NAME_WORD = r"(?:\p{Lu}\p{Ll}*['’]?(?:\p{Lu}?\p{Ll}+)?|\p{Lu}{1,8})"
NAME = filtered(rf"(?<![\p{{L}}\d]){NAME_WORD}(?:[ ]{NAME_WORD}){{1,4}}(?=[ ]*(?:[|*.]|$))", regex.MULTILINE)
NO_NAME = CUES["no_name"]


@dataclass(frozen=True, slots=True)
class Signature:
    """What the block says; None for what it does not say."""

    name: str | None = None
    title: str | None = None
    capacity: str | None = None
    span: Span | None = None


def read_signature(clean: CleanText, body_end: int | None) -> tuple[Signature, list[Note]]:
    """The signature block after the body; name and title from the attribute table where the block lacks them."""
    text = clean.text
    found = _block(text, body_end)
    name, title = attribute(clean.attributes, "signer"), attribute(clean.attributes, "signer_title")
    notes = []
    if found.name and name and bare_key(found.name) != bare_key(name):
        said = message("signers_differ", stated=name, found=found.name)
        notes.append(Note("conflicting_metadata", said, *found.span))
    return Signature(found.name or name, found.title or _normal_title(title), found.capacity, found.span), notes


def _normal_title(stated: str | None) -> str | None:
    return next((title for form, title in signer_titles() if stated and form in bare_key(stated)), stated)


def _block(text: str, body_end: int | None) -> Signature:
    """The first signature signs after the body's end, else the last ones that stand together in the text."""
    closed = body_end is not None and body_end < len(text)
    start = max(0, body_end - 200 if closed else len(text) - TAIL_CHARACTERS)
    tail = text[start : start + TAIL_CHARACTERS]
    letters = bare(tail)
    signs = sorted((*CAPACITY.finditer(letters), *DELEGATED.finditer(letters)), key=lambda m: m.start())
    signs = signs or list(POST_ALONE.finditer(tail))
    if not signs:
        return Signature()
    first = signs[0] if closed else signs[-1]
    for sign in () if closed else reversed(signs[:-1]):
        if first.start() - sign.end() > 120:
            break
        first = sign
    end = min(len(tail), first.start() + BLOCK_CHARACTERS)
    annex = ANNEX.search(letters, first.start(), end)
    found = _read_block(tail, letters, first.start(), annex.start() if annex else end)
    return replace(found, span=(start + found.span[0], start + found.span[1]))


def _read_block(text: str, letters: str, start: int, end: int) -> Signature:
    near = min(end, start + 700)
    signs = {regex.sub(r"\W", "", m["sign"]) for m in CAPACITY.finditer(letters, start, near)}
    capacity = "KT." if "kt" in signs else "TM." if "tm" in signs else None
    title, after = _title(letters, start, end)
    name = _name(text, after, end)
    span = (start, name[1] if name else min(end, max(after, start + 2)))
    return Signature(name[0] if name else None, title, capacity, span)


@cache
def _title_patterns() -> tuple[tuple[Filtered, str], ...]:
    """The forms of titles, in any spacing, with the normal title."""
    return tuple(
        (filtered(r"(?<!\S)" + r"[\s.]*".join(map(regex.escape, form.split())) + r"(?!\w)"), title)
        for form, title in signer_titles()
    )


def _title(letters: str, start: int, end: int) -> tuple[str | None, int]:
    """The signer's own title and where it ends: not that of the person for whom (KT.) he signs."""
    block = FOR_CHAIR.sub(lambda m: " " * len(m[0]), letters[start:end])
    best = None
    for pattern, title in _title_patterns():
        for match in pattern.finditer(block):
            before = block[: match.start()].rpartition("\n")[2].strip(" *#|")
            if title == "Chủ tịch" and before and not OF_COMMITTEE.search(before):
                continue  # a recipient's line (`- Chủ tịch UBND tỉnh`)
            if best is None or match.start() < best[1]:
                best = (title, match.start(), match.end())
            break
    if best is None:
        signs = list(FOR_CHAIR.finditer(letters, start, end))
        return None, signs[-1].end() if signs else start
    return best[0], start + best[2]


def _name(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The first personal name after the title: a family name and one to four words more, at the end of a line."""
    for match in NAME.finditer(text, start, end):
        words = match[0].replace("’", "'").split()
        if NO_NAME.search(fold(match[0])):
            continue
        for i in range(len(words) - 1):
            family = fold(words[i])
            if (family in surnames() or family[:2] in ("h'", "y'", "k'")) and len(words) - i >= 2:
                return " ".join(_cased(w) for w in words[i:]), match.end()
    return None


def _cased(word: str) -> str:
    return word.capitalize() if word.isupper() and len(word) > 1 else word
