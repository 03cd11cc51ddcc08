"""Text in the Vietnamese encodings from before Unicode: TCVN3 (`.VnTime` fonts), VNI (`VNI-Times`), VISCII.

Such text is stored as Western letters that only the old font shows as Vietnamese (`Uû ban nh©n d©n`). Where the font is
known it tells the encoding; where it is not, the text is decoded on trial and must then read as Vietnamese. Tables and
trial come from `viparse`.
"""

from __future__ import annotations

import re
import unicodedata

from extractors.plan import Note
from pipeline.ingest.language import looks_vietnamese
from schemas.messages import message

NAMES = {"tcvn3": "TCVN3 (phông chữ .Vn)", "vni": "VNI", "viscii": "VISCII"}
LEGACY_FONT = re.compile(r"(?:[A-Z]{6}\+)?(?P<tcvn3>\.Vn)|(?:[A-Z]{6}\+)?(?P<vni>VNI\b|VNI[A-Z-])", re.IGNORECASE)
CAPITAL_FONT = re.compile(r"(?:[A-Z]{6}\+)?\.Vn.*H", re.IGNORECASE)
"""TCVN3 has no marked capitals; the `H` fonts (`.VnTimeH`) show small letters as capitals."""
UNICODE_LETTER = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u0300-\u036f\u1ea0-\u1ef9]"
)
"""Letters that Vietnamese has in Unicode and no Western code page: where they stand, nothing is to be decoded."""
WESTERN = re.compile("[\u0080-\u00ff]")
SAMPLE = 20_000
MIN_LETTERS_OF_LINE = 4
C1 = {
    ord(bytes([code]).decode("cp1252")): code
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
"""What Windows shows for the codes 80 to 9F, where VISCII has letters."""


def font_encoding(font: str | None) -> str | None:
    """The encoding that a font stands for, None for Unicode fonts."""
    match = LEGACY_FONT.match(font or "")
    return match.lastgroup if match else None


def is_capital_font(font: str | None) -> bool:
    """The font shows small letters as capitals."""
    return CAPITAL_FONT.fullmatch(font or "") is not None


def convert(text: str, encoding: str) -> str:
    """Decode text that is known to be in `encoding`; what is Unicode already stays."""
    from viparse.normalize.encodings import get_charmap
    from viparse.normalize.tables import convert as decode

    if encoding == "viscii":
        text = text.translate(C1)
    charmap = get_charmap(encoding)
    lines = [line if UNICODE_LETTER.search(line) else decode(line, charmap) for line in text.split("\n")]
    return unicodedata.normalize("NFC", "\n".join(lines))


def detect(text: str) -> str | None:
    """The old encoding that `text` is in, told from its content; None for everything else."""
    from viparse import detect_text_encoding

    lines = (line for line in text.split("\n") if not UNICODE_LETTER.search(line))
    sample = "\n".join(lines)[:SAMPLE]
    if not WESTERN.search(sample):
        return None
    for candidate in (sample, sample.translate(C1)):
        encoding = detect_text_encoding(candidate)
        if encoding in NAMES and looks_vietnamese(convert(candidate, encoding)):
            return encoding
    return None


def repair(text: str) -> tuple[str, tuple[Note, ...]]:
    """`text` decoded if it is in an old encoding, with the note that says so."""
    if looks_vietnamese(text) or (encoding := detect(text)) is None:
        return text, ()
    text = convert(text, encoding)
    if encoding != "tcvn3":
        return text, (note([encoding]),)
    return restore_capitals(text), (note([encoding], capitals_lost=True),)


def from_bytes(data: bytes) -> tuple[str, tuple[Note, ...]] | None:
    """The text of a plain file in an old encoding, None where it is in none of them."""
    text = data.decode("latin-1")
    if (encoding := detect(text)) is None:
        return None
    return repair(text if encoding == "viscii" else data.decode("cp1252", errors="replace"))


def restore_capitals(text: str) -> str:
    """Lines whose plain letters are all capitals were capitals: TCVN3 writes `KÕ HO¹CH` with a small `ế` and `ạ`."""
    return "\n".join(line.upper() if is_capital_line(line) else line for line in text.split("\n"))


def is_capital_line(line: str) -> bool:
    """Enough letters without marks, and all of them capitals."""
    plain = [c for c in line if c.isascii() and c.isalpha()]
    return len(plain) >= MIN_LETTERS_OF_LINE and all(map(str.isupper, plain))


def note(encodings: list[str], capitals_lost: bool = False) -> Note:
    """The finding for decoded text."""
    names = " và ".join(NAMES[name] for name in encodings)
    code = "old_encoding_without_capitals" if capitals_lost else "old_encoding"
    return Note("legacy_encoding", message(code, encodings=names))
