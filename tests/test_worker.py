"""Workers: one that dies, hangs or eats memory costs its document alone; the rows are those of a run in one process."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from pipeline_fakes import STEPS, THREE, TROUBLED, fake_extract, fake_read, folder_of, plan_text

from extractors.rule_files import RuleFileError
from pipeline import limits
from pipeline.document import Steps, Task
from pipeline.exit_codes import ExitCode
from pipeline.limits import Limits
from pipeline.run import Options, run
from pipeline.worker import Pool, memory_by_proc, memory_by_psutil
from pipeline.writers import read_rows

TIGHT = Limits(silent_seconds=2.0, seconds=4.0, memory_mib=200)
SOURCE = Path(__file__).parent.parent / "data" / "raw"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stand-ins are handed to workers by forking")


def broken(source, doc_id):
    """An extractor whose rules cannot be used."""
    raise RuleFileError("rules.yaml: broken for a test")


BROKEN = Steps(fake_read, broken)


def when(province, action):
    """Steps that do something on one document."""

    def extract(source, doc_id):
        if province in source.pages[0]:
            action()
        return fake_extract(source, doc_id)

    return Steps(fake_read, extract)


def hang():
    while True:
        time.sleep(0.01)


def spin():
    while True:
        pass


def eat():
    held = []
    while True:
        held.append(bytearray(os.urandom(1 << 20)) * 8)


def eat_outside_python():
    """As a C library does that neither checks nor reports."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    while True:
        place = libc.malloc(8 << 20)
        if not place:
            os.abort()
        ctypes.memset(place, 1, 8 << 20)
        time.sleep(0.02)  # or the 200 MB are gone between two looks


def crash():
    ctypes.string_at(0)


@pytest.mark.parametrize(
    ("action", "error_type", "said"),
    [
        (hang, "timed_out", "--timeout"),
        (spin, "timed_out", "split it"),
        (eat, "out_of_memory", "memory"),
        (eat_outside_python, "out_of_memory", "memory"),
        (crash, "worker_died", "SIGSEGV"),
        (lambda: os._exit(3), "worker_died", "exit code 3"),
        (lambda: os.kill(os.getpid(), 9), "worker_died", "SIGKILL"),
        (lambda: os.closerange(3, 4096) or hang(), "worker_died", "ended"),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_s_end_costs_its_document_alone(tmp_path, action, error_type, said, jobs):
    out = tmp_path / "out"
    result = run(
        folder_of(tmp_path, THREE), out, steps=when("Lạng Sơn", action), options=Options(jobs=jobs, limits=TIGHT)
    )
    assert result.exit_code == ExitCode.SOME_FAILED
    assert [d["source_path"] for d in read_rows(out, "documents")] == ["a.txt", "deep/c.txt"]
    (failure,) = read_rows(out, "failures")
    assert (failure["source_path"], failure["error_type"]) == ("b.txt", error_type)
    assert said in failure["message"] and len(failure["source_sha256"]) == 64


def test_what_a_document_started_ends_with_it(tmp_path):
    """An office program that hangs goes with the worker that started it."""
    mark = tmp_path / "pid"

    def start():
        child = subprocess.Popen(["sleep", "60"])
        mark.write_text(str(child.pid))
        child.wait()

    run(
        folder_of(tmp_path, THREE), tmp_path / "out", steps=when("Lạng Sơn", start),
        options=Options(jobs=2, limits=TIGHT),
    )  # fmt: skip
    state = Path(f"/proc/{mark.read_text()}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_signs_of_life_keep_a_slow_document_alive(tmp_path):
    def slowly():
        for _ in range(8):
            time.sleep(0.3)
            limits.alive()

    steps = when("Lạng Sơn", slowly)
    assert not run(folder_of(tmp_path, THREE), tmp_path / "out", steps=steps, options=Options(2, TIGHT)).failures


def test_signs_of_life_are_no_way_around_the_bound(tmp_path):
    def for_ever():
        while True:
            time.sleep(0.05)
            limits.alive()

    steps = when("Lạng Sơn", for_ever)
    (failure,) = run(folder_of(tmp_path, THREE), tmp_path / "out", steps=steps, options=Options(2, TIGHT)).failures
    assert failure.error_type == "timed_out"


def test_a_document_is_not_blamed_for_what_others_left_behind(tmp_path):
    """A worker that dies after other documents: its document is tried once more in a new one."""
    seen = []

    def extract(source, doc_id):
        seen.append(doc_id)
        if len(seen) > 2:  # the warming, a document, then the end
            os._exit(1)
        return fake_extract(source, doc_id)

    result = run(folder_of(tmp_path, THREE), tmp_path / "out", steps=Steps(fake_read, extract), options=Options(1))
    assert not result.failures


def test_broken_rules_end_the_run(tmp_path):
    def broken():
        raise RuleFileError("cues.yaml: rule 3")

    with pytest.raises(RuleFileError, match="rule 3"):
        run(folder_of(tmp_path, THREE), tmp_path / "out", steps=when("Lạng Sơn", broken), options=Options(2))


def tables_in(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.parquet") if path.stem != "runs"}


def test_the_bytes_do_not_depend_on_the_number_of_workers(tmp_path):
    files = {f"{n:03d}.txt": plan_text(share=str(n), number=f"{n}/KH-UBND") for n in range(60)}
    source = folder_of(tmp_path, files | {"bad.txt": "no plan", "copy.txt": files["007.txt"]})
    for jobs in (0, 1, 3):
        run(source, tmp_path / str(jobs), steps=STEPS, options=Options(jobs))
    assert tables_in(tmp_path / "0") == tables_in(tmp_path / "1") == tables_in(tmp_path / "3")


def test_the_real_steps_in_workers_give_the_same_bytes(tmp_path):
    run(SOURCE, tmp_path / "in process")
    run(SOURCE, tmp_path / "workers", options=Options(2))
    assert tables_in(tmp_path / "in process") == tables_in(tmp_path / "workers")


def test_workers_go_when_the_run_is_killed(tmp_path):
    code = (
        "import os, sys, time; sys.path.insert(0, 'tests')\n"
        "from pathlib import Path; from pipeline_fakes import *; from pipeline.run import run, Options\n"
        "def extract(source, doc_id):\n"
        "    if doc_id != 'd0': os.write(1, b'%d\\n' % os.getpid()); time.sleep(60)\n"
        f"run(Path({str(folder_of(tmp_path, THREE))!r}), Path({str(tmp_path / 'out')!r}),"
        " steps=Steps(fake_read, extract), options=Options(2))\n"
    )
    root = Path(__file__).parent.parent
    environment = os.environ | {"KEHOACH_DEBUG": "1"}  # else a worker's words go to the log
    process = subprocess.Popen([sys.executable, "-c", code], cwd=root, env=environment, stdout=subprocess.PIPE)
    workers = [int(process.stdout.readline()) for _ in range(2)]
    process.kill()
    process.wait()
    deadline = time.monotonic() + 5
    while any(is_alive(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(is_alive(pid) for pid in workers)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_workers_that_start_from_nothing_read_the_same_and_keep_the_bounds(tmp_path):
    folder = folder_of(tmp_path, THREE)
    tasks = [Task(path, path.name, "0" * 64, f"d{n}") for n, path in enumerate(sorted(folder.glob("*.txt")))]
    read = {}
    for forks in (True, False):
        with Pool(STEPS, 2, limits.LIMITS, forks=forks) as pool:
            read[forks] = {task.name: facts.digest for task, facts in pool.read(tasks)}
    assert read[True] == read[False] and all(read[True].values()) and len(tasks) == 2
    tasks[0].path.write_text(plan_text("eats"), encoding="utf-8")
    with Pool(TROUBLED, 1, Limits(memory_mib=64), forks=False) as pool:
        facts = [facts for _, facts in pool.read(tasks[:1])]
    assert [f.failure.error_type for f in facts] == ["out_of_memory"]


def test_rules_that_break_while_a_worker_loads_end_the_run():
    with pytest.raises(RuleFileError, match="broken for a test"), Pool(BROKEN, 1, TIGHT, forks=False) as pool:
        next(pool.read([Task(SOURCE, "a", "0" * 64, "d1")]))


def test_memory_is_told_alike_on_all_systems():
    pytest.importorskip("psutil", reason="what tells it on macOS and Windows, pip install 'kehoach[test]'")
    held = bytearray(64 * 2**20)
    held[::4096] = b"1" * len(held[::4096])
    by_proc, by_psutil = memory_by_proc(os.getpid()), memory_by_psutil(os.getpid())
    assert by_psutil > len(held)
    if sys.platform == "linux":
        assert abs(by_proc - by_psutil) < 8 * 2**20
    assert memory_by_psutil(2**22 + 1) == 0


FONT_BOMB = """%%PDF-1.5
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F 12 Tf 50 700 Td (KE HOACH 2024) Tj ET  \nendstream endobj
5 0 obj<</Type/Font/Subtype/TrueType/BaseFont/B/FontDescriptor 6 0 R/Encoding/WinAnsiEncoding>>endobj
6 0 obj<</Type/FontDescriptor/FontName/B/Flags 32/FontBBox[0 0 1 1]/FontFile2 7 0 R>>endobj
7 0 obj<</Filter/FlateDecode/Length1 %d/Length %d>>stream
"""


def test_a_font_that_unpacks_to_a_gigabyte_costs_its_document_alone(tmp_path):
    packer = zlib.compressobj(9)
    font = b"".join(packer.compress(bytes(2**20)) for _ in range(1000)) + packer.flush()
    end = b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    bomb = (FONT_BOMB % (1000 * 2**20, len(font))).encode() + font + end
    source = tmp_path / "in"
    source.mkdir()
    (source / "bomb.pdf").write_bytes(bomb)
    (source / "plan.txt").write_text(plan_text("Hải Dương"), encoding="utf-8")
    bounds = Limits(silent_seconds=60.0, seconds=60.0, memory_mib=500)
    run(source, tmp_path / "out", options=Options(jobs=1, limits=bounds))
    assert [row["error_type"] for row in read_rows(tmp_path / "out", "failures")] == ["out_of_memory"]
    assert [row["source_path"] for row in read_rows(tmp_path / "out", "documents")] == ["plan.txt"]
