"""How the tests of Word documents read what they built."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from word_builder import WORDS, Builder

from pipeline.ingest import office
from pipeline.ingest.docx import read_docx

SHARED = Path(__file__).resolve().parents[2] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not on this machine")
needs_office = pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is not on this machine")


def lines(builder: Builder) -> list[str]:
    """The paragraphs behind the opening one."""
    found = read_docx(builder.bytes()).text.split("\n\n")
    assert found[0] == WORDS
    return found[1:]


def labels(builder: Builder) -> list[str]:
    """What stands before the first word of each paragraph."""
    return [line.rpartition(" ")[0] for line in lines(builder)]


def replaced(data: bytes, old: bytes, new: str, **parts: str) -> bytes:
    """The package with `old` replaced in its parts, and with more parts below word/."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(entry.filename, source.read(entry).replace(old, new.encode()))
        for name, xml in parts.items():
            target.writestr(f"word/{name}.xml", xml)
    return out.getvalue()


def fill(table, rows):
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text = text


def converted(data: bytes, form: str, folder: Path) -> bytes:
    """The document saved in another format."""
    source = folder / "in.docx"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [office.find_office(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=120)
    return (folder / f"in.{form}").read_bytes()
