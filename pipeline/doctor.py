"""`kehoach doctor`: which kinds of file can be read on this machine, and how to install what is missing.

Text, web pages, digital PDF, Word (.docx) and archives need nothing but kehoach itself. Scans and pictures need an OCR
engine, old office formats a program that converts them.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from pipeline.ingest.ocr.tesseract import find_program
from pipeline.ingest.office import find_office
from pipeline.terminal import plain

SYSTEMS = ("Debian/Ubuntu", "Windows", "macOS")
GOOD, DEGRADED, MISSING = "works", "works less well", "cannot be read"
PATIENCE = 20.0
SMALL_READERS = ("antiword", "catdoc")


@dataclass(frozen=True, slots=True)
class Tool:
    """A program, its data or a package: whether it is here, and how to get it on each of SYSTEMS."""

    name: str
    serves: str
    place: str | None
    detail: str
    install: tuple[str, str, str]

    @property
    def here(self) -> bool:
        """Whether it can be used."""
        return self.place is not None


@dataclass(frozen=True, slots=True)
class Format:
    """Kinds of file and whether they can be read; `needs`: names of the tools that would mend it."""

    kinds: str
    state: str
    how: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What is here, and what follows from it."""

    tools: list[Tool]
    formats: list[Format]

    @property
    def missing(self) -> list[Tool]:
        """Tools that would make a kind of file readable, or better read."""
        needed = {name for found in self.formats if found.state != GOOD for name in found.needs}
        return [tool for tool in self.tools if tool.name in needed and not tool.here]


def examine() -> Findings:
    """Look for every tool and work out which formats can be read."""
    tools = [tesseract(), vietnamese_data(), trueocr(), libreoffice(), *map(small_reader, SMALL_READERS)]
    return Findings(tools, formats({tool.name: tool.here for tool in tools}))


def formats(here: dict[str, bool]) -> list[Format]:
    """Which formats can be read with the tools that are here."""
    ocr = Format(".pdf (scans) .png .jpg .tif", GOOD, "Tesseract with its Vietnamese data")
    if not (here["tesseract"] and here["tesseract vie"]):
        needs = ("tesseract", "tesseract vie")
        if here["trueocr"]:
            ocr = Format(ocr.kinds, DEGRADED, "trueocr: more errors than Tesseract, lower confidence", needs)
        else:
            ocr = Format(ocr.kinds, MISSING, "no OCR engine", (*needs, "trueocr"))
    doc = Format(".doc", GOOD, "LibreOffice")
    if not here["libreoffice"]:
        simple = next((name for name in SMALL_READERS if here[name]), None)
        if simple:
            doc = Format(".doc", DEGRADED, f"{simple}: text without automatic numbers", ("libreoffice",))
        else:
            doc = Format(".doc", MISSING, "no program that converts it", ("libreoffice", "antiword"))
    other = Format(".rtf .odt", GOOD, "LibreOffice")
    if not here["libreoffice"]:
        other = Format(".rtf .odt", MISSING, "no program that converts it", ("libreoffice",))
    return [
        Format(".txt .md .html", GOOD, "kehoach itself"),
        Format(".pdf (digital)", GOOD, "pypdfium2, comes with kehoach"),
        Format(".docx", GOOD, "comes with kehoach"),
        Format(".zip", GOOD, "kehoach itself; what is inside is read like a folder"),
        ocr,
        doc,
        other,
    ]


def tesseract() -> Tool:
    """The OCR engine."""
    place = find_program()
    return Tool(
        "tesseract",
        "scans and pictures",
        place,
        first_line([place, "--version"]) if place else "",
        ("sudo apt-get install tesseract-ocr", "winget install UB-Mannheim.TesseractOCR", "brew install tesseract"),
    )


def vietnamese_data() -> Tool:
    """Tesseract's data for Vietnamese; without it Tesseract reads letters without their marks."""
    place = find_program()
    languages = output([place, "--list-langs"]).split() if place else []
    return Tool(
        "tesseract vie",
        "Vietnamese letters in scans",
        place if "vie" in languages else None,
        "vie" if "vie" in languages else "",
        (
            "sudo apt-get install tesseract-ocr-vie",
            "run the Tesseract installer again and choose Additional language data: Vietnamese",
            "brew install tesseract-lang",
        ),
    )


def trueocr() -> Tool:
    """The OCR engine that comes as a Python package with its model inside."""
    found = importlib.util.find_spec("trueocr")
    return Tool(
        "trueocr",
        "scans and pictures where Tesseract is missing",
        str(Path(found.origin).parent) if found and found.origin else None,
        package_version("trueocr") if found else "",
        ("pip install trueocr",) * 3,
    )


def libreoffice() -> Tool:
    """The office program that converts old formats."""
    place = find_office()
    return Tool(
        "libreoffice",
        ".doc .rtf .odt",
        place,
        first_line([place, "--version"]) if place else "",
        (
            "sudo apt-get install libreoffice-writer-nogui",
            "winget install TheDocumentFoundation.LibreOffice",
            "brew install --cask libreoffice",
        ),
    )


def small_reader(name: str) -> Tool:
    """A small reader of .doc: antiword, catdoc."""
    nowhere = "no package; install LibreOffice instead"
    return Tool(
        name,
        ".doc where LibreOffice is missing",
        shutil.which(name),
        "",
        (f"sudo apt-get install {name}", nowhere, f"brew install {name}"),
    )


def output(command: list[str]) -> str:
    """What a program prints; nothing where it does not answer."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return ""
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def first_line(command: list[str]) -> str:
    """The first line that a program prints: its name and version."""
    return plain(next(iter(output(command).strip().splitlines()), ""))


def package_version(name: str) -> str:
    """The version of an installed package."""
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def this_system(platform: str = sys.platform) -> int:
    """Which of SYSTEMS this is; Debian's commands stand for every Linux."""
    return {"win32": 1, "darwin": 2}.get(platform, 0)


def print_findings(found: Findings, console: Console, platform: str = sys.platform) -> None:
    """Formats, tools, then what to install, for a person."""
    console.print(grid(("files", "", "read by"), [(f.kinds, f.state, f.how) for f in found.formats], style_of_state))
    tools = [(t.name, "here" if t.here else "missing", t.serves, t.detail or t.place or "") for t in found.tools]
    console.print(grid(("tool", "", "for", "which"), tools, style_of_state))
    if not found.missing:
        console.print(Text("every kind of file can be read as well as it can be"))
        return
    console.print(Text("to install what is missing:", "bold"))
    mine = this_system(platform)
    for number in (mine, *(n for n in range(len(SYSTEMS)) if n != mine)):
        console.print(Text(f"  {SYSTEMS[number]}"))
        for tool in found.missing:
            console.print(Text(f"    {tool.name}: {tool.install[number]}"), soft_wrap=True)


def style_of_state(state: str) -> str:
    """Green for what works, yellow for what works less well, red for the rest."""
    return {GOOD: "green", "here": "green", DEGRADED: "yellow"}.get(state, "red")


def grid(heads: tuple[str, ...], rows: list[tuple[str, ...]], style: Callable[[str], str]) -> Grid:
    """A table whose second column is a state."""
    made = Grid(*heads, box=SIMPLE_HEAD)
    for row in rows:
        made.add_row(*(Text(plain(cell), style(cell) if at == 1 else "") for at, cell in enumerate(row)))
    return made


def as_json(found: Findings) -> dict[str, Any]:
    """The same for a script."""
    return {
        "formats": [asdict(one) for one in found.formats],
        "tools": [
            {k: v for k, v in asdict(tool).items() if k != "install"}
            | {"here": tool.here, "install": dict(zip(SYSTEMS, tool.install, strict=True))}
            for tool in found.tools
        ],
        "missing": [tool.name for tool in found.missing],
    }
