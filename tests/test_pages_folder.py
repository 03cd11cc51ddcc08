"""A report takes the place of another as a whole, whatever happens on the way, and of nothing else."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from page_reading import report_of
from pipeline_fakes import STEPS, THREE, folder_of, plan_text

from pipeline.exit_codes import OutputNotWritable, UsageError
from pipeline.pages import build, folder
from pipeline.pages.folder import MARK, new_pages
from pipeline.remote import Remote
from pipeline.run import run

ROOT = Path(__file__).parent.parent
FOUR = THREE | {"d.txt": plan_text("An Giang", "4/KH-UBND", "2")}


def contents(report):
    return {path.relative_to(report).as_posix(): path.read_bytes() for path in report.rglob("*") if path.is_file()}


def left_beside(report):
    return sorted(path.name for path in report.parent.iterdir() if path.name.startswith("."))


@pytest.fixture
def report(tmp_path):
    """A report, and tables that have moved on since."""
    made = report_of(tmp_path, THREE)
    run(folder_of(tmp_path, FOUR), tmp_path / "tables", steps=STEPS)
    return made


@pytest.mark.parametrize("fail_at", [1, 3, 6])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt(), ValueError()])
def test_whatever_fails_while_writing_leaves_the_old_report(report, tmp_path, monkeypatch, error, fail_at):
    before, calls, write = contents(report), [], Path.write_text

    def failing(path, text, **options):
        calls.append(path)
        if len(calls) == fail_at:
            raise error
        return write(path, text, **options)

    monkeypatch.setattr(Path, "write_text", failing)
    with pytest.raises(OutputNotWritable if isinstance(error, OSError) else type(error)):
        build.report(tmp_path / "tables", report)
    assert contents(report) == before and left_beside(report) == []


@pytest.mark.parametrize("known", [True, False], ids=["exchange", "two renames"])
def test_the_new_report_takes_the_place_of_the_old(report, tmp_path, monkeypatch, known):
    if not known:
        monkeypatch.setattr(folder, "exchange", lambda one, other: False)
    before = contents(report)
    build.report(tmp_path / "tables", report)
    after = contents(report)
    assert len(after) == len(before) + 1 and set(before) < set(after) and left_beside(report) == []


@pytest.mark.parametrize("fail_at", [1, 2])
def test_a_rename_that_fails_leaves_the_old_report(report, tmp_path, monkeypatch, fail_at):
    before, calls, replace = contents(report), [], os.replace

    def failing(source, target):
        calls.append(source)
        if len(calls) == fail_at:
            raise PermissionError(errno.EACCES, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(folder, "exchange", lambda one, other: False)
    monkeypatch.setattr(folder.os, "replace", failing)
    with pytest.raises(OutputNotWritable, match="Permission denied"):
        build.report(tmp_path / "tables", report)
    assert contents(report) == before and left_beside(report) == []


def test_an_exchange_that_the_disk_refuses_is_told(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    if sys.platform == "linux":
        with pytest.raises(OSError):
            folder.exchange(one, other)
        other.mkdir()
        (other / "file").write_text("x")
        assert folder.exchange(one, other) and (one / "file").exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.pages import build, folder
point = sys.argv[3]
def die(*args):
    os.kill(os.getpid(), signal.SIGKILL)
if point == "writing":
    build.write_comparison = die
elif point == "before":
    folder.take_place = die
else:
    folder.exchange = lambda one, other: False
    replace, calls = os.replace, []
    def second(source, target):
        calls.append(source)
        die() if len(calls) == 2 else replace(source, target)
    folder.os.replace = second
build.report(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("point", ["writing", "before", "between two renames"])
def test_a_process_that_is_killed_leaves_the_old_report_and_the_next_one_puts_all_in_order(report, tmp_path, point):
    before = contents(report)
    command = [sys.executable, "-c", KILLED, str(tmp_path / "tables"), str(report), point]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    if point == "between two renames":
        assert not report.exists()
        folder.clear(report.resolve())  # what every report begins with
    assert contents(report) == before
    build.report(tmp_path / "tables", report)
    assert len(contents(report)) == len(before) + 1 and left_beside(report) == []


def test_a_process_that_still_writes_keeps_its_folder(tmp_path):
    with new_pages(tmp_path / "report") as first:
        (first / "index.html").write_text("first")
        with new_pages(tmp_path / "report") as second:
            assert first.exists() and first != second
            (second / "index.html").write_text("second")
        assert (tmp_path / "report" / "index.html").read_text() == "second"
    assert (tmp_path / "report" / "index.html").read_text() == "first" and left_beside(tmp_path / "report") == []


@pytest.mark.parametrize(
    ("files", "strange"),
    [
        (["notes.docx"], "notes.docx"),
        (["index.html"], "index.html"),
        ([MARK, "index.html", "van-ban/d1.html", "van-ban/mine.txt"], "van-ban/mine.txt"),
        ([MARK, "other/a.html"], "other/a.html"),
    ],
)
def test_a_folder_of_somebody_else_is_never_replaced(tmp_path, files, strange):
    report_of(tmp_path, THREE)
    other = tmp_path / "other"
    for name in files:
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_text("mine")
    with pytest.raises(OutputNotWritable, match=strange):
        build.report(tmp_path / "tables", other)
    assert contents(other) == {name: b"mine" for name in files}


def test_places_where_no_report_can_be(tmp_path):
    report_of(tmp_path, THREE)
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / "tables"):
        with pytest.raises(OutputNotWritable):
            build.report(tmp_path / "tables", place)
    with pytest.raises(UsageError, match="folder of this machine"):
        build.report(tmp_path / "tables", Remote("s3://bucket/report"))
    assert (tmp_path / "file").read_text() == "x" and (tmp_path / "tables" / "documents.parquet").exists()
    if os.geteuid() != 0:
        (tmp_path / "locked").mkdir(mode=0o500)
        with pytest.raises(OutputNotWritable):
            build.report(tmp_path / "tables", tmp_path / "locked" / "report")


def test_an_empty_folder_a_link_and_a_new_path_are_fine(tmp_path):
    report_of(tmp_path, THREE)
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty", target_is_directory=True)
    for place in (tmp_path / "empty", tmp_path / "link", tmp_path / "a" / "b" / "report"):
        build.report(tmp_path / "tables", place)
        assert (place / "index.html").exists()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "report").stat().st_mode & 0o777 == 0o777 & ~folder.current_umask()
