"""Plans in an object store, tables in an object store: on a real S3 server, the same rows as on a disk."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from pipeline_fakes import STEPS, THREE, Steps, fake_extract, fake_read, folder_of, plan_text, rows_of

from pipeline import compaction
from pipeline.exit_codes import NothingToRead, UsageError
from pipeline.landing import pointer
from pipeline.remote import Remote, located, place
from pipeline.run import Options, Silent, preview, run
from pipeline.writers import read_rows
from schemas.records import TABLES

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    """A machine that has not published anything."""
    monkeypatch.setenv("KEHOACH_CACHE", str(tmp_path / "cache"))


def upload(folder: Path, uri: str) -> None:
    """All files of a folder, under the same names."""
    for path in folder.rglob("*"):
        if path.is_file():
            filesystem, place_there = located(f"{uri}/{path.relative_to(folder).as_posix()}")
            with filesystem.open_output_stream(place_there) as stream:
                stream.write(path.read_bytes())


def published(out: Remote, folder: Path) -> dict:
    """The generation that `current.json` names, brought to `folder`; what the pointer says."""
    named = pointer(out)
    for below, file in (out / f"generations/{named['generation']}").files():
        (folder / below).parent.mkdir(parents=True, exist_ok=True)
        file.download(folder / below)
    return named


def objects(out: Remote) -> set[str]:
    """The paths of all objects below a place."""
    return {below for below, _ in out.files()}


@pytest.fixture
def here(tmp_path):
    """Three plans, an archive with a fourth, a hidden file and one that cannot be read."""
    folder = folder_of(tmp_path, THREE | {".hidden.txt": plan_text(), "bad.txt": "one line"})
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("d.txt", plan_text("Nghệ An", "9/KH-UBND"))
    return folder


def test_the_rows_are_those_of_a_run_on_a_disk(bucket, here, tmp_path):
    upload(here, f"{bucket}/in")
    out = place(f"{bucket}/out")
    result = run(place(f"{bucket}/in/"), out, steps=STEPS)
    assert [f.source_path for f in result.failures] == ["bad.txt"] and result.out == out
    run(here, tmp_path / "local", steps=STEPS)
    published(out, tmp_path / "generation")
    assert rows_of(tmp_path / "generation") == rows_of(tmp_path / "local")
    for name in TABLES:  # and the tables at the top are the same
        (out / f"{name}.parquet").download(tmp_path / "flat")
        assert (tmp_path / "flat").read_bytes() == (tmp_path / "generation" / f"{name}.parquet").read_bytes()
    assert any(name.startswith("log/") for name in objects(out))


def test_plans_in_a_store_and_tables_on_a_disk_with_workers(bucket, here, tmp_path):
    upload(here, bucket)
    run(Remote(bucket), tmp_path / "out", steps=STEPS, options=Options(jobs=2))
    run(here, tmp_path / "local", steps=STEPS)
    assert rows_of(tmp_path / "out") == rows_of(tmp_path / "local")


def test_only_what_is_new_is_read_on_any_machine(bucket, here, tmp_path, monkeypatch):
    upload(here, f"{bucket}/in")
    source, out = Remote(f"{bucket}/in"), Remote(f"{bucket}/out")
    read: list[str] = []

    def remembering(path):
        read.append(path.suffix)
        return fake_read(path)

    steps = Steps(remembering, fake_extract)
    run(source, out, steps=steps)
    assert len(read) == 5
    first = pointer(out)["generation"]
    monkeypatch.setenv("KEHOACH_CACHE", str(tmp_path / "another machine"))
    assert not preview(source, out).tasks
    run(source, out, steps=steps)
    assert len(read) == 5
    monkeypatch.setenv("KEHOACH_CACHE", str(tmp_path / "cache"))  # the first machine sees what the second one did
    (tmp_path / "raw" / "e.txt").write_text(plan_text("Cà Mau", "77/KH-UBND"), encoding="utf-8")
    upload(here, f"{bucket}/in")
    assert [task.name for task in preview(source, out).tasks] == ["e.txt"]
    run(source, out, steps=steps)
    assert len(read) == 6
    named = published(out, tmp_path / "generation")
    assert first in named["earlier"]
    assert pq.read_table(tmp_path / "generation" / "runs.parquet").num_rows == 3


def test_the_documented_way_to_open_the_tables(s3_server, here):
    import boto3  # comes with the S3 server

    boto3.client("s3").create_bucket(Bucket="plans")
    run(here, place("s3://plans/tables"), steps=STEPS)
    page = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
    (block,) = [block for block in re.findall(r"```python\n(.*?)```", page, re.S) if "current.json" in block]
    names: dict = {}
    exec(block, names)
    assert len(names["documents"]) == 4 and set(names["targets"]["doc_id"]) == set(names["documents"]["doc_id"])


def test_old_generations_go_and_new_ones_stay_a_while(bucket, here):
    upload(here, f"{bucket}/in")
    source, out = Remote(f"{bucket}/in"), Remote(f"{bucket}/out")
    names = []
    for _ in range(5):
        run(source, out, steps=STEPS)
        names.append(pointer(out)["generation"])
    assert {name.split("/")[1] for name in objects(out) if name.startswith("generations/")} == set(names[-3:])


def test_a_reader_that_polls_sees_one_run_at_a_time(bucket, here, tmp_path):
    upload(here, f"{bucket}/in")
    source, out = Remote(f"{bucket}/in"), Remote(f"{bucket}/out")
    run(source, out, steps=STEPS)
    seen, stop = [], threading.Event()

    def poll():
        while not stop.is_set():
            folder = tmp_path / f"seen-{len(seen)}"
            published(out, folder)
            seen.append(folder)

    reader = threading.Thread(target=poll)
    reader.start()
    try:
        for number in range(4):
            (here / f"new-{number}.txt").write_text(plan_text("Huế", f"{number}/KH"), encoding="utf-8")
            upload(here, f"{bucket}/in")
            run(source, out, steps=STEPS)
    finally:
        stop.set()
        reader.join()
    counts = set()
    for folder in seen:
        about = json.loads((folder / "generation.json").read_text(encoding="utf-8"))
        assert {name: pq.read_metadata(folder / f"{name}.parquet").num_rows for name in TABLES} == about["rows"]
        counts.add(about["rows"]["documents"])
    assert len(counts) > 1


def test_what_vanishes_before_it_is_fetched_is_a_failure_of_its_own(bucket, here, tmp_path):
    upload(here, bucket)

    class Vanishing(Silent):
        def started(self, total):
            filesystem, path = located(f"{bucket}/b.txt")
            filesystem.delete_file(path)

    result = run(Remote(bucket), tmp_path / "out", steps=STEPS, listener=Vanishing())
    assert {f.source_path: f.error_type for f in result.failures}["b.txt"] == "unreadable_file"
    assert len([o for o in result.outcomes if o.document]) == 3


def test_tables_inside_the_input_are_not_read_as_plans(bucket, here):
    upload(here, bucket)
    for _ in range(2):
        result = run(Remote(bucket), Remote(f"{bucket}/tables"), steps=STEPS)
        assert len(result.outcomes) == 5


def test_large_tables_lie_in_a_folder_a_province(bucket, tmp_path, monkeypatch):
    monkeypatch.setattr(compaction, "ONE_FILE", 10)
    monkeypatch.setattr(compaction, "PART", 8)
    names = ("Hải Dương", "Lạng Sơn", "Thái Bình")
    here = folder_of(tmp_path, {f"{n:03d}.txt": plan_text(names[n % 3], f"{n}/KH", str(n)) for n in range(40)})

    def extract(source, doc_id):
        extraction = fake_extract(source, doc_id)
        code = {"Hải Dương": "30", "Lạng Sơn": "02"}.get(extraction.document["province_name"])
        extraction.document["province_code"] = code
        return extraction

    steps = Steps(fake_read, extract)
    upload(here, f"{bucket}/in")
    out = Remote(f"{bucket}/out")
    run(Remote(f"{bucket}/in"), out, steps=steps)
    named = published(out, tmp_path / "generation")
    run(here, tmp_path / "local", steps=steps)
    by_id = lambda rows: sorted(map(repr, rows))  # noqa: E731
    stored, local = rows_of(tmp_path / "generation"), rows_of(tmp_path / "local")
    assert {name: by_id(rows) for name, rows in stored.items()} == {name: by_id(rows) for name, rows in local.items()}
    assert stored["comparison"] == local["comparison"]
    filesystem, path = located(f"{out}/{named['tables']['targets']}")
    layout = ds.partitioning(pa.schema([("province_code", pa.string())]), flavor="hive")
    targets = ds.dataset(path, filesystem=filesystem, partitioning=layout)
    one = targets.to_table(filter=ds.field("province_code") == "02").column("doc_id").to_pylist()
    assert sorted(one) == sorted(d["doc_id"] for d in local["documents"] if d["province_code"] == "02")
    none = targets.to_table(filter=ds.field("province_code").is_null())
    assert none.num_rows == 13
    assert not any(name == "targets.parquet" for name in objects(out))  # several objects cannot be replaced at once
    before = pointer(out)["files"]
    (here / "041.txt").write_text(plan_text("Lạng Sơn", "900/KH"), encoding="utf-8")
    upload(here, f"{bucket}/in")
    run(Remote(f"{bucket}/in"), out, steps=steps)
    after = pointer(out)["files"]
    changed = set(after.values()) - set(before.values())
    assert {name.split("/")[1] for name, digest in after.items() if digest in changed and "/" in name} == {
        "province_code=02"
    }


def test_a_folder_can_be_laid_out_by_province_too(tmp_path, monkeypatch):
    monkeypatch.setattr(compaction, "ONE_FILE", 2)
    here, out = folder_of(tmp_path, THREE), tmp_path / "out"

    def extract(source, doc_id):
        extraction = fake_extract(source, doc_id)
        extraction.document["province_code"] = {"Hải Dương": "01"}.get(extraction.document["province_name"])
        return extraction

    options = Options(by_province=True)
    for _ in range(2):  # the second time nothing changed, and the layout stays
        run(here, out, steps=Steps(fake_read, extract), options=options)
        assert (out / "targets.parquet" / "province_code=01").is_dir()
    run(here, tmp_path / "plain", steps=Steps(fake_read, extract))
    assert rows_of(out)["targets"] and sorted(map(repr, rows_of(out)["documents"])) == sorted(
        map(repr, rows_of(tmp_path / "plain")["documents"])
    )
    assert {row["province_code"] for row in read_rows(out, "documents")} == {"01", None}
    query = (
        f"select doc_id from read_parquet('{out}/targets.parquet/*/*.parquet', hive_partitioning=true, "
        "hive_types={'province_code': VARCHAR}) where province_code = '01'"
    )
    assert len(duckdb.sql(query).fetchall()) == 1
    run(here, out, steps=Steps(fake_read, extract))  # and goes when it is not asked for any more
    assert rows_of(out) == rows_of(tmp_path / "plain")


def test_an_empty_place_and_an_unknown_kind_of_place(bucket, tmp_path):
    with pytest.raises(UsageError, match="nothing lies at"):
        run(Remote(f"{bucket}/nothing"), tmp_path / "out", steps=STEPS)
    with pytest.raises(UsageError, match="no such kind of storage"):
        run(Remote("sftpx://host/folder"), tmp_path / "out", steps=STEPS)
    (tmp_path / "raw").mkdir()
    with pytest.raises(NothingToRead):
        run(tmp_path / "raw", Remote(f"{bucket}/out"), steps=STEPS)
    assert f"{set(TABLES).pop()}.parquet" in objects(Remote(f"{bucket}/out"))


@pytest.mark.parametrize(
    ("source", "out", "code", "said"),
    [
        ("s3://plans/in", "{tmp}/out", 2, "cannot list s3://plans/in"),
        ("{raw}", "s3://plans/out", 4, "cannot write s3:"),
    ],
)
def test_a_store_that_does_not_answer_is_told_with_its_exit_code(tmp_path, source, out, code, said):
    places = [text.format(tmp=tmp_path, raw=ROOT / "data" / "raw") for text in (source, out)]
    environment = os.environ | {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_DEFAULT_REGION": "us-east-1"}
    environment |= {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}
    command = [sys.executable, "-m", "pipeline.cli", "run", places[0], "--out", places[1]]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (code, "") and said in done.stderr, done.stderr
