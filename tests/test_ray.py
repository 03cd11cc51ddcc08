"""The Ray engine: the same rows as on one machine, the same bounds; skipped where the extra is not installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pipeline_fakes import STEPS, THREE, TROUBLED, folder_of, plan_text, rows_of

import pipeline.engines.ray
from extractors.rule_files import RuleFileError
from pipeline.engines import Engine
from pipeline.exit_codes import ExitCode, UsageError
from pipeline.limits import Limits
from pipeline.remote import Remote, located
from pipeline.run import Options, run
from schemas.records import TABLES

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "data" / "raw"
ON_RAY = Options(jobs=2, engine=Engine.RAY)


def needs_ray(function):
    """Marks tests that run on a cluster of this machine."""
    return pytest.mark.usefixtures("cluster")(function)


@pytest.fixture(scope="module")
def cluster(s3_server):
    """A Ray cluster of this machine with two cores; its workers know the modules of the tests and the S3 server."""
    pytest.importorskip("ray.data", reason="pip install 'kehoach[ray]'")
    import ray

    patch = pytest.MonkeyPatch()
    patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(ROOT / "tests")]))
    patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    yield
    ray.shutdown()
    patch.undo()


@needs_ray
def test_the_samples_give_the_same_tables_byte_for_byte(tmp_path):
    run(SAMPLES, tmp_path / "local", options=Options(jobs=0))
    run(SAMPLES, tmp_path / "ray", options=ON_RAY)
    assert rows_of(tmp_path / "ray") == rows_of(tmp_path / "local")
    for name in set(TABLES) - {"runs"}:
        one, other = (tmp_path / engine / f"{name}.parquet" for engine in ("local", "ray"))
        assert one.read_bytes() == other.read_bytes(), name


@needs_ray
def test_a_document_that_dies_hangs_or_eats_memory_costs_itself_alone(tmp_path):
    files = {f"{n:02d}.txt": plan_text(number=f"{n}/KH", share=str(n)) for n in range(20)}
    files |= {f"x-{what}.txt": plan_text(what) for what in ("dies", "hangs", "eats")} | {"y.txt": "one line"}
    source = folder_of(tmp_path, files)
    tight = Limits(silent_seconds=3.0, seconds=6.0, memory_mib=200)
    result = run(source, tmp_path / "out", steps=TROUBLED, options=Options(2, tight, engine=Engine.RAY))
    assert {f.source_path: f.error_type for f in result.failures} == {
        "x-dies.txt": "worker_died",
        "x-eats.txt": "out_of_memory",
        "x-hangs.txt": "timed_out",
        "y.txt": "unexpected_error",
    }
    rows = rows_of(tmp_path / "out")
    assert [d["source_path"] for d in rows["documents"]] == sorted(files)[:20]
    assert len(rows["failures"]) == 4
    for path in source.glob("[xy]*"):
        path.unlink()
    result = run(source, tmp_path / "out", steps=STEPS)  # what was read there is known here
    assert all(outcome.kept for outcome in result.outcomes) and not result.failures


@needs_ray
def test_members_of_archives_travel_to_the_workers(tmp_path):
    source = folder_of(tmp_path, THREE)
    with zipfile.ZipFile(source / "more.zip", "w") as archive:
        archive.writestr("d.txt", plan_text("Nghệ An", "9/KH"))
    run(source, tmp_path / "ray", steps=STEPS, options=ON_RAY)
    run(source, tmp_path / "local", steps=STEPS)
    assert rows_of(tmp_path / "ray") == rows_of(tmp_path / "local")
    assert "more.zip/d.txt" in {d["source_path"] for d in rows_of(tmp_path / "ray")["documents"]}


@needs_ray
def test_from_a_store_to_a_store(bucket, tmp_path, monkeypatch):
    monkeypatch.setenv("KEHOACH_CACHE", str(tmp_path / "cache"))
    source, out = Remote(f"{bucket}/in"), Remote(f"{bucket}/out")
    for path in sorted(SAMPLES.iterdir()):
        filesystem, there = located(f"{source}/{path.name}")
        with filesystem.open_output_stream(there) as stream:
            stream.write(path.read_bytes())
    result = run(source, out, options=ON_RAY)
    assert result.exit_code == ExitCode.OK
    run(SAMPLES, tmp_path / "local", options=Options(jobs=0))
    (tmp_path / "store").mkdir()
    for name in TABLES:
        (out / f"{name}.parquet").download(tmp_path / "store" / f"{name}.parquet")
    assert rows_of(tmp_path / "store") == rows_of(tmp_path / "local")


@needs_ray
def test_a_broken_rule_file_ends_the_run(tmp_path):
    source = folder_of(tmp_path, THREE | {"d.txt": plan_text("breaks")})
    with pytest.raises(RuleFileError, match="broken for a test"):
        run(source, tmp_path / "out", steps=TROUBLED, options=ON_RAY)


@needs_ray
def test_workers_of_another_version_end_the_run(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline.engines.ray, "extractor_digest", lambda: "that of other rules")
    with pytest.raises(UsageError, match="another version of kehoach"):
        run(folder_of(tmp_path, THREE), tmp_path / "out", steps=STEPS, options=ON_RAY)


@needs_ray
def test_the_command_starts_a_cluster_of_its_own(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"}
    command = [sys.executable, "-m", "pipeline.cli", "run", str(SAMPLES), "--out", str(tmp_path), "--engine", "ray"]
    done = subprocess.run([*command, "--jobs", "1"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"tables in {tmp_path}" in done.stdout
    assert len(rows_of(tmp_path)["documents"]) == len(list(SAMPLES.iterdir()))


@needs_ray
def test_the_command_joins_the_cluster_that_is_named(tmp_path):
    import ray

    source = folder_of(tmp_path, {"a.txt": (SAMPLES / "hai-duong-mo-hinh-2019-2020.txt").read_text(encoding="utf-8")})
    environment = os.environ | {"RAY_ADDRESS": ray.get_runtime_context().gcs_address}
    command = [sys.executable, "-m", "pipeline.cli", "run", str(source), "--out", str(tmp_path / "out")]
    done = subprocess.run([*command, "--engine", "ray"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [d["doc_number"] for d in rows_of(tmp_path / "out")["documents"]] == ["9356/KH-UBND"]
    assert ray.cluster_resources()["CPU"] == 2  # and leaves it as it was


def test_without_the_extra_the_command_says_what_to_install(tmp_path):
    program = "import sys; sys.modules['ray'] = None; from pipeline.cli import main; main()"
    arguments = ["run", str(SAMPLES), "--out", str(tmp_path / "out"), "--engine", "ray"]
    done = subprocess.run([sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == ExitCode.NOT_INSTALLED and "pip install 'kehoach[ray]'" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_engine_that_does_not_exist_is_wrong_usage(tmp_path):
    command = [sys.executable, "-m", "pipeline.cli", "run", str(SAMPLES), "--out", str(tmp_path), "--engine", "spark"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == ExitCode.USAGE and "local, ray" in done.stderr
