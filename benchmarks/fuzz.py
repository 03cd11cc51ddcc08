"""Feed mutated files of every format to a run and see that it stands: bytes flipped, cut, spliced, compressed beyond
reason.

    python benchmarks/fuzz.py [--count 2000] [--seed 1] [--jobs N] [--keep DIR]

The same seed makes the same files. What is mutated: the sample plans in `data/raw`, small files that this script makes
(Word, archive, pictures, rich text) and, where the shared folder lies beside the project, its small files. Fails (exit
code 1) when the run raises, a file is in neither `documents` nor `failures`, a document takes longer than its bound, a
process takes more memory than its bound, a failure is of no documented type, or one is our own fault.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

from pipeline.limits import MIB, Limits, cores
from pipeline.run import Options, run
from pipeline.writers import read_rows

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
LARGEST_SEED = 300_000
LIMITS = Limits(silent_seconds=30, seconds=60, memory_mib=1024)
OUR_FAULTS = ("unexpected_error", "contract_breach")
SLACK_SECONDS = 5.0
"""The parent looks at the clock ten times a second; a loaded machine may look later."""
SENTENCES = [
    "ỦY BAN NHÂN DÂN HUYỆN MẪU\nSố: 12/KH-UBND\nMẫu, ngày 05 tháng 3 năm 2024",
    "KẾ HOẠCH\nGiảm nghèo bền vững năm 2024",
    "I. MỤC TIÊU",
    "1. Giảm tỷ lệ hộ nghèo từ 2% trở lên trong năm 2024.",
    "2. Hỗ trợ 150 hộ nghèo vay vốn với tổng kinh phí 3 tỷ 200 triệu đồng.",
    "II. TỔ CHỨC THỰC HIỆN",
    "Phòng Lao động - Thương binh và Xã hội chủ trì, phối hợp với Phòng Tài chính - Kế hoạch báo cáo trước ngày 15/12.",
]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def seeds() -> dict[str, bytes]:
    """The files to mutate, by name."""
    found = {path.name: path.read_bytes() for path in sorted((ROOT / "data" / "raw").iterdir()) if path.is_file()}
    for folder in ("wild", "seeds", "variants/docx", "variants/pdf", "variants/scan"):
        for path in sorted((SHARED / folder).glob("*")):
            if path.is_file() and path.stat().st_size <= LARGEST_SEED:
                found[path.name] = path.read_bytes()
    text = "\n".join(SENTENCES)
    found["small.docx"] = docx(paragraphs(SENTENCES))
    found["small.rtf"] = rtf(text)
    found["small.zip"] = zipped({"one.txt": text.encode(), "two.docx": found["small.docx"]})
    found["small.utf16.txt"] = text.encode("utf-16")
    for kind in ("png", "jpeg", "tiff", "bmp", "gif"):
        found[f"small.{kind}"] = picture(text, kind)
    return {name: data for name, data in found.items() if len(data) <= LARGEST_SEED and not name.startswith(".")}


def paragraphs(lines: list[str]) -> str:
    """The lines as the body of a Word document."""
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in "\n".join(lines).split("\n"))


def docx(body: str, head: str = "") -> bytes:
    """A Word document with this XML as its body."""
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": document})


def rtf(text: str) -> bytes:
    """The text as rich text."""
    escaped = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text.replace("\n", "\\par\n"))
    return b"{\\rtf1\\ansi " + escaped.encode("ascii") + b"}"


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip with these files, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def picture(text: str, kind: str) -> bytes:
    """The text as a small picture."""
    image = Image.new("L", (600, 200), 255)
    ImageDraw.Draw(image).text((10, 10), text.encode("ascii", "replace").decode(), fill=0)
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


def flipped(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    """Some bytes changed."""
    changed = bytearray(data)
    for _n in range(chance.choice((1, 4, 32, 256))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    """The beginning alone, as of a download that broke off."""
    return data[: chance.randrange(len(data))]


def beheaded(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    """The end alone."""
    return data[chance.randrange(len(data)) :]


def spliced(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """The beginning of one file and the end of another."""
    other = chance.choice(others)
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def repeated(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    """A piece over and over."""
    at = chance.randrange(len(data))
    piece = data[at : at + chance.choice((1, 16, 400))]
    return data[:at] + piece * min(2_000_000 // max(1, len(piece)), chance.choice((50, 5_000, 100_000))) + data[at:]


def blanked(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    """A piece made zero, as a disk fault does."""
    at, length = chance.randrange(len(data)), chance.choice((16, 512, 4096))
    return data[:at] + bytes(min(length, len(data) - at)) + data[at + length :]


def numbers_grown(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    """Digits become nines: lengths, offsets, counts of objects, sizes of pages and pictures."""
    digits = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    changed = bytearray(data)
    for at in chance.sample(digits, min(len(digits), 20)):
        changed[at] = 57
    return bytes(changed)


def bomb(_data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    """Compressed beyond reason, nested, or expanding."""
    size = chance.choice((5, 60, 300)) * MIB
    entity = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    makers: list[Callable[[], bytes]] = [
        lambda: zipped({"plan.txt": b"A" * size}),
        lambda: docx("<w:p><w:r><w:t>" + "A" * size + "</w:t></w:r></w:p>"),
        lambda: docx("<w:tbl><w:tr><w:tc>" * 3_000),
        lambda: docx("<w:p><w:r><w:t>&e8;</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY e0 "boom">{entity}]>'),
        lambda: nested_zip(8),
        lambda: zipped({f"{n}.txt": b"x" for n in range(20_000)}),
        lambda: b"<html><body>" + b"<div>" * 200_000 + b"x",
        lambda: ("I. " + "a" * size)[: 5 * MIB].encode(),
        lambda: ("(" * 100_000 + "Số: 1/KH-UBND " * 20_000).encode(),
        lambda: picture_bomb(),
        lambda: pdf_of_pages(chance.choice((3_000, 20_000))),
        lambda: b"{\\rtf1 " + b"{" * 200_000,
    ]
    return chance.choice(makers)()


def nested_zip(depth: int) -> bytes:
    """Archives in archives."""
    data = b"x" * 1000
    for level in range(depth):
        data = zipped({f"{level}.zip" if level else "plan.txt": data})
    return data


def picture_bomb() -> bytes:
    """A picture of 20,000 by 20,000 points in a few kilobytes."""
    buffer = io.BytesIO()
    Image.new("1", (20_000, 20_000), 1).save(buffer, "png")
    return buffer.getvalue()


def pdf_of_pages(number: int) -> bytes:
    """A PDF of empty pages, without its table of offsets."""
    kids = " ".join("3 0 R" for _ in range(number))
    return (
        f"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count {number}/Kids[{kids}]>>"
        "endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ).encode()


MUTATIONS = (flipped, flipped, flipped, cut, beheaded, spliced, repeated, blanked, numbers_grown, bomb)


def write_mutants(folder: Path, count: int, seed: int) -> None:
    """Fill the folder with `count` mutated files."""
    chance, originals = random.Random(seed), seeds()
    names, contents = list(originals), list(originals.values())
    suffixes = sorted({Path(name).suffix for name in names})
    by_kind = {suffix: [n for n in names if Path(n).suffix == suffix] for suffix in suffixes}
    for number in range(count):
        name = chance.choice(by_kind[suffixes[number % len(suffixes)]])  # every format equally often
        mutation = chance.choice(MUTATIONS)
        data = mutation(originals[name], chance, contents)
        (folder / f"{number:05d}-{mutation.__name__}-{name}").write_bytes(data)


def faults_of(source: Path, out: Path) -> list[str]:
    """What did not hold."""
    faults = []
    told = [r["source_path"] for table in ("documents", "failures") for r in read_rows(out, table)]
    roots = {path.split("/", 1)[0] for path in told}
    faults += [f"neither in documents nor in failures: {p.name}" for p in source.iterdir() if p.name not in roots]
    faults += [f"twice: {path}" for path, times in Counter(told).items() if times > 1]
    documented = (ROOT / "docs" / "failures.md").read_text(encoding="utf-8")
    types = {failure["error_type"] for failure in read_rows(out, "failures")}
    faults += [f"not in docs/failures.md: {kind}" for kind in sorted(types) if f"`{kind}`" not in documented]
    return faults


def slowest(out: Path) -> list[tuple[float, str]]:
    """Documents by the time that they took, the slowest first."""
    lines = [json.loads(line) for log in (out / "log").glob("*.jsonl") for line in log.open(encoding="utf-8")]
    spent = [(sum(line.get("seconds", {}).values()), line["path"]) for line in lines]
    return sorted(spent, reverse=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=cores())
    parser.add_argument("--keep", type=Path, help="folder for the files and the tables, kept at the end")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = arguments.keep or Path(temporary)
        source, out = home / "in", home / "out"
        source.mkdir(parents=True)
        write_mutants(source, arguments.count, arguments.seed)
        begin = time.monotonic()
        result = run(source, out, options=Options(max(1, arguments.jobs), LIMITS))
        seconds = time.monotonic() - begin
        faults = faults_of(source, out)
        worst = slowest(out)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if peak > own + 1.1 * LIMITS.memory_mib * MIB:
        faults.append(f"a process took {peak // MIB} MB")
    if worst and worst[0][0] > LIMITS.seconds + SLACK_SECONDS:
        faults.append(f"{worst[0][1]} took {worst[0][0]:.0f} s")
    print(f"{arguments.count} files, seed {arguments.seed}: {len(result.outcomes)} read in {seconds:.0f} s")
    print(f"  documents {result.rows['documents']}, failures {result.rows['failures']}")
    for kind, number in Counter(failure.error_type for failure in result.failures).most_common():
        print(f"    {kind:<22} {number}")
    print(f"  largest worker {peak // MIB} MB, this process {own // MIB} MB")
    print(f"  slowest: {worst[0][1]} {worst[0][0]:.1f} s")
    for failure in result.failures:
        said = f"{failure.source_path}: {failure.error_type}: {failure.message[:200]}"
        if failure.error_type in OUR_FAULTS:
            faults.append(said)
        elif failure.error_type == "worker_died":
            print(f"  look at: {said}")
    print("\n".join(f"FAULT {fault}" for fault in faults) or "no fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
