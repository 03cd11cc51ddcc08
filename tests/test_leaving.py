"""Documents leave the tables when their files are gone, when it is asked for, and with a new input: never by a slip."""

from __future__ import annotations

import json
import shutil

import pytest
from pipeline_fakes import STEPS, THREE, folder_of, plan_text
from typer.testing import CliRunner

import pipeline.run
from pipeline import generations
from pipeline.cli import app
from pipeline.exit_codes import ExitCode, WouldRemove
from pipeline.run import Options, preview, run
from pipeline.writers import read_rows

ALL = sorted(THREE)


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline.run, "default_steps", lambda: STEPS)
    return folder_of(tmp_path, THREE)


@pytest.fixture
def out(source, tmp_path):
    """Tables of all three plans."""
    run(source, tmp_path / "out")
    return tmp_path / "out"


def documents(out):
    return [row["source_path"] for row in read_rows(out, "documents")]


def invoke(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize("other", ["raw/a.txt", "raw/deep", "elsewhere/new.txt"])
def test_a_part_of_the_input_or_one_file_takes_no_documents_away(source, out, tmp_path, other):
    folder_of(tmp_path / "x", {"new.txt": plan_text("Lào Cai", "7/KH-UBND")}).rename(tmp_path / "elsewhere")
    with pytest.raises(WouldRemove, match=r"of 3 documents would leave the tables: they were read from .*raw"):
        run(tmp_path / other, out)
    assert documents(out) == ALL
    run(source, out)
    assert documents(out) == ALL


def test_another_folder_takes_their_place_and_the_run_says_so(out, tmp_path):
    folder_of(tmp_path / "x", {"new.txt": plan_text("Lào Cai", "7/KH-UBND")}).rename(tmp_path / "elsewhere")
    result = invoke("run", tmp_path / "elsewhere", "--out", out)
    assert result.exit_code == ExitCode.OK and "3 of 3 documents of before left the tables" in result.stdout
    assert documents(out) == ["new.txt"]


def test_one_file_behind_another_needs_no_word(source, tmp_path):
    run(source / "a.txt", tmp_path / "one")
    run(source / "b.txt", tmp_path / "one")
    assert documents(tmp_path / "one") == ["b.txt"]


def test_the_command_says_which_documents_would_leave_and_what_to_do(source, out):
    result = invoke("run", source / "a.txt", "--out", out)
    assert result.exit_code == ExitCode.WOULD_REMOVE
    for words in ("2 of 3 documents", str(source), "b.txt, deep/c.txt", "--out", "--replace", "Nothing was changed"):
        assert words in result.stderr
    shown = invoke("run", source / "a.txt", "--out", out, "--dry-run").stdout
    assert "b.txt: gone: its rows leave the tables" in shown and "with --replace alone" in shown
    assert "a.txt: gone" not in shown
    told = json.loads(invoke("status", source / "a.txt", "--out", out, "--json").stdout)["next_run"]
    assert (told["leaving"], told["needs_replace"]) == (["b.txt", "deep/c.txt"], True)
    assert documents(out) == ALL


def test_with_replace_they_go_and_the_run_says_so(source, out):
    result = invoke("run", source / "a.txt", "--out", out, "--replace")
    assert result.exit_code == ExitCode.OK
    assert "2 of 3 documents of before left the tables" in result.stdout and "b.txt, deep/c.txt" in result.stdout
    assert documents(out) == ["a.txt"]
    assert "left the tables" not in invoke("run", source / "a.txt", "--out", out).stdout


def test_files_that_are_removed_from_the_input_take_their_documents_along(source, out):
    (source / "a.txt").unlink()
    (source / "b.txt").unlink()
    assert "gone" in invoke("status", source, "--out", out).stdout
    result = invoke("run", source, "--out", out)
    assert result.exit_code == ExitCode.OK
    assert "2 of 3 documents of before left the tables (their files are gone): a.txt, b.txt" in result.stdout
    assert documents(out) == ["deep/c.txt"]


def test_of_copies_as_many_stay_as_there_are(source, out):
    shutil.copy(source / "a.txt", source / "copy of a.txt")
    run(source, out)
    (source / "a.txt").unlink()
    assert preview(source, out).leaving.paths == ["a.txt"]
    assert "1 of 4 documents of before left the tables" in invoke("run", source, "--out", out).stdout
    assert documents(out) == ["b.txt", "copy of a.txt", "deep/c.txt"]


def test_a_renamed_or_changed_file_does_not_leave(source, out):
    (source / "a.txt").rename(source / "z.txt")
    (source / "b.txt").write_text(plan_text(number="77/KH-UBND"), encoding="utf-8")
    told = json.loads(invoke("run", source, "--out", out, "--json").stdout)
    assert told["left"] == [] and documents(out) == ["b.txt", "deep/c.txt", "z.txt"]


def test_another_input_that_holds_them_all_needs_no_word(source, out, tmp_path):
    """Under other paths, and moved with newer copies."""
    (tmp_path / "all").mkdir()
    source.rename(tmp_path / "all" / "plans")
    run(tmp_path / "all", out)
    assert documents(out) == [f"plans/{name}" for name in ALL]
    shutil.copytree(tmp_path / "all", tmp_path / "moved")
    (tmp_path / "moved" / "plans" / "b.txt").write_text(plan_text(number="78/KH-UBND"), encoding="utf-8")
    run(tmp_path / "moved", out)
    assert documents(out) == [f"plans/{name}" for name in ALL]


def test_a_file_of_the_same_name_is_no_newer_copy(tmp_path, source, out):
    other = folder_of(tmp_path / "x", {"a.txt": plan_text("Lào Cai", "7/KH-UBND")}) / "a.txt"
    told = preview(other, out).leaving
    assert told.paths == ALL and told.must_be_asked_for


def test_the_tables_say_of_which_input_they_are_not_a_run_that_was_stopped(source, out, monkeypatch):
    def stopped(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pipeline.run, "publish", stopped)
        with pytest.raises(KeyboardInterrupt):
            run(source / "a.txt", out, options=Options(replace=True))
    assert preview(source, out).leaving.paths == []
    with pytest.raises(WouldRemove):
        run(source / "a.txt", out)
    assert documents(out) == ALL


def test_tables_of_an_earlier_version_are_kept_too(source, out):
    about = generations.current(out) / generations.ABOUT
    about.write_text(json.dumps({"rows": {}}), encoding="utf-8")
    with pytest.raises(WouldRemove):
        run(source / "deep", out)
