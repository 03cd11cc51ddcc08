"""What tells a plan that repeats another one from a plan written from the same template, and what telling costs.

    python benchmarks/duplicates.py [FOLDER…] [--scans 0] [--documents 100000]

Takes the text plans of the folders (default: the sample plans and the held-out ones) and measures, for wording (share
of three-word sequences in common) and for figures and names (share that differs behind the same words):

- plans against what repeats them: without their head, with other line breaks; files of one stem that are no text (a
  PDF, a Word file, a scan); with `--scans N`, N of them drawn as noisy scans of 150 and 110 dpi and read by OCR;
- plans against what their template gives for the next year, for another place, or with some other figures;
- distinct plans against one another.

Then elects originals among as many documents as asked, one in ten without number or date, in a store on the disk.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import resource
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from extractors.extract import extract
from pipeline.document import Facts
from pipeline.duplicates import Marks, repeats_of
from pipeline.ingest import read_file
from pipeline.likeness import Identity, Likeness, Wording, differing, likeness_of, signature_from
from pipeline.store import Store
from pipeline.summary import Summary

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = [ROOT / "data" / "raw", ROOT / "tests" / "heldout" / "plans"]
TEXTS = (".txt", ".md", ".html")
OTHERS = (".pdf", ".docx")
FONT = "DejaVuSerif.ttf"
FIGURE = re.compile(r"\b\d+(?=(?:[.,]\d+)?(?: ?%| hộ| xã| người| lớp| triệu| tỷ| mô hình))")
Plans = dict[Path, tuple[str, str | None]]


def read(path: Path) -> tuple[str, str | None]:
    """A file's cleaned text, and the name of its place."""
    extraction = extract(read_file(path).source, "d0")
    about = extraction.document
    return extraction.text, about.get("commune_name") or about.get("district_name") or about.get("province_name")


def repeated(plans: Plans, folders: list[Path]) -> Iterator[tuple[str, str, str]]:
    """Kind of repetition, and the two texts."""
    stems = {path.stem: text for path, (text, _) in plans.items()}
    for text in stems.values():
        lines = text.split("\n")
        head = next((n for n, line in enumerate(lines) if line.startswith("KẾ HOẠCH")), 5)
        yield "no head, other lines", text, textwrap.fill("\n".join(lines[head:]), 60)
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.suffix in OTHERS and path.stem in stems:
            yield f"{path.parent.name} {path.suffix}", stems[path.stem], read(path)[0]


def scanned(plans: Plans, count: int, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Kind of scan, and the text with what OCR reads of it."""
    for text, _ in list(plans.values())[:count]:
        for dpi, noise, blur in ((150, 25, 0.6), (110, 35, 0.8)):
            path = folder / "scan.pdf"
            scan(text, path, dpi, noise, blur)
            yield f"scan {dpi} dpi", text, read(path)[0]


def scan(text: str, path: Path, dpi: int, noise: float, blur: float) -> None:
    """Draw the text on pages that are a little turned, blurred and noisy."""
    random_numbers, size, edge = np.random.default_rng(1), dpi * 13 // 72, int(dpi * 0.8)
    font = ImageFont.truetype(FONT, size)
    lines = [line for paragraph in text.split("\n") for line in textwrap.wrap(paragraph, 80) or [""]]
    a_page, pages = int((dpi * 11.69 - 2 * edge) / (size * 1.45)), []
    for begin in range(0, len(lines), a_page):
        page = Image.new("L", (int(dpi * 8.27), int(dpi * 11.69)), 245)
        for row, line in enumerate(lines[begin : begin + a_page]):
            ImageDraw.Draw(page).text((edge, edge + row * size * 1.45), line, font=font, fill=30)
        page = page.rotate(random_numbers.normal(0, 0.6), fillcolor=245).filter(ImageFilter.GaussianBlur(blur))
        grains = np.asarray(page) + random_numbers.normal(0, noise, (page.height, page.width))
        pages.append(Image.fromarray(grains.clip(0, 255).astype("uint8")))
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=dpi, quality=40)


def from_one_template(plans: Plans) -> Iterator[tuple[str, str, str]]:
    """Kind of change, and the two texts."""
    chance = random.Random(1)

    def other(match: re.Match[str]) -> str:
        return match[0] if chance.random() < 0.5 else str(int(match[0]) + chance.randint(1, 9))

    for text, place in plans.values():
        yield "next year", text, re.sub(r"\b20\d\d\b", lambda match: str(int(match[0]) + 1), text)
        yield "other figures", text, FIGURE.sub(other, text)
        if place and place in text:
            yield "other place", text, text.replace(place, "Nậm Khoang")


def distinct(plans: Plans) -> Iterator[tuple[str, str, str]]:
    """Every two plans."""
    texts = {path.stem: text for path, (text, _) in plans.items()}
    for one, other in itertools.combinations(texts.values(), 2):
        yield "distinct", one, other


def print_kinds(pairs: Iterator[tuple[str, str, str]]) -> None:
    """For each kind of pair the range of both measures."""
    found: dict[str, list[tuple[float, float]]] = {}
    for kind, *texts in pairs:
        one, other = (likeness_of(Wording.of(text)) for text in texts)
        if one is None or other is None:
            continue
        compared, differ = differing(one, other)
        alike = signature_from(one).jaccard(signature_from(other))
        found.setdefault(kind, []).append((alike, differ / max(1, compared)))
    for kind, measures in found.items():
        wording, figures = zip(*measures, strict=True)
        ranges = f"{min(wording):.3f} to {max(wording):.3f}   {min(figures):.4f} to {max(figures):.4f}"
        print(f"{kind:24} {len(measures):5}   {ranges}", flush=True)


def election(plans: Plans, count: int, folder: Path) -> None:
    """Store the likeness of `count` plans made by mixing sentences of these, and elect originals among them."""
    sentences = [line for text, _ in plans.values() for line in text.split("\n") if len(line) > 60]
    chance, marks, likeness = random.Random(1), [], None
    with Store(folder) as store:
        for number in range(count):
            if number % 50 != 49 or likeness is None:  # every fiftieth is a copy of the one before, unsigned
                words = " ".join(chance.sample(sentences, 40)) + f" Kinh phí {number} triệu đồng"
                likeness = likeness_of(Wording.of(words))
            unsure = number % 10 == 9
            identity = Identity(None if unsure else f"{number} kh", "ubnd", "2024-01-01", doc_type="plan")
            store.add(with_likeness(number, likeness), "", "")
            marks.append(Marks(Summary(f"{number:06}", f"{number:06}.txt"), (f"bytes {number}",), identity))
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
        found = repeats_of(marks, store.likeness)
        seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{count} documents: {len(found)} repeats of {count // 50}, {seconds:.1f} s, {(after - before) / 1024:.0f} MB"
    )


def with_likeness(number: int, likeness: Likeness | None) -> Facts:
    """Facts that hold nothing else."""
    return Facts(f"{number:06}", packed=b"", digest="", likeness=likeness)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=FOLDERS)
    parser.add_argument("--scans", type=int, default=0)
    parser.add_argument("--documents", type=int, default=100_000)
    arguments = parser.parse_args()
    files = sorted(path for folder in arguments.folders for path in folder.rglob("*") if path.suffix in TEXTS)
    plans = {path: read(path) for path in files}
    print(f"{'':24} pairs   {'wording in common':16}   figures and names that differ")
    with tempfile.TemporaryDirectory() as folder:
        print_kinds(repeated(plans, arguments.folders))
        print_kinds(scanned(plans, arguments.scans, Path(folder)))
        print_kinds(from_one_template(plans))
        print_kinds(distinct(plans))
        election(plans, arguments.documents, Path(folder))


if __name__ == "__main__":
    main()
