"""One run at a time publishes to an object store, and a killed one stands in nobody's way: on a real S3 server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pipeline_fakes import STEPS, THREE, folder_of
from typer.testing import CliRunner

import pipeline.run
from pipeline import lease
from pipeline.cli import app
from pipeline.exit_codes import AlreadyRunning, ExitCode
from pipeline.landing import pointer
from pipeline.lease import Lease
from pipeline.remote import Remote
from pipeline.run import Silent, run
from pipeline.writers import read_rows

ROOT = Path(__file__).parent.parent
HOLDS = """
import sys, time
sys.path[:0] = ["tests", "."]
from pathlib import Path
from pipeline_fakes import STEPS
from pipeline.remote import Remote
from pipeline.run import Silent, run

class Waiting(Silent):
    def started(self, total):
        print("began", flush=True)
        time.sleep(600)

run(Path(sys.argv[1]), Remote(sys.argv[2]), steps=STEPS, listener=Waiting())
"""


@pytest.fixture
def out(bucket):
    return Remote(f"{bucket}/tables")


def tickets(out):
    return [name for name, _ in out.files() if name.startswith("lock/")] if out.exists() else []


def test_a_second_run_says_so_and_ends_before_it_reads(out, machine, tmp_path, monkeypatch):
    here = folder_of(tmp_path, THREE)
    monkeypatch.setattr(pipeline.run, "default_steps", lambda: STEPS)
    said = []

    class Other(Silent):
        def started(self, total):
            machine("second")
            said.append(CliRunner().invoke(app, ["run", str(here), "--out", str(out), "--jobs", "0"]))
            said.append(CliRunner().invoke(app, ["compare", "--tables", str(out)]))

    run(here, out, listener=Other())
    second, comparing = said
    assert second.exit_code == ExitCode.ALREADY_RUNNING and "a.txt" not in second.output
    assert f"{out} is being written by process {os.getpid()} on " in second.stderr
    assert comparing.exit_code == ExitCode.NO_TABLES  # reads what is published, which is nothing yet
    assert len(read_rows(out, "documents")) == 3 and tickets(out) == []
    run(here, out)  # the second machine may go on now
    assert len(read_rows(out, "runs")) == 2 and tickets(out) == []


def test_a_run_that_fails_lets_others_in(out, machine, tmp_path):
    class Broken(Silent):
        def started(self, total):
            raise KeyboardInterrupt

    here = folder_of(tmp_path, THREE)
    with pytest.raises(KeyboardInterrupt):
        run(here, out, steps=STEPS, listener=Broken())
    assert tickets(out) == []


def test_a_killed_run_keeps_others_out_for_a_while_and_its_own_machine_not_at_all(out, machine, tmp_path, monkeypatch):
    here = folder_of(tmp_path, THREE)
    command = [sys.executable, "-c", HOLDS, str(here), str(out)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "began\n"
        process.send_signal(signal.SIGKILL)
    assert len(tickets(out)) == 1
    machine("second")
    with pytest.raises(AlreadyRunning, match=f"process {process.pid} on .* its claim ends 120 seconds after"):
        run(here, out, steps=STEPS)
    machine("first")
    run(here, out, steps=STEPS)
    assert tickets(out) == []
    (here / "new.txt").write_text((here / "a.txt").read_text(encoding="utf-8") + " ", encoding="utf-8")
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "began\n"
        process.kill()
    assert len(tickets(out)) == 1
    machine("second")
    monkeypatch.setattr(lease, "EXPIRY", 1.0)
    time.sleep(2.5)  # the store counts whole seconds
    run(here, out, steps=STEPS)
    assert tickets(out) == []


def test_a_living_run_is_not_taken_for_dead(out, monkeypatch):
    monkeypatch.setattr(lease, "EXPIRY", 3.0)
    monkeypatch.setattr(lease, "RENEWED", 0.3)
    monkeypatch.setattr(lease, "TRIES", 1)
    mine, theirs = Lease(out, "mine"), Lease(out, "theirs")
    mine.take()
    time.sleep(5)
    with pytest.raises(AlreadyRunning):
        theirs.take()
    mine.check()
    mine.release()
    theirs.take()
    theirs.release()
    assert tickets(out) == []


def test_a_run_that_was_taken_for_dead_publishes_nothing(out, machine, tmp_path, monkeypatch):
    """As when a machine sleeps: it gives no sign of life, another run takes over, then it wakes up."""
    monkeypatch.setattr(lease, "EXPIRY", 1.0)
    here = folder_of(tmp_path, THREE)

    class Sleeping(Silent):
        def started(self, total):
            time.sleep(2.5)
            machine("second")
            run(here, out, steps=STEPS)

    with pytest.raises(AlreadyRunning, match="another run took over"):
        run(here, out, steps=STEPS, listener=Sleeping())
    stands = pointer(out)
    assert tickets(out) == [] and len(read_rows(out, "runs")) == 1
    machine("first")
    run(here, out, steps=STEPS)
    assert pointer(out)["earlier"] == [stands["generation"]]


def test_of_many_that_begin_together_never_two_hold(out, monkeypatch):
    monkeypatch.setattr(lease, "LONGEST_WAIT", 0.3)
    inside, most, held, guard = 0, 0, [], threading.Lock()

    def contend(number):
        nonlocal inside, most
        mine = Lease(out, f"run-{number}")
        for _ in range(60):
            try:
                mine.take()
            except AlreadyRunning:
                continue
            with guard:
                inside += 1
                most = max(most, inside)
            time.sleep(0.05)
            with guard:
                inside -= 1
            mine.release()
            held.append(number)
            return

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(contend, range(5)))
    assert most == 1 and sorted(held) == list(range(5)) and tickets(out) == []
