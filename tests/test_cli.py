"""The command line: help is complete, every exit code is reached, JSON is JSON, hostile text stays out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer
from pipeline_fakes import STEPS, THREE, fake_extract, fake_read, folder_of, plan_text
from typer.testing import CliRunner

import pipeline.run
from pipeline import table_docs
from pipeline.cli import app
from pipeline.document import Steps
from pipeline.exit_codes import ExitCode
from pipeline.limits import LIMITS
from pipeline.terminal import plain, shorten
from schemas.records import TABLES

ROOT = Path(__file__).parent.parent
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
COMMANDS = typer.main.get_command(app)


def invoke(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def with_steps(monkeypatch, steps):
    monkeypatch.setattr(pipeline.run, "default_steps", lambda: steps)


def raising(error):
    def extract(source, doc_id):
        if "Lạng Sơn" in source.pages[0]:
            raise error
        return fake_extract(source, doc_id)

    return Steps(fake_read, extract)


@pytest.fixture
def source(tmp_path, monkeypatch):
    with_steps(monkeypatch, STEPS)
    return folder_of(tmp_path, THREE)


@pytest.fixture
def tables(source, tmp_path):
    assert invoke("run", source, "--out", tmp_path / "out").exit_code == 0
    return tmp_path / "out"


@pytest.mark.parametrize("name", sorted(COMMANDS.commands))
def test_every_command_and_option_has_help(name):
    command = COMMANDS.commands[name]
    assert command.help and command.help.strip().split("\n")[0].endswith(".")
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{name}: {parameter.name} lacks help"
    shown = invoke(name, "--help")
    assert shown.exit_code == 0


def test_help_tells_the_usual_bounds_of_a_file():
    help_of = {parameter.name: parameter.help for parameter in COMMANDS.commands["run"].params}
    assert f"default {LIMITS.silent_seconds:.0f}." in help_of["timeout"]
    assert f"default {LIMITS.memory_mib}." in help_of["memory"]


def test_help_lists_commands_and_exit_codes():
    shown = invoke("--help").output
    for name in ("run", "compare", "show", "tables"):
        assert name in shown
    for code in ExitCode:
        assert f"{code.value:>5}  {code.doc}" in shown


def test_version():
    assert invoke("--version").output == f"kehoach {VERSION}\n"


def test_run_prints_documents_and_findings(source, tmp_path):
    result = invoke("run", source, "--out", tmp_path / "out")
    assert result.exit_code == ExitCode.OK
    for text in ("35/KH-UBND", "Lạng Sơn", "deep/c.txt", "1w", "3 documents read, 0 failed"):
        assert text in result.stdout
    assert "[1/3] " in result.stderr and "a.txt" in result.stderr


def test_run_says_what_failed_and_why(source, tmp_path, monkeypatch):
    with_steps(monkeypatch, raising(ValueError("cannot \x1b[2J this")))
    result = invoke("run", source, "--out", tmp_path / "out")
    assert result.exit_code == ExitCode.SOME_FAILED
    assert "b.txt: unexpected_error (extract): ValueError: cannot" in result.stdout
    assert "\x1b" not in result.output
    assert "2 documents read, 1 failed" in result.stdout


def test_run_json(source, tmp_path, monkeypatch):
    with_steps(monkeypatch, raising(MemoryError()))
    result = invoke("run", source, "--out", tmp_path / "out", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == told["exit_code"] == 1
    assert [d["source_path"] for d in told["documents"]] == ["a.txt", "deep/c.txt"]
    assert told["documents"][0]["rows"]["targets"] == 1
    assert told["documents"][0]["findings"] == {"error": 0, "warning": 1, "info": 0}
    assert told["failures"][0]["error_type"] == "out_of_memory"
    assert set(told["rows"]) == set(TABLES)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["run", "{tmp}/nowhere"], ExitCode.USAGE, "no such file or folder"),
        (["run", "--unknown"], ExitCode.USAGE, "--unknown"),
        (["walk"], ExitCode.USAGE, "walk"),
        (["run", "{tmp}/empty", "--out", "{tmp}/new"], ExitCode.NOTHING_TO_READ, "no files in"),
        (["run", "{tmp}/raw", "--out", "{tmp}/raw/a.txt/out"], ExitCode.OUTPUT_NOT_WRITABLE, "cannot write"),
        (["compare", "--tables", "{tmp}/empty"], ExitCode.NO_TABLES, "kehoach run"),
        (["show", "x", "--tables", "{tmp}/empty"], ExitCode.NO_TABLES, "kehoach run"),
        (["compare", "--tables", "{tmp}/out", "--indicator", "povert.rate"], ExitCode.USAGE, "poverty.rate"),
        (["compare", "--tables", "{tmp}/out", "--province", "Hai Duog"], ExitCode.USAGE, "Hải Dương"),
        (["compare", "--tables", "{tmp}/out", "--csv", "{tmp}/raw/a.txt/c.csv"], ExitCode.OUTPUT_NOT_WRITABLE, "c.csv"),
        (["report", "--tables", "{tmp}/empty", "--out", "{tmp}/r"], ExitCode.NO_TABLES, "kehoach run"),
        (["report", "--tables", "{tmp}/out", "--out", "{tmp}/raw"], ExitCode.OUTPUT_NOT_WRITABLE, "a.txt, which is no"),
        (["report", "--tables", "{tmp}/out", "--out", "s3://b/r"], ExitCode.USAGE, "folder of this machine"),
        (["show", "99/KH-UBND", "--tables", "{tmp}/out"], ExitCode.USAGE, "no document"),
        (["tables", "target"], ExitCode.USAGE, "Did you mean targets"),
    ],
)
def test_what_a_user_can_get_wrong(tables, tmp_path, words, code, said):
    (tmp_path / "empty").mkdir()
    result = invoke(*(word.format(tmp=tmp_path) for word in words))
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("error", "code"),
    [(KeyboardInterrupt(), ExitCode.INTERRUPTED), (BrokenPipeError(), ExitCode.BROKEN_PIPE)],
)
def test_interrupts(source, tmp_path, monkeypatch, error, code):
    def stop(*args, **options):
        raise error

    monkeypatch.setattr(pipeline.run, "run", stop)
    assert invoke("run", source, "--out", tmp_path / "out").exit_code == code


def test_a_fault_and_a_broken_rule_file(source, tmp_path, monkeypatch):
    from extractors.rule_files import RuleFileError

    with_steps(monkeypatch, raising(RuleFileError("cues.yaml, rule 3: no pattern")))
    result = invoke("run", source, "--out", tmp_path / "out")
    assert (result.exit_code, "cues.yaml, rule 3" in result.stderr) == (ExitCode.RULES_BROKEN, True)

    def fault(*args, **options):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(pipeline.run, "run", fault)
    result = invoke("run", source, "--out", tmp_path / "out")
    assert result.exit_code == ExitCode.INTERNAL_ERROR
    assert "KEHOACH_DEBUG" in result.stderr and "Traceback" not in result.stderr


def test_compare_prints_writes_and_speaks_json(tables, tmp_path):
    result = invoke("compare", "--tables", tables, "--province", "lang son", "--csv", tmp_path / "c.csv")
    assert result.exit_code == 0
    assert "giảm ≥ 4 điểm %/năm (2020)" in result.stdout and "Hải Dương" not in result.stdout
    assert (tmp_path / "c.csv").read_text(encoding="utf-8-sig").count("\n") == 2
    rows = json.loads(invoke("compare", "--tables", tables, "--json").stdout)
    assert [r["value_text"] for r in rows] and {"indicator_code", "quote", "target_id"} <= set(rows[0])


@pytest.mark.parametrize(
    "name",
    ["35/KH-UBND", "35/kh-ubnd", " 35/KH-UBND ", "35-KH-UBND", "data/raw/b.txt", "b.txt", "b", "{id}", "{id:.6}"],
)
def test_show_finds_a_document_by_any_of_its_names(tables, name):
    shown = json.loads(invoke("show", "b", "--tables", tables, "--json").stdout)
    assert shown["document"]["doc_number"] == "35/KH-UBND" and "text" not in shown["document"]
    result = invoke("show", name.format(id=shown["document"]["doc_id"]), "--tables", tables)
    assert result.exit_code == 0
    assert "giảm ≥ 4 điểm %/năm · tỷ lệ hộ nghèo" in result.stdout
    assert "“Giảm tỷ lệ hộ nghèo từ 4% mỗi năm trở lên”" in result.stdout
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert lines.index("findings (1)") < lines.index("targets (1)")
    assert "states 6.000.000.000, makes 5.000.000.000" in result.stdout


@pytest.mark.parametrize("name", ["b.txt", "b", "B.TXT"])
def test_show_of_a_file_that_could_not_be_read_says_why(source, tmp_path, monkeypatch, name):
    with_steps(monkeypatch, raising(ValueError("no \x1b[2J such thing")))
    invoke("run", source, "--out", tmp_path / "out")
    result = invoke("show", name, "--tables", tmp_path / "out")
    assert result.exit_code == ExitCode.SOME_FAILED
    assert "could not be read: unexpected_error (extract)" in result.stdout and "docs/failures.md" in result.stdout
    assert "such thing" in result.stdout and "\x1b" not in result.stdout
    result = invoke("show", name, "--tables", tmp_path / "out", "--json")
    assert result.exit_code == ExitCode.SOME_FAILED
    assert json.loads(result.stdout)["failure"]["source_path"] == "b.txt"


def test_show_of_a_document_beside_a_failed_file_of_its_name(tmp_path, monkeypatch):
    with_steps(monkeypatch, raising(ValueError("no")))
    source = folder_of(tmp_path, {"x.txt": plan_text(), "x.md": plan_text("Lạng Sơn", "2/KH-UBND")})
    invoke("run", source, "--out", tmp_path / "out")
    assert invoke("show", "x", "--tables", tmp_path / "out").exit_code == ExitCode.OK
    assert "could not be read" in invoke("show", "x.md", "--tables", tmp_path / "out").stdout
    result = invoke("show", "nothing", "--tables", tmp_path / "out")
    assert result.exit_code == ExitCode.USAGE and "(1 document, 1 file not read)" in result.stderr


def test_show_says_when_a_name_means_several(tmp_path, monkeypatch):
    with_steps(monkeypatch, STEPS)
    source = folder_of(tmp_path, {"a/x.txt": plan_text(), "b/x.txt": plan_text("Lạng Sơn", "2/KH-UBND")})
    invoke("run", source, "--out", tmp_path / "out")
    result = invoke("show", "x", "--tables", tmp_path / "out")
    assert result.exit_code == ExitCode.USAGE
    assert "means 2 documents" in result.stderr
    assert "b/x.txt  2/KH-UBND  Ủy ban nhân dân tỉnh Lạng Sơn" in result.stderr


def test_show_takes_an_archive_or_folder_for_what_it_holds(tmp_path, monkeypatch):
    with_steps(monkeypatch, STEPS)
    files = {f"{where}/x{n}.txt": plan_text(number=f"{n}/KH-UBND", share=str(n)) for n, where in enumerate("aab")}
    invoke("run", folder_of(tmp_path, files), "--out", tmp_path / "out")
    result = invoke("show", "a", "--tables", tmp_path / "out")
    assert result.exit_code == ExitCode.USAGE and "means 2 documents" in result.stderr
    for name in ("b", "b/", "raw/b", "b/x2.txt", "/home/me/b/x2.txt"):
        assert "file        b/x2.txt" in invoke("show", name, "--tables", tmp_path / "out").stdout


def test_show_chooses_what_others_repeat(tmp_path, monkeypatch):
    with_steps(monkeypatch, STEPS)
    files = {"a/x.txt": plan_text(), "b/x.txt": plan_text(), "c.txt": plan_text("Lạng Sơn", "2/KH-UBND")}
    invoke("run", folder_of(tmp_path, files), "--out", tmp_path / "out")
    for name in ("356/KH-UBND", "x", "x.txt", "a/x.txt"):
        shown = invoke("show", name, "--tables", tmp_path / "out")
        assert shown.exit_code == ExitCode.OK
        assert "file        a/x.txt" in shown.stdout and "repeated by b/x.txt (d" in shown.stdout
        found = json.loads(invoke("show", name, "--tables", tmp_path / "out", "--json").stdout)
        assert [other["source_path"] for other in found["repeated_by"]] == ["b/x.txt"]
    shown = invoke("show", "b/x.txt", "--tables", tmp_path / "out").stdout
    assert "repeats     a/x.txt (d" in shown and "repeated by" not in shown
    assert "repeat" not in invoke("show", "c.txt", "--tables", tmp_path / "out").stdout


def test_show_says_what_may_be_named(tables, tmp_path, monkeypatch):
    result = invoke("show", "?", "--tables", tables)
    assert result.exit_code == ExitCode.USAGE
    assert "Name one by its number" in result.stderr and "deep/c.txt  02/KH-UBND" in result.stderr
    assert "Did you mean b.txt" in invoke("show", "bb.txt", "--tables", tables).stderr
    with_steps(monkeypatch, STEPS)
    (tmp_path / "none").mkdir()
    invoke("run", tmp_path / "none", "--out", tmp_path / "empty")
    assert "kehoach run FOLDER" in invoke("show", "a.txt", "--tables", tmp_path / "empty").stderr


def test_document_text_is_neither_markup_nor_control(tmp_path, monkeypatch):
    with_steps(monkeypatch, STEPS)
    text = plan_text("[bold]\x1b[31mX\u202e", "1/KH[/red]").replace("trở lên", "trở \x07lên[/]:smile:")
    invoke("run", folder_of(tmp_path, {"a.txt": text}), "--out", tmp_path / "out")
    for words in (["show", "a"], ["compare"]):
        result = invoke(*words, "--tables", tmp_path / "out")
        assert result.exit_code == 0
        assert not set(result.output) & set("\x1b\x07\u202e")
        assert "[bold]" in result.stdout
    assert "[/]:smile:" in invoke("show", "a", "--tables", tmp_path / "out").stdout


def test_plain_and_shorten():
    assert plain("a\tb\n c\x00\u2028d") == "a b c\N{REPLACEMENT CHARACTER} d"
    assert plain("ho\u0323") == "h\u1ecd"
    assert shorten("một hai ba", 8) == "một hai…"


def test_tables_lists_every_column():
    told = {t["table"]: t for t in json.loads(invoke("tables", "--json").stdout)}
    assert list(told) == list(TABLES)
    assert all(c["description"] for t in told.values() for c in t["columns"])
    shown = invoke("tables", "funding").stdout
    assert "amount_vnd" in shown and "targets" not in shown.split()


def test_the_page_of_tables_is_current():
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert page == table_docs.markdown(list(TABLES.values())), "run: kehoach tables --markdown > docs/tables.md"


def command(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *map(str, words)],
        cwd=ROOT, env=os.environ | environment, capture_output=True, timeout=120, check=False,
    )  # fmt: skip


def test_as_a_process():
    done = command("--version")
    assert (done.returncode, done.stdout.decode()) == (0, f"kehoach {VERSION}\n")
    done = command("tables", "targets", PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and "mục tiêu" in done.stdout.decode()
    assert command("run", "/nowhere/at/all").returncode == ExitCode.USAGE


def test_help_loads_neither_arrow_nor_the_language_engine():
    code = "import sys; from pipeline import cli; print(sorted({'pyarrow', 'spacy', 'lxml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_pipe_that_closes_early_ends_quietly():
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "tables"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    _, complaint = process.communicate(timeout=60)
    assert (process.returncode, complaint) == (ExitCode.BROKEN_PIPE, b"")


STOPPED_HALFWAY = """
import os, signal, sys, time
jobs = int(sys.argv[-1])
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path.insert(0, "tests")
import pipeline.run
from pipeline.cli import main
from pipeline_fakes import Steps, fake_extract, fake_read
def extract(source, doc_id):
    if "Lạng Sơn" in source.pages[0]:
        os.kill(os.getppid() if jobs else os.getpid(), signal.SIGINT)
        time.sleep(5 if jobs else 0)
    return fake_extract(source, doc_id)
pipeline.run.default_steps = lambda: Steps(fake_read, extract)
main()
"""


@pytest.mark.parametrize("jobs", [0, 2])
def test_ctrl_c_in_a_process_leaves_the_earlier_tables(tables, source, jobs):
    before = {path.name: path.read_bytes() for path in tables.glob("*.parquet")}
    words = [sys.executable, "-c", STOPPED_HALFWAY, "run", str(source), "--out", str(tables)]
    words += ["--force", "--jobs", str(jobs)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == ExitCode.INTERRUPTED
    assert "tables of an earlier run are unchanged" in done.stderr and "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in tables.glob("*.parquet")} == before


def test_the_real_run_as_a_process(tmp_path):
    done = command("run", "data/raw", "--out", tmp_path, "--json")
    assert done.returncode == ExitCode.OK, done.stderr.decode()
    assert json.loads(done.stdout)["rows"]["targets"] > 0
    assert command("compare", "--tables", tmp_path).returncode == ExitCode.OK


def test_the_pace_is_told_in_files_a_second_and_time_left(monkeypatch):
    from pipeline import report

    now = [100.0]
    monkeypatch.setattr(report.time, "monotonic", lambda: now[0])
    pace = report.Pace(10)
    assert not pace.is_time(5)
    now[0] += 8
    for _ in range(4):
        pace.step()
    assert (pace.rate(), pace.left()) == ("30.0/min", "0:00:12")
    assert pace.is_time(5) and not pace.is_time(5)
    now[0] -= 7
    assert pace.rate() == "4.0/s"


def test_dry_run_status_and_a_second_run(source, tmp_path):
    out = tmp_path / "out"
    told = json.loads(invoke("run", source, "--out", out, "--dry-run", "--json").stdout)
    assert [(one["path"], one["why"]) for one in told["read"]] == [(name, "new") for name in THREE]
    assert not out.exists()
    assert "no run has written" in invoke("status", source, "--out", out).stdout
    invoke("run", source, "--out", out)
    result = invoke("run", source, "--out", out)
    assert "3 files unchanged and not read again" in result.stdout
    (source / "b.txt").write_text(plan_text(number="77/KH-UBND"), encoding="utf-8")
    assert "b.txt: changed" in invoke("run", source, "--out", out, "--dry-run").stdout
    shown = invoke("status", source, "--out", out).stdout
    assert "3 documents" in shown and "the next run reads 1" in shown
    told = json.loads(invoke("status", source, "--out", out, "--json").stdout)
    assert told["last_run"]["files_kept"] == 3 and told["next_run"]["counts"] == {"unchanged": 2, "changed": 1}


def test_status_knows_what_the_tables_were_made_from(source, tmp_path):
    out = tmp_path / "out"
    invoke("run", source, "--out", out)
    (source / "new.txt").write_text(plan_text("Lào Cai", "7/KH-UBND"), encoding="utf-8")
    (source / "b.txt").unlink()
    result = invoke("status", "--out", out)
    assert result.exit_code == 0
    assert f"input {source.resolve()}" in result.stdout and "1 new, 1 gone" in result.stdout
    assert f"kehoach run {source.resolve()} --out {out}" in result.stdout
    told = json.loads(invoke("status", "--out", out, "--json").stdout)
    assert told["input"] == str(source.resolve()) and told["next_run"]["read"] == [{"path": "new.txt", "why": "new"}]
    assert told["next_run"]["leaving"] == ["b.txt"] and not told["next_run"]["needs_replace"]
    assert json.loads(invoke("status", source, "--out", out, "--json").stdout)["next_run"] == told["next_run"]


def test_status_of_tables_whose_input_is_gone(source, tmp_path):
    out = tmp_path / "out"
    invoke("run", source, "--out", out)
    source.rename(tmp_path / "elsewhere")
    result = invoke("status", "--out", out)
    assert result.exit_code == ExitCode.USAGE
    assert "3 documents" in result.stdout and "is not there: name the folder" in result.stderr
    assert json.loads(invoke("status", "--out", out, "--json").stdout)["next_run"] is None


def test_a_folder_that_another_run_holds(source, tmp_path, monkeypatch):
    from pipeline.store import locked

    monkeypatch.setattr("pipeline.store.PATIENCE", 0.0)
    out = tmp_path / "out"
    with locked(out):
        result = invoke("run", source, "--out", out)
    assert result.exit_code == ExitCode.ALREADY_RUNNING and "is being written by process" in result.stderr
