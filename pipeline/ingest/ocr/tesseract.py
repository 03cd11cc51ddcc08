"""Tesseract with the language `vie`, called as a program: picture in, words as a table (TSV) out.

pytesseract would do the same call through temporary files, compress each picture first and leave `OMP_THREAD_LIMIT` to
the environment of the whole process; the direct call is as long as its use would be.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import regex
from PIL import Image

from pipeline.ingest.errors import ReadError
from pipeline.ingest.ocr.words import Reading, TextLine, Word

LANGUAGE = "vie"
SEGMENTATION = "3"
"""Fully automatic: the others lose columns of letterheads or whole noisy pages."""
STRIP = "6"
"""One block of lines. Of 753 cells of ten plans 662 come out letter by letter; fully automatic 631, as a column of
different sizes ("4") 655, in a third more time."""
TIMEOUT = 100
"""Seconds for a page; a page takes one to three."""
PLACES = (
    r"C:\Program Files\Tesseract-OCR\tesseract.exe",
    r"C:\Program Files (x86)\Tesseract-OCR\tesseract.exe",
    "/opt/homebrew/bin/tesseract",
    "/usr/local/bin/tesseract",
)
"""Where installers put it: on Windows they leave the path as it is, nightly jobs on macOS have a short one."""
WORD_ROW = "5"
DOUBLED = regex.compile("\u0110\u00d0|\u00d0\u0110")
"""What the Vietnamese data makes of one `Đ` in capitals: both of its code points."""
LOOKALIKES = str.maketrans("\u00d0\u2044\u00ff\u00d1", "Đ/ỷN")


class OcrTimeout(ReadError):
    """A picture that the engine does not come to an end with."""

    error_type = "ocr_timeout"


@cache
def program() -> str | None:
    """`find_program`, asked once."""
    return find_program()


def find_program() -> str | None:
    """Where the program is; `TESSERACT_CMD` names it where it is neither on the path nor in a usual place."""
    named = shutil.which(os.environ.get("TESSERACT_CMD") or "tesseract")
    return named or next((place for place in PLACES if Path(place).is_file()), None)


@cache
def is_available() -> bool:
    """The program runs and has Vietnamese data."""
    if program() is None:
        return False
    try:
        told = subprocess.run([program(), "--list-langs"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0 and LANGUAGE.encode() in (told.stdout + told.stderr).split()


def environment() -> dict[str, str]:
    """One thread a picture: Tesseract's own threads make it five to seven times slower."""
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def read(picture: np.ndarray, dpi: int) -> Reading:
    """Read one grey picture."""
    return parse(run(picture, dpi))


def read_strip(picture: np.ndarray, dpi: int) -> Reading:
    """Read a grey picture of lines that stand one below the other."""
    return parse(run(picture, dpi, STRIP))


def run(picture: np.ndarray, dpi: int, segmentation: str = SEGMENTATION) -> str:
    """What Tesseract writes about one grey picture. Raises ReadError or OcrTimeout."""
    try:
        done = call(as_tiff(picture), ["stdout", "-l", LANGUAGE, "--psm", segmentation, "--dpi", str(dpi), "tsv"])
    except subprocess.TimeoutExpired:
        raise OcrTimeout(f"a page took the OCR more than {TIMEOUT} seconds; scan it again, cleaner") from None
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:200]
        raise ReadError(f"Tesseract failed on a page ({said or done.returncode}); check its installation")
    return done.stdout.decode("utf-8", "replace")


def as_tiff(picture: np.ndarray) -> bytes:
    """The picture as an uncompressed TIFF file, which Tesseract's library reads row by row; a PGM file, the simpler
    form, it reads pixel by pixel, a tenth of the time of a page."""
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(picture, dtype=np.uint8)).save(file, "TIFF")
    return file.getvalue()


def call(data: bytes, arguments: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Call the program on a picture: as a file in memory, where the system has such, which it reads faster than a pipe
    (one character at a time), and which is gone with the process."""
    told = {"capture_output": True, "timeout": TIMEOUT, "env": environment(), "check": False}
    if not hasattr(os, "memfd_create"):
        return subprocess.run([program(), "stdin", *arguments], input=data, **told)
    with os.fdopen(os.memfd_create("page"), "wb") as file:
        file.write(data)
        file.flush()
        path = f"/proc/self/fd/{file.fileno()}"
        return subprocess.run([program(), path, *arguments], pass_fds=[file.fileno()], **told)


def parse(table: str) -> Reading:
    """The rows of Tesseract's table as lines of words; rows of blanks are its rulers and frames."""
    lines: dict[tuple[str, str, str], list[Word]] = {}
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != WORD_ROW or not cells[11].strip():
            continue
        left, top, width, height = map(int, cells[6:10])
        text = DOUBLED.sub("Đ", cells[11].strip()).translate(LOOKALIKES)
        word = Word(text, max(float(cells[10]), 0) / 100, left, top, left + width, top + height)
        lines.setdefault((cells[2], cells[3], cells[4]), []).append(word)
    return Reading(tuple(TextLine(tuple(words), int(block)) for (block, _, _), words in lines.items()))
