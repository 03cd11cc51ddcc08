"""The commands on tables in an object store: on a real S3 server, the same answers as from a folder."""

from __future__ import annotations

import json

import pytest
from pipeline_fakes import STEPS, THREE, folder_of
from typer.testing import CliRunner

import pipeline.run
from pipeline.cli import app
from pipeline.exit_codes import ExitCode
from pipeline.landing import claimed, pointer
from pipeline.remote import Remote
from pipeline.writers import read_rows, read_table, write_tables

TARGET = {"anchor": "Giảm tỷ lệ hộ nghèo từ 3% mỗi năm trở lên", "indicator_code": "poverty.rate", "due_year": 2020}
TARGET |= {"direction": "decrease", "comparator": "ge", "value_min": 3, "value_max": None, "unit": "percentage_point"}
GOLD = {"document": {"doc_number": "356/KH-UBND"}, "targets": [TARGET | {"rate_period": "year", "scope": None}]}


def invoke(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def told(*words):
    """What a command prints as JSON."""
    done = invoke(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine that has not published anything, with readers that read fast."""
    monkeypatch.setenv("KEHOACH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(pipeline.run, "default_steps", lambda: STEPS)


@pytest.fixture
def both(machine, bucket, tmp_path, monkeypatch):
    """The same tables in a folder and in a store that another machine has published to; and the plans."""
    here = folder_of(tmp_path, THREE)
    for out in (tmp_path / "local", f"{bucket}/tables"):
        assert invoke("run", here, "--out", out, "--jobs", 0).exit_code == 0
    monkeypatch.setenv("KEHOACH_CACHE", str(tmp_path / "another machine"))
    return tmp_path / "local", f"{bucket}/tables", here


@pytest.fixture
def gold(tmp_path):
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps(GOLD, ensure_ascii=False), encoding="utf-8")
    return tmp_path / "gold"


def test_show_and_compare_and_status_say_the_same(both, tmp_path):
    local, store, here = both
    assert told("show", "35/KH-UBND", "--tables", store) == told("show", "35/KH-UBND", "--tables", local)
    for options in ([], ["--province", "lang son"], ["--indicator", "poverty"]):
        assert told("compare", "--tables", store, *options) == told("compare", "--tables", local, *options) != []
    assert not (tmp_path / "another machine").exists()  # looking brings nothing here
    status = told("status", here, "--out", store)
    assert status["last_run"]["documents"] == 3 and status["next_run"]["read"] == []


def test_evaluate_and_rules_say_the_same(both, gold):
    local, store, _ = both
    asked = ["--gold", gold, "--against", store]
    assert told("evaluate", store, *asked) == told("evaluate", local, *asked)
    (one,), (two,) = (told("rules", where, "--gold", gold, "--table", "targets") for where in (store, local))
    assert one.pop("fired") == {store: 3} and two.pop("fired") == {str(local): 3} and one == two
    assert "fake" in invoke("rules", store, local).stdout


def test_compare_publishes_another_comparison(both):
    _, store, _ = both
    before = pointer(Remote(store))["generation"]
    assert invoke("compare", "--tables", store).exit_code == 0
    assert pointer(Remote(store))["generation"] == before  # the same table
    with claimed(Remote(store)) as work:  # tables of an older version
        write_tables(work, {"comparison": read_table(work, "comparison").slice(1)})
    assert len(read_rows(Remote(store), "comparison")) == 2
    assert len(told("compare", "--tables", store)) == 3
    assert len(read_rows(Remote(store), "comparison")) == 3
    assert len(read_rows(Remote(store), "documents")) == 3


def test_no_tables_there_is_told(machine, bucket):
    for words in (
        ("show", "x", "--tables", f"{bucket}/none"),
        ("compare", "--tables", f"{bucket}/none"),
        ("rules", f"{bucket}/none"),
    ):
        done = invoke(*words)
        assert done.exit_code == ExitCode.NO_TABLES and f"no {bucket}/none/" in done.stderr, done.output


def test_a_store_that_does_not_answer_is_told(machine):
    done = invoke("show", "x", "--tables", "s3://plans-that-nobody-made/tables")
    assert done.exit_code == ExitCode.NO_TABLES and "s3://plans-that-nobody-made/tables" in done.stderr
