#!/usr/bin/env python3
"""Pages a second of the whole pipeline, facts included, beside the bare text of other tools, in one run.

    python benchmarks/others.py PDF... [--scans PDF...] [--texts FOLDER] [--rounds 3] [--scan-rounds 1]
        [--warm-up PDF] [--pdfplumber PYTHON] [--unstructured PYTHON] [--docling PYTHON]

PDF: files, or folders of them. Each option names the Python of an environment that has the tool; digital PDFs go to all
tools given, scans to `unstructured` (`ocr_only`, Vietnamese: as it comes, and at the scans' own 200 dpi). All tools run
on one core, with one thread, in processes of their own, ours as well: each is started once, warmed up on one page (or
on the file of `--warm-up`), and then given each file in turns with the others, so that a busy machine wrongs none.
The fastest round of each file counts. Pages a second and ratios are of the processor's seconds; behind stand those by
the clock, and those of the first round, in which no tool can remember a file, though it may load what the warm-up did
not ask for. `--texts` holds the files' texts as `.txt` or `.md` of the same stems: for files that have one, the
character error rate is given as `cer.py` counts it, in order.

`unstructured` needs tesseract and poppler on the path and the spaCy model en_core_web_sm, installed beforehand.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.cer import in_order

WORKER = Path(__file__).parent / "other_tools.py"
ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
ALONE = {"HF_HUB_OFFLINE": "1", "UNSTRUCTURED_DISABLE_NOTICE": "1", "PYTHONPATH": ""}
SCAN_DPI = "200"


@dataclass(slots=True)
class Tool:
    """A tool to start: what `other_tools.py` calls it, whose Python, what it needs in its environment."""

    kind: str
    python: str
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Figures:
    """What one tool took for each file, round by round, as (processor, clock), and the text it gave."""

    name: str
    seconds: dict[Path, list[tuple[float, float]]] = field(default_factory=dict)
    texts: dict[Path, str] = field(default_factory=dict)

    def add(self, path: Path, answer: dict) -> None:
        """One file of one round."""
        self.seconds.setdefault(path, []).append((answer["used"], answer["clock"]))
        self.texts[path] = answer["text"]

    def first(self) -> float:
        """Seconds of the processor in the first round, in which no tool remembers a file."""
        return sum(of[0][0] for of in self.seconds.values())

    def fastest(self) -> tuple[float, float]:
        """The least of each file's rounds, summed over the files."""
        files = self.seconds.values()
        return sum(min(u for u, _ in of) for of in files), sum(min(c for _, c in of) for of in files)

    def errors(self, known: dict[Path, str]) -> tuple[int, int]:
        """Wrong characters and characters of all files whose text is known."""
        counts = [in_order(known[path], text) for path, text in self.texts.items() if path in known]
        return sum(wrong for wrong, _ in counts), sum(of for _, of in counts)


class Running:
    """A tool that has been started and warmed up."""

    def __init__(self, tool: Tool, warm_up: Path) -> None:
        command = [tool.python, str(WORKER), tool.kind, str(warm_up)]
        environment = {**os.environ, **ONE_THREAD, **ALONE, **tool.environment}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8", env=environment)
        self.name = self.answer()["name"]

    def read(self, path: Path) -> dict:
        """Seconds and text of a file."""
        print(path, file=self.process.stdin, flush=True)
        return self.answer()

    def answer(self) -> dict:
        """The next line. Raises SystemExit where the tool has ended; what it had to say stands on standard error."""
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{' '.join(self.process.args)}: ended with {self.process.wait()}")
        return json.loads(line)

    def end(self) -> None:
        """Close its input, upon which it ends."""
        self.process.stdin.close()
        self.process.wait()


@contextmanager
def first_page(path: Path) -> Iterator[Path]:
    """A PDF of the first page alone, to warm up on."""
    with tempfile.TemporaryDirectory() as folder:
        source, page = pdfium.PdfDocument(path), pdfium.PdfDocument.new()
        page.import_pages(source, [0])
        page.save(Path(folder) / "page.pdf")
        page.close()
        source.close()
        yield Path(folder) / "page.pdf"


def measure(tools: Sequence[Tool], files: Sequence[Path], rounds: int, warm_up: Path | None) -> list[Figures]:
    """Each file to each tool in turns, in rounds; before, each is warmed up."""
    with ExitStack() as stack:
        warm_up = warm_up or stack.enter_context(first_page(files[0]))
        running = []
        for tool in tools:
            running.append(Running(tool, warm_up))
            stack.callback(running[-1].end)
        figures = [Figures(tool.name) for tool in running]
        for _ in range(rounds):
            for path in files:
                for tool, of in zip(running, figures, strict=True):
                    of.add(path, tool.read(path))
    return figures


def lines(figures: Sequence[Figures], pages: int, known: dict[Path, str]) -> Iterator[str]:
    """A line a tool; the first is ours, which the others are held against."""
    ours = figures[0].fastest()
    for of in figures:
        used, clock = of.fastest()
        line = f"{of.name:<40} {pages / used:7.2f} pages/s (by the clock {pages / clock:.2f},"
        line += f" in the first round {pages / of.first():.2f})"
        if of is not figures[0]:
            line += f"; ours is {used / ours[0]:.2f} times as fast ({clock / ours[1]:.2f},"
            line += f" {of.first() / figures[0].first():.2f})"
        wrong, length = of.errors(known)
        if length:
            line += f"; {wrong} of {length} characters wrong, {wrong / length:.2%}"
        yield line


def digital_tools(options: argparse.Namespace) -> list[Tool]:
    """Ours, and those given."""
    kinds = {
        "kehoach": sys.executable,
        "pdfplumber": options.pdfplumber,
        "unstructured-fast": options.unstructured,
        "docling": options.docling,
        "docling-text": options.docling,
    }
    return [Tool(kind, python) for kind, python in kinds.items() if python]


def scan_tools(options: argparse.Namespace) -> list[Tool]:
    """Ours, and `unstructured` in both forms."""
    tools = [Tool("kehoach", sys.executable)]
    if options.unstructured:
        tools.append(Tool("unstructured-ocr", options.unstructured))
        tools.append(Tool("unstructured-ocr", options.unstructured, {"PDF_RENDER_DPI": SCAN_DPI}))
    return tools


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The PDFs that are named, and those in the folders that are."""
    lists = (sorted(path.glob("*.pdf")) if path.is_dir() else [path] for path in paths)
    return [path.resolve() for of in lists for path in of]


def known_texts(files: Sequence[Path], texts: Path | None) -> dict[Path, str]:
    """The text of each file that has one."""
    by_stem = {path.stem: path for path in texts.iterdir() if path.suffix in (".txt", ".md")} if texts else {}
    return {path: by_stem[path.stem].read_text("utf-8") for path in files if path.stem in by_stem}


def pages_of(path: Path) -> int:
    """How many pages a PDF has."""
    document = pdfium.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def report(what: str, tools: Sequence[Tool], files: Sequence[Path], rounds: int, options: argparse.Namespace) -> None:
    """Measure and print."""
    pages, known = sum(map(pages_of, files)), known_texts(files, options.texts)
    figures = measure(tools, files, rounds, options.warm_up)
    load = os.getloadavg()[0]
    print(f"{what}: {len(files)} files, {pages} pages, text known of {len(known)}, {rounds} rounds; load {load:.1f}")
    print(*lines(figures, pages, known), sep="\n", flush=True)


def main() -> None:
    """Measure digital PDFs, then scans."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdf", type=Path, nargs="+")
    parser.add_argument("--scans", type=Path, nargs="+", default=[])
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--warm-up", type=Path, help="a file to warm up on, instead of the first page of the first")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scan-rounds", type=int, default=1)
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)), help="the core that all run on")
    for tool in ("pdfplumber", "unstructured", "docling"):
        parser.add_argument(f"--{tool}", metavar="PYTHON")
    options = parser.parse_args()
    os.sched_setaffinity(0, {options.core})
    report("digital PDF", digital_tools(options), files_of(options.pdf), options.rounds, options)
    if options.scans:
        report("scans", scan_tools(options), files_of(options.scans), options.scan_rounds, options)


if __name__ == "__main__":
    main()
