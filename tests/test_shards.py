"""What a run keeps in an object store: all of it comes back, and only what changed is sent."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest
from pipeline_fakes import STEPS, folder_of, plan_text

from pipeline import shards
from pipeline.landing import pointer, working_folder
from pipeline.remote import Remote
from pipeline.run import preview, run
from pipeline.store import FACTS, HIDDEN


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Forty plans, and shards so small that these are many."""
    monkeypatch.setattr(shards, "FULL", 2)
    return folder_of(tmp_path, {f"{n}.txt": plan_text(number=f"{n}/KH", share=str(n)) for n in range(40)})


@pytest.fixture
def out(bucket):
    return Remote(f"{bucket}/tables")


def stored(out):
    """The shards in the store with the time when each was written."""
    return {name: shard.stat().st_mtime_ns for name, shard in (out / shards.HOME).files()}


def listed(out, generation):
    return set(shards.shards_listed(out / f"state/{generation}"))


def kept_here(out):
    """Everything that the working folder of this machine keeps."""
    with contextlib.closing(sqlite3.connect(working_folder(out) / HIDDEN / FACTS)) as database:
        return {
            name: database.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in ("facts", "files", "meta")
        } | {"format": database.execute("PRAGMA user_version").fetchone()}


def test_another_machine_gets_all_that_was_kept(out, here, machine):
    run(here, out, steps=STEPS)
    kept = kept_here(out)
    assert len(kept["facts"]) == len(kept["files"]) == 40 and len(stored(out)) > 20
    machine("second")
    assert preview(here, out).tasks == []
    assert kept_here(out) == kept


def test_a_run_sends_the_shards_that_changed_and_no_others(out, here, machine):
    run(here, out, steps=STEPS)
    first, before = stored(out), pointer(out)["generation"]
    run(here, out, steps=STEPS)  # nothing changed
    assert stored(out) == first
    (here / "new.txt").write_text(plan_text(number="77/KH", share="77"), encoding="utf-8")
    machine("second")
    run(here, out, steps=STEPS)
    second, after = stored(out), pointer(out)["generation"]
    assert len(set(second) - set(first)) == 1 and {name: second[name] for name in first} == first
    assert len(listed(out, before) - listed(out, after)) <= 1
    (here / "3.txt").unlink()
    run(here, out, steps=STEPS)
    assert len(set(stored(out)) - set(second)) <= 1
    machine("third")
    assert preview(here, out).tasks == [] and len(kept_here(out)["facts"]) == 40


def test_shards_that_no_run_needs_go(out, here, machine):
    (out / shards.HOME / "left-by-a-killed-run.sqlite").write(b"half")
    for number in range(5):
        (here / "0.txt").write_text(plan_text(number="0/KH", share=str(100 + number)), encoding="utf-8")
        run(here, out, steps=STEPS)
    named = pointer(out)
    kept = {named["generation"], *named["earlier"]}
    assert set(stored(out)) == set().union(*(listed(out, generation) for generation in kept))
    assert len(set(stored(out)) - listed(out, named["generation"])) == 2  # of the two runs before, one each


def test_facts_in_one_file_as_earlier_versions_sent_them(out, here, machine):
    run(here, out, steps=STEPS)
    kept, state = kept_here(out), out / f"state/{pointer(out)['generation']}"
    (state / FACTS).upload(working_folder(out) / HIDDEN / FACTS)
    (state / shards.LIST).remove()
    for _, shard in list((out / shards.HOME).files()):
        shard.remove()
    machine("second")
    assert preview(here, out).tasks == [] and kept_here(out) == kept
    run(here, out, steps=STEPS)
    assert len(stored(out)) > 20


@pytest.mark.parametrize(("documents", "files"), [(0, 1), (64, 1), (65, 16), (1024, 16), (1025, 256), (100_000, 4096)])
def test_shards_stay_small(documents, files):
    assert 16 ** shards.digits(documents) == files and documents / files <= shards.FULL
