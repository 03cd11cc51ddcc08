"""Patterns kept in the user's cache: the next process has the same ones, and whatever is wrong with the file, none."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest
import regex

from extractors.cues import cues
from extractors.rule_files import RuleFileError
from schemas import known_patterns
from schemas.filtered import any_of_these, filtered
from schemas.known_patterns import FILE, Kept, compiled

PATTERNS = [
    (r"(?<!\w)(?:dự án|mô hình)\s+\d", 0),
    (r"(?P<what>dự) (?P<more>án)\b|(?(what)a|b)", regex.I),
    (r"^\p{Lu}[\p{L} ]{2,20}+$", regex.MULTILINE),
    (r"[a-z--[aeiou]]+ (?i:x)", regex.VERSION1),
    (r"(?:năm ){e<=1}\d{4}", 0),
]
TEXT = "Dự án 1, mô hình  2\nKế hoạch\nnam 2025 xyz X, dự án b"
COPIES, TIMES = 3, 40


@pytest.fixture
def another_process(tmp_path, monkeypatch):
    """Writes what was asked for and goes on as a process that starts would."""

    def start(path: Path = tmp_path / "kehoach" / FILE) -> Kept:
        if known_patterns._KEPT and known_patterns._KEPT.path == path:
            known_patterns.keep_patterns()
        monkeypatch.setattr(known_patterns, "_KEPT", Kept(path))
        return known_patterns.kept()

    monkeypatch.setattr(known_patterns, "_KEPT", None)
    start()
    return start


def no_compiler(*_: object) -> None:
    raise AssertionError("compiled though it was kept")


def test_kept_patterns_are_those_that_were_compiled(another_process, monkeypatch) -> None:
    first = [compiled(*given) for given in PATTERNS]
    kept = another_process()
    assert kept.path.stat().st_size > 0
    monkeypatch.setattr(regex, "compile", no_compiler)
    for one, given in zip(first, PATTERNS, strict=True):
        again = compiled(*given)
        assert (again.pattern, again.flags, again.groups, again.groupindex) == (
            one.pattern,
            one.flags,
            one.groups,
            one.groupindex,
        )
        assert [(m.span(), m.groups(), m.groupdict()) for m in again.finditer(TEXT)] == [
            (m.span(), m.groups(), m.groupdict()) for m in one.finditer(TEXT)
        ]
        assert again.sub("-", TEXT) == one.sub("-", TEXT)


def test_what_a_pattern_tells_is_kept_too(another_process, monkeypatch) -> None:
    patterns = ("dự án", r"\d mô hình", r"(?:tiểu )?vùng\s", "a")

    def made() -> list:
        one, either = filtered(patterns[1]), any_of_these(patterns, regex.I)
        one.search(TEXT), either.search(TEXT)
        return [one.heads, either.heads, one.condition and one.condition.__code__.co_consts, len(either.branches)]

    first = made()
    another_process()
    monkeypatch.setattr("schemas.filtered.told_by", no_compiler)
    monkeypatch.setattr("schemas.filtered.told_by_branches", no_compiler)
    assert made() == first


def test_flags_and_the_cut_into_branches_count(another_process) -> None:
    assert compiled("dự").search("DỰ") is None
    another_process()
    assert compiled("dự", regex.I).search("DỰ")
    a, b, c, d = (rf"\S {word}" for word in ("dự", "án", "xã", "vùng"))
    for branches in ((a, f"{b})|(?:{c}", d), (f"{a})|(?:{b}", c, d), (a, b, c, d)):  # one alternative, thrice
        assert len(any_of_these(branches).branches) == (4 if len(branches) == 4 else 0)
        another_process()


def test_nothing_new_is_not_written_again(another_process) -> None:
    compiled("dự")
    path = another_process().path
    before = path.stat().st_mtime_ns
    compiled("dự")
    assert another_process().path.stat().st_mtime_ns == before
    compiled("án")
    assert ("compiled", "án", 0) in another_process().known


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: b"",
        lambda body: body[:20],
        lambda body: body[:-1],
        lambda body: body + b"\0",
        lambda body: body[:100] + bytes([body[100] ^ 1]) + body[101:],
        lambda body: b"\0" * len(body),
    ],
)
def test_a_damaged_file_counts_for_nothing_and_is_replaced(another_process, damage) -> None:
    compiled(*PATTERNS[0])
    path = another_process().path
    path.write_bytes(damage(path.read_bytes()))
    assert another_process().known == {}
    assert compiled(*PATTERNS[0]).search(TEXT)
    assert another_process().known


@pytest.mark.parametrize("made_by", ["regex", "python", "code"])
def test_what_another_version_left_counts_for_nothing(another_process, monkeypatch, tmp_path, made_by) -> None:
    compiled("dự")
    assert another_process().known
    if made_by == "regex":
        monkeypatch.setattr(regex, "__version__", "0.0")
    elif made_by == "python":
        monkeypatch.setattr(sys, "version", "3.99")
    else:
        (tmp_path / "known_patterns.py").write_text("")
        (tmp_path / "pattern_parts.py").write_text("# other heads")
        monkeypatch.setattr(known_patterns, "__file__", str(tmp_path / "known_patterns.py"))
    assert another_process().known == {}


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owner")
def test_a_file_of_another_user_counts_for_nothing(another_process, monkeypatch) -> None:
    compiled("dự")
    another_process()
    monkeypatch.setattr(os, "getuid", lambda: -7)
    assert another_process().known == {}


def test_where_nothing_can_be_read_or_written_all_is_made_anew(another_process, tmp_path, monkeypatch) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / FILE / "a folder").mkdir(parents=True)
    for path in (tmp_path / "file" / FILE, tmp_path / FILE, None):
        another_process(path)
        assert compiled("dự").search("dự")
        assert another_process(path).known == {}
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["file"]  # nothing half written is left

    def no_home() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(known_patterns, "user_cache", no_home)
    monkeypatch.setattr(known_patterns, "_KEPT", None)
    assert compiled("án").search("án")
    known_patterns.keep_patterns()


def test_a_pattern_that_breaks_is_told_of_however_often_its_file_was_good(another_process, tmp_path) -> None:
    form = "aim:\n  note: words of aims\n  patterns: {}\n"
    for number, (patterns, broken) in enumerate(
        2 * [("['a', 'b']", None), ("['a)|(?:b']", "'a)|(?:b'"), ("['a', '(b']", "'(b'")]
    ):
        name = f"words_{number}.yaml"  # what a process has read of a file it keeps
        (tmp_path / name).write_text(form.format(patterns), encoding="utf-8")
        another_process()
        if broken is None:
            assert cues(name, tmp_path)["aim"].search("b")
        else:
            with pytest.raises(RuleFileError, match=regex.escape(f"{name}, rule 'aim': {broken} does not compile")):
                cues(name, tmp_path)


def _write_often(path: Path, number: int) -> None:
    for turn in range(TIMES):
        kept = Kept(path)
        kept.get(("number", number, turn), lambda: "x" * 50_000)
        kept.write()


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_processes_that_write_at_once_leave_a_whole_file(tmp_path) -> None:
    path = tmp_path / FILE
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write_often, args=(path, number)) for number in range(COPIES)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert not path.exists() or len(Kept(path).known) == 1
    assert [writer.exitcode for writer in writers] == [0] * COPIES
    assert [p.name for p in tmp_path.iterdir()] == [FILE]


ROWS = """
import sys
from pathlib import Path
from pipeline.document import default_steps
from pipeline.worker import warm
from schemas.known_patterns import kept
steps = default_steps()
print(bool(kept().known), file=sys.stderr)
warm(steps)
for path in sorted(Path(sys.argv[1]).glob("*.txt"))[:2]:
    print(sorted(steps.extract(steps.read(path).source, "d0").rows.items()))
"""


def test_rows_are_the_same_with_and_without(tmp_path) -> None:
    root = Path(__file__).parent.parent
    environment = {**os.environ, "KEHOACH_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", ROWS, str(root / "data" / "raw")]
    first, again = (subprocess.run(command, env=environment, capture_output=True, check=True) for _ in range(2))
    assert (first.stderr.split(), again.stderr.split()) == ([b"False"], [b"True"])
    assert first.stdout == again.stdout and len(first.stdout) > 1000
