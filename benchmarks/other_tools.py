"""One tool, warm, in a process and an environment of its own: a path a line comes in, its seconds and text go out.

`others.py` starts this file with the Python of each tool's environment, which knows nothing of this project: so only
the standard library is imported here, and each tool where it is made ready. A line out is JSON: `used`, seconds of the
processor with those of programs that the tool started and waited for; `clock`; `text`. The first line names the tool.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

Read = Callable[[str], str]


def kehoach() -> tuple[str, Read]:
    """What a worker does with a file: hash, read (OCR where needed), extract, check, pack. The text is the reader's."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from pipeline.collector import look_seldom
    from pipeline.document import Steps, Task, default_steps, read_document

    steps, sources = default_steps(), []

    def read_and_keep(path: Path):
        read = steps.read(path)
        sources.append(read.source)
        return read

    def read(path: str) -> str:
        digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
        facts = read_document(Task(Path(path), path, digest, "d" + digest[:16]), Steps(read_and_keep, steps.extract))
        if facts.failure:
            raise SystemExit(f"{path}: {facts.failure.message}")
        return "\n".join(sources.pop().pages)

    look_seldom()
    return "kehoach, facts included", read


def pdfplumber() -> tuple[str, Read]:
    """The text of every page."""
    import pdfplumber

    def read(path: str) -> str:
        with pdfplumber.open(path) as pdf:
            return "\n".join(page.extract_text() for page in pdf.pages)

    return f"pdfplumber {pdfplumber.__version__}, text", read


def unstructured(strategy: str) -> tuple[str, Read]:
    """The text of its elements. It needs the language model en_core_web_sm, even for Vietnamese, and returns nothing
    without a word where it cannot load it, so no text counts as an error (in `main`)."""
    from unstructured.__version__ import __version__
    from unstructured.partition.pdf import partition_pdf

    def read(path: str) -> str:
        return "\n".join(map(str, partition_pdf(path, strategy=strategy, languages=["vie"])))

    dpi = f" at {os.environ['PDF_RENDER_DPI']} dpi" if "PDF_RENDER_DPI" in os.environ else ""
    return f"unstructured {__version__}, {strategy}{dpi}", read


def docling(pictures: bool) -> tuple[str, Read]:
    """Its pipeline that runs no model (no layout, no tables, no OCR). As it comes, it draws each page, too, which
    nobody needs who wants the text alone: so it is timed with and without."""
    from importlib.metadata import version

    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.pipeline_options import NativePdfPipelineOptions
    from docling.document_converter import DocumentConverter, NativePdfFormatOption

    options = NativePdfPipelineOptions(generate_page_images=pictures, generate_picture_images=pictures)
    formats = {InputFormat.PDF: NativePdfFormatOption(pipeline_options=options)}
    converter = DocumentConverter(allowed_formats=[InputFormat.PDF], format_options=formats)

    def read(path: str) -> str:
        return "\n".join(item.text for item in converter.convert(path).document.texts)

    return f"docling {version('docling-slim')}, no models{'' if pictures else ', no pictures'}", read


TOOLS: dict[str, Callable[[], tuple[str, Read]]] = {
    "kehoach": kehoach,
    "pdfplumber": pdfplumber,
    "unstructured-fast": lambda: unstructured("fast"),
    "unstructured-ocr": lambda: unstructured("ocr_only"),
    "docling": lambda: docling(pictures=True),
    "docling-text": lambda: docling(pictures=False),
}


def processor() -> float:
    """Seconds of the processor so far: this process's and its ended children's."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def timed(read: Read, path: str) -> dict[str, float | str]:
    """Seconds and text of one file."""
    used, clock = processor(), time.perf_counter()
    text = read(path)
    return {"used": processor() - used, "clock": time.perf_counter() - clock, "text": text}


def main() -> None:
    """Get ready, warm up on the file given, then answer until the input ends."""
    tool, warm_up = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # tools print advice to standard output
    name, read = TOOLS[tool]()
    if not read(warm_up).strip():
        raise SystemExit(f"{name} gives no text of {warm_up}: is a model missing?")
    print(json.dumps({"name": name}), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(timed(read, line.rstrip("\n"))), file=answers, flush=True)


if __name__ == "__main__":
    main()
