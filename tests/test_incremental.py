"""What did not change is not read again; what is interrupted goes on; readers see one run at a time."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pipeline_fakes import STEPS, THREE, fake_extract, fake_read, folder_of, plan_text

import pipeline.run
from benchmarks import batch
from pipeline import compaction, generations, manifest, writers
from pipeline.document import Steps
from pipeline.exit_codes import AlreadyRunning, ExitCode, NothingToRead, OutputNotWritable
from pipeline.manifest import Why
from pipeline.run import Options, preview, run
from pipeline.store import HIDDEN, Store, locked
from pipeline.writers import read_rows

ROOT = Path(__file__).parent.parent


class Counting:
    """Steps that remember which texts they read, and fail on some if asked to."""

    def __init__(self, error=None, on="nowhere"):
        self.read, self.error, self.on = [], error, on

    @property
    def steps(self):
        def extract(source, doc_id):
            self.read.append(source.pages[0].split("|")[0])
            if self.on in source.pages[0]:
                raise self.error
            return fake_extract(source, doc_id)

        return Steps(fake_read, extract)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def source(tmp_path):
    """Three plans, old enough that their times are trusted."""
    folder = folder_of(tmp_path, THREE)
    age(folder)
    return folder


def age(folder, seconds=60):
    """Make files look as if they had been there for a while (their time of status change cannot be set)."""
    for path in folder.rglob("*.txt"):
        then = time.time() - seconds
        os.utime(path, (then, then))


def tables_in(folder):
    """The bytes of all tables but `runs`, which holds times."""
    files = [p for p in folder.glob("*.parquet") if p.stem != "runs"]
    parts = [p for f in files for p in (sorted(f.iterdir()) if f.is_dir() else [f])]
    return {str(p.relative_to(folder)): p.read_bytes() for p in parts}


def read_in(source, out, **options):
    """Which documents a run reads."""
    counting = Counting()
    run(source, out, steps=counting.steps, options=Options(**options))
    return sorted(counting.read)


def whys(source, out, **options):
    return {entry.name: entry.why for entry in preview(source, out, **options).entries}


def test_unchanged_files_are_not_read_again(source, out):
    assert len(read_in(source, out)) == 3
    before = tables_in(out)
    assert read_in(source, out) == []
    assert tables_in(out) == before
    assert set(whys(source, out).values()) == {Why.KEPT}
    assert read_in(source, out, force=True) == ["02/KH-UBND", "35/KH-UBND", "356/KH-UBND"]


def test_nothing_is_opened_whose_stamp_is_the_same(source, out, monkeypatch):
    run(source, out, steps=STEPS)
    monkeypatch.setattr(manifest, "SETTLED_NS", -(10**12))
    monkeypatch.setattr(manifest, "sha256_of", lambda file: pytest.fail(f"{file.name} was opened"))
    assert set(whys(source, out).values()) == {Why.KEPT}


def test_a_file_changed_while_it_was_looked_at_is_looked_at_again(source, out):
    """Same size, same times as far as the clock can tell, other bytes."""
    path = source / "b.txt"
    run(source, out, steps=STEPS)
    found = path.stat()
    path.write_text(THREE["b.txt"].replace("35/", "53/"), encoding="utf-8")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert read_in(source, out) == ["53/KH-UBND"]


def test_new_changed_renamed_copied_and_removed(source, out):
    run(source, out, steps=STEPS)
    (source / "new.txt").write_text(plan_text("Lào Cai", "7/KH-UBND"), encoding="utf-8")
    (source / "b.txt").write_text(plan_text("Lạng Sơn", "36/KH-UBND", "5"), encoding="utf-8")
    (source / "deep" / "c.txt").rename(source / "moved.txt")
    (source / "copy.txt").write_text(THREE["a.txt"], encoding="utf-8")
    assert whys(source, out) == {
        "a.txt": Why.KEPT, "b.txt": Why.CHANGED, "copy.txt": Why.NEW, "moved.txt": Why.RENAMED, "new.txt": Why.NEW,
    }  # fmt: skip
    assert preview(source, out).removed == []
    counting = Counting()
    result = run(source, out, steps=counting.steps)
    assert sorted(counting.read) == ["356/KH-UBND", "36/KH-UBND", "7/KH-UBND"]
    assert result.removed == [] and read_rows(out, "runs")[-1]["files_removed"] == 0
    paths = [d["source_path"] for d in read_rows(out, "documents")]
    assert paths == ["a.txt", "b.txt", "copy.txt", "moved.txt", "new.txt"]
    fresh = out.parent / "fresh"
    run(source, fresh, steps=STEPS)
    assert tables_in(out) == tables_in(fresh)


def test_a_copy_that_comes_first_takes_the_plain_id(source, out):
    run(source, out, steps=STEPS)
    shutil.copy(source / "b.txt", source / "0.txt")
    run(source, out, steps=STEPS)
    run(source, out.parent / "fresh", steps=STEPS)
    assert tables_in(out) == tables_in(out.parent / "fresh")
    (source / "0.txt").unlink()
    shutil.rmtree(out.parent / "fresh")
    run(source, out, steps=STEPS)
    run(source, out.parent / "fresh", steps=STEPS)
    assert tables_in(out) == tables_in(out.parent / "fresh")


def test_another_version_or_vocabulary_reads_all_again(source, out, monkeypatch):
    run(source, out, steps=STEPS)
    monkeypatch.setattr(pipeline.run, "extractor_digest", lambda: "another")
    assert set(whys(source, out).values()) == {Why.EXTRACTOR}
    assert len(read_in(source, out)) == 3
    assert read_in(source, out) == []


def test_the_extractor_s_digest_covers_code_rules_and_vocabularies(tmp_path, monkeypatch):
    for name in ("schemas/vocab/agencies.csv", "extractors/rules/x.yaml", "pipeline/ingest/pdf.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one")
    monkeypatch.setattr(manifest, "ROOT", tmp_path)
    digests = {manifest.extractor_digest.__wrapped__()}
    for path in sorted(tmp_path.rglob("*.*")):
        path.write_text("two")
        digests.add(manifest.extractor_digest.__wrapped__())
    assert len(digests) == 4


def test_other_programs_changed_only_what_they_read_is_read_again(source, out, monkeypatch):
    def scanned(path):
        read = fake_read(path)
        read.text_source = "ocr" if path.name == "b.txt" else "text"
        return read

    run(source, out, steps=Steps(scanned, fake_extract))
    monkeypatch.setattr(pipeline.run, "tools_digest", lambda: "another")
    assert whys(source, out) == {"a.txt": Why.KEPT, "b.txt": Why.TOOLS, "deep/c.txt": Why.KEPT}


def test_failures_that_may_pass_are_tried_again_and_others_are_kept(source, out):
    for error, read in ((MemoryError(), 1), (ValueError("always"), 0)):
        run(source, out, steps=Counting(error, "Lạng Sơn").steps, options=Options(force=True))
        counting = Counting(error, "Lạng Sơn")
        result = run(source, out, steps=counting.steps)
        assert len(counting.read) == read
        assert [f.source_path for f in result.failures] == ["b.txt"]
    assert [f["source_path"] for f in read_rows(out, "failures")] == ["b.txt"]


def test_dry_run_and_status_change_nothing(source, out):
    assert set(whys(source, out).values()) == {Why.NEW}
    assert not out.exists()
    run(source, out, steps=STEPS)
    before = tables_in(out)
    (source / "b.txt").write_text(plan_text("Lạng Sơn", "36/KH-UBND"), encoding="utf-8")
    assert whys(source, out)["b.txt"] == whys(source, out)["b.txt"] == Why.CHANGED
    assert tables_in(out) == before


def test_what_was_read_before_an_interrupt_is_kept(source, out):
    with pytest.raises(KeyboardInterrupt):
        run(source, out, steps=Counting(KeyboardInterrupt(), "Thái Bình").steps)
    assert not list(out.glob("*.parquet"))
    assert read_in(source, out) == ["02/KH-UBND"]
    assert len(read_rows(out, "documents")) == 3


def test_two_inputs_with_equal_names_sizes_and_times(tmp_path, out):
    one = folder_of(tmp_path / "one", {"a.txt": plan_text(number="1/KH-UBND")})
    two = folder_of(tmp_path / "two", {"a.txt": plan_text(number="2/KH-UBND")})
    then = time.time() - 60
    for folder in (one, two):
        os.utime(folder / "a.txt", (then, then))
    run(one, out, steps=STEPS)
    run(two, out, steps=STEPS)
    assert [d["doc_number"] for d in read_rows(out, "documents")] == ["2/KH-UBND"]


def test_the_input_goes_away_during_the_run(source, out):
    run(source, out, steps=STEPS)
    before = tables_in(out)

    def vanish(path):
        shutil.rmtree(source, ignore_errors=True)
        return fake_read(path)

    with pytest.raises(NothingToRead, match="went away"):
        run(source, out, steps=Steps(vanish, fake_extract), options=Options(force=True))
    assert tables_in(out) == before


def test_a_second_run_on_the_folder_is_told(source, out, monkeypatch):
    run(source, out, steps=STEPS)
    code = (
        f"import sys, time; from pathlib import Path; from pipeline.store import locked\n"
        f"with locked(Path({str(out)!r})): print('locked', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert process.stdout.readline() == b"locked\n"
        monkeypatch.setattr("pipeline.store.PATIENCE", 0.1)
        with pytest.raises(AlreadyRunning, match=str(process.pid)) as told:
            run(source, out, steps=STEPS)
        assert told.value.exit_code == ExitCode.ALREADY_RUNNING
    finally:
        process.kill()
        process.wait()
    run(source, out, steps=STEPS)


@pytest.mark.parametrize("place", ["pipeline.compaction.write_part", "pipeline.run.write_parquet", "os.replace"])
def test_a_full_disk_leaves_the_old_tables_and_what_was_read(source, out, monkeypatch, place):
    run(source, out, steps=STEPS)
    before = tables_in(out)
    (source / "b.txt").write_text(plan_text("Lạng Sơn", "36/KH-UBND"), encoding="utf-8")

    def full(*args, **options):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(place, full)
        with pytest.raises(OutputNotWritable, match="No space left"):
            run(source, out, steps=STEPS)
    assert tables_in(out) == before
    assert read_in(source, out) == []
    assert "36/KH-UBND" in [d["doc_number"] for d in read_rows(out, "documents")]


def test_a_damaged_store_is_started_afresh(source, out):
    run(source, out, steps=STEPS)
    for suffix in ("-wal", "-shm"):
        (out / HIDDEN / f"facts.sqlite{suffix}").unlink(missing_ok=True)
    (out / HIDDEN / "facts.sqlite").write_bytes(b"no database at all" * 100)
    assert len(read_in(source, out)) == 3


def test_runs_tell_what_each_run_did(source, out):
    run(source, out, steps=STEPS)
    (source / "b.txt").unlink()
    (source / "d.txt").write_text("no plan", encoding="utf-8")
    run(source, out, steps=STEPS)
    first, second = read_rows(out, "runs")
    assert (first["files"], first["files_read"], first["documents"]) == (3, 3, 3)
    counted = ("files", "files_read", "files_kept", "files_removed", "documents", "failures")
    assert [second[name] for name in counted] == [3, 1, 2, 1, 2, 1]
    assert first["ended_at"] <= second["started_at"] <= second["ended_at"]
    assert json.loads(second["settings"])["jobs"] == 0


def test_of_equal_files_as_many_are_gone_as_there_are_fewer(source, out):
    for name in ("x.txt", "y.txt", "z.txt"):
        (source / name).write_text(THREE["b.txt"], encoding="utf-8")
    run(source, out, steps=STEPS)
    for name in ("x.txt", "y.txt"):
        (source / name).unlink()
    (source / "z.txt").rename(source / "w.txt")
    assert preview(source, out).removed == ["y.txt", "z.txt"]
    run(source, out, steps=STEPS)
    assert read_rows(out, "runs")[-1]["files_removed"] == 2


def test_a_copy_takes_neither_the_id_nor_the_place_of_what_it_was_copied_from(source, out):
    run(source, out, steps=STEPS)
    before = {d["source_path"]: d["doc_id"] for d in read_rows(out, "documents")}
    for copy in ("a (1).txt", "0/a.txt", "Copy of a.txt"):
        (source / copy).parent.mkdir(exist_ok=True)
        (source / copy).write_text(THREE["a.txt"], encoding="utf-8")
    run(source, out, steps=STEPS)
    documents = {d["source_path"]: d for d in read_rows(out, "documents")}
    assert {name: documents[name]["doc_id"] for name in before} == before
    assert {name for name, d in documents.items() if d["duplicate_of"] == before["a.txt"]} == {
        "a (1).txt", "0/a.txt", "Copy of a.txt",
    }  # fmt: skip
    (source / "a.txt").unlink()
    run(source, out, steps=STEPS)
    documents = {d["source_path"]: d for d in read_rows(out, "documents")}
    assert documents["a (1).txt"]["doc_id"] == before["a.txt"] == documents["0/a.txt"]["duplicate_of"]


def test_the_log_has_a_line_a_file(source, out):
    run(source, out, steps=STEPS)
    (source / "d.txt").write_text("no plan", encoding="utf-8")
    os.symlink("nowhere", source / "e.txt")
    time.sleep(1.1)  # logs are named by the second
    run(source, out, steps=STEPS)
    newest = max((out / "log").glob("*.jsonl"))
    lines = {line["path"]: line for line in map(json.loads, newest.read_text(encoding="utf-8").splitlines())}
    assert {name: line["status"] for name, line in lines.items()} == {
        "a.txt": "kept", "b.txt": "kept", "deep/c.txt": "kept", "d.txt": "failed", "e.txt": "failed",
    }  # fmt: skip
    assert lines["d.txt"]["seconds"]["extract"] >= 0 and lines["d.txt"]["error_type"] == "unexpected_error"


def test_large_corpora_are_cut_into_parts_of_which_few_change(tmp_path, out, monkeypatch):
    monkeypatch.setattr(compaction, "ONE_FILE", 10)
    monkeypatch.setattr(compaction, "PART", 8)
    monkeypatch.setattr(compaction, "ROW_GROUP_DOCUMENTS", 3)
    files = {f"{n:03d}.txt": plan_text(number=f"{n}/KH-UBND", share=str(n)) for n in range(80)}
    source = folder_of(tmp_path, files)
    run(source, out, steps=STEPS)
    first = {p.stem.rsplit("-", 1)[1]: p.stat().st_ino for p in (out / "targets.parquet").glob("*.parquet")}
    assert len(first) > 3
    assert [d["source_path"] for d in read_rows(out, "documents")] == sorted(files)
    assert len(read_rows(out, "comparison")) == 80
    (source / "040a.txt").write_text(plan_text(number="900/KH-UBND"), encoding="utf-8")
    run(source, out, steps=STEPS)
    second = {p.stem.rsplit("-", 1)[1]: p.stat().st_ino for p in (out / "targets.parquet").glob("*.parquet")}
    assert 1 <= len(set(second) - set(first)) <= 2  # a name may begin a part of its own
    assert all(first[sign] == second[sign] for sign in set(first) & set(second))
    run(source, tmp_path / "fresh", steps=STEPS)
    assert tables_in(out) == tables_in(tmp_path / "fresh")
    assert pq.read_table(out / "targets.parquet").num_rows == 81
    for path in list(source.iterdir())[:75]:  # few again: one file a table, in place of the folders
        path.unlink()
    run(source, out, steps=STEPS)
    assert (out / "targets.parquet").is_file()


def test_a_table_of_before_generations_gives_way(source, out):
    out.mkdir()
    (out / "documents.parquet").write_bytes(b"an old table")
    run(source, out, steps=STEPS)
    assert len(read_rows(out, "documents")) == 3


def test_where_links_are_not_possible(source, out, monkeypatch):
    def no_links(*args, **options):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(generations.os, "symlink", no_links)
    monkeypatch.setattr(generations.os, "link", no_links)
    for number in ("36/KH-UBND", "37/KH-UBND"):
        (source / "b.txt").write_text(plan_text("Lạng Sơn", number), encoding="utf-8")
        run(source, out, steps=STEPS)
        assert not (out / "documents.parquet").is_symlink()
        assert number in pq.read_table(out / "documents.parquet")["doc_number"].to_pylist()
        assert number in [d["doc_number"] for d in read_rows(out, "documents")]


def test_old_generations_go(source, out):
    for _ in range(generations.KEPT + 2):
        run(source, out, steps=STEPS)
    assert len(list(generations.generations(out).iterdir())) == generations.KEPT
    assert generations.current(out).name == f"{generations.KEPT + 2:08d}"


KILLED = """
import sys, time
sys.path.insert(0, "tests")
from pathlib import Path
from pipeline_fakes import Steps, fake_extract, fake_read
from pipeline.run import Options, run
def extract(source, doc_id):
    time.sleep(0.01)
    return fake_extract(source, doc_id)
run(Path(sys.argv[1]), Path(sys.argv[2]), steps=Steps(fake_read, extract), options=Options(2))
"""


def test_killed_at_any_moment_and_started_again(tmp_path, out):
    """The last tables are those of a run that nobody disturbed, and a reader never sees anything but a whole run."""
    files = {f"{n:03d}.txt": plan_text(number=f"{n}/KH-UBND", share=str(n)) for n in range(60)}
    source = folder_of(tmp_path, files)
    words = [sys.executable, "-c", KILLED, str(source), str(out)]
    faults, stop = [], threading.Event()
    reader = threading.Thread(target=batch.poll, args=(out, stop, set(), faults, are_of_one_run))
    reader.start()
    chance = random.Random(5)
    try:
        for turn in range(6):
            process = subprocess.Popen(words, cwd=ROOT, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.6, 1.8))
            process.send_signal(signal.SIGKILL)
            process.wait()
            if turn == 3:  # a change under way, so that generations differ
                (source / "900.txt").write_text(plan_text(number="900/KH-UBND"), encoding="utf-8")
        assert subprocess.run(words, cwd=ROOT, check=False).returncode == 0
    finally:
        stop.set()
        reader.join()
    assert not faults
    run(source, tmp_path / "undisturbed", steps=STEPS)
    assert tables_in(out) == tables_in(tmp_path / "undisturbed")
    assert not list(generations.generations(out).glob(f"*{generations.TEMPORARY}"))


def are_of_one_run(tables):
    """Each fake document has a target, and each run is told in its table."""
    documents = set(tables["documents"]["doc_id"].to_pylist())
    return set(tables["targets"]["doc_id"].to_pylist()) == documents and tables["runs"].num_rows > 0


def test_a_killed_run_leaves_no_half_generation(source, out, monkeypatch):
    run(source, out, steps=STEPS)
    left = generations.generations(out) / f"00000009{generations.TEMPORARY}"
    left.mkdir()
    (left / "documents.parquet").write_bytes(b"half")
    run(source, out, steps=STEPS)
    assert not left.exists()
    assert generations.current(out).name == "00000002"


def test_compare_waits_for_nobody_and_writes_only_what_differs(source, out):
    from pipeline.compare import compare

    run(source, out, steps=STEPS)
    before = generations.current(out)
    with locked(out):
        assert len(compare(out)) == 3
    assert generations.current(out) == before


def test_the_store_gives_back_what_it_was_given(source, out):
    run(source, out, steps=STEPS)
    with Store(out) as store:
        (doc_id, *_) = store.known()
        about = store.about(doc_id)
        assert about.summary.doc_id == doc_id and about.rows["targets"] == 1
        assert writers.tables_folder(out) == generations.current(out)


@pytest.mark.parametrize("by_province", [False, True])
def test_a_document_is_found_in_its_part(tmp_path, out, monkeypatch, by_province):
    from pipeline.lookup import find_document
    from pipeline.show import facts_of
    from pipeline.writers import part_of

    monkeypatch.setattr(compaction, "ONE_FILE", 10)
    monkeypatch.setattr(compaction, "PART", 8)
    monkeypatch.setattr(compaction, "ROW_GROUP_DOCUMENTS", 3)
    files = {f"{n:03d}.txt": plan_text(number=f"{n}/KH-UBND", share=str(n)) for n in range(40)}
    run(folder_of(tmp_path, files), out, steps=STEPS, options=Options(by_province=by_province))
    found = {name: find_document(out, name).row for name in ("000.txt", "017.txt", "039.txt")}
    assert len({part_of(out, document["doc_id"]) for document in found.values()}) > 1
    for name, document in found.items():
        assert document["source_path"] == name
        assert (out / "targets.parquet" / part_of(out, document["doc_id"])).is_file()
        (target,) = facts_of(out, document["doc_id"])["targets"]
        assert target["value_min"] == int(name[:3])
