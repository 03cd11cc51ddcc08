"""Bytes to text: UTF-8, UTF-16 and Windows-1258, with or without a byte order mark."""

from __future__ import annotations

import codecs
import unicodedata

from pipeline.ingest.errors import NotText
from pipeline.ingest.language import looks_vietnamese

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
VIETNAMESE_HIGH_BYTES = frozenset((0x00, 0x01, 0x03, 0x1E, 0x20))
"""High bytes of UTF-16 units in Vietnamese text: Latin, its extensions, combining marks, punctuation."""
BINARY = "the content is binary and no known kind of file; give a PDF, a web page or plain text"
DAMAGED_SHARE = 0.002
"""A UTF-8 file may hold a few broken characters (a cut download) and is still read."""


def decode(data: bytes) -> str:
    """The text of `data`, composed (NFC); NotText where the bytes are no text that can be told."""
    text = _decode(data)
    if "\x00" in text:
        raise NotText(BINARY)
    return unicodedata.normalize("NFC", text)


def _decode(data: bytes) -> str:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    if (encoding := utf16_without_bom(data)) is not None:
        return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if (text := mostly_utf8(data)) is not None:
        return text
    return windows_1258(data)


def utf16_without_bom(data: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` where every second byte is a high byte of Vietnamese and the others are not."""
    sample = data[: 4000 - 4000 % 2]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2], sample[1::2]
    share_even = sum(b in VIETNAMESE_HIGH_BYTES for b in even) / len(even)
    share_odd = sum(b in VIETNAMESE_HIGH_BYTES for b in odd) / len(odd)
    if share_odd > 0.95 and share_even < 0.6:
        return "utf-16-le"
    if share_even > 0.95 and share_odd < 0.6:
        return "utf-16-be"
    return None


def mostly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken characters replaced, or None where it is another encoding."""
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    composed = sum(c > "\x7f" for c in text) - damaged
    return text if damaged <= max(2, len(text) * DAMAGED_SHARE) and composed > damaged else None


def windows_1258(data: bytes) -> str:
    """Windows-1258, whose tones are combining marks behind the vowel. Raises NotText."""
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        unknown = "the characters are neither UTF-8, UTF-16 nor Windows-1258; save the file as UTF-8 text"
        raise NotText(BINARY if b"\x00" in data else unknown) from None
    controls = sum(c < " " and c not in "\t\n\r\f" for c in text[:10_000])
    if controls > 5 or not looks_vietnamese(text[:20_000]):
        raise NotText(
            "the characters are in an encoding that cannot be told (an old one like TCVN3 or VNI?); save the file as"
            " UTF-8 text"
        )
    return text
