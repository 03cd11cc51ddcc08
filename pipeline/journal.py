"""The run's log beside its tables: `<out>/log/<start>.jsonl`, one JSON object a file, for machines to read."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.document import Facts, Task
from pipeline.store import told
from pipeline.summary import Outcome

FOLDER = "log"
KEPT = 30
"""Logs of so many runs are kept."""


class Journal:
    """Writes a line a file as soon as it is done. Use as a context manager."""

    def __init__(self, out: Path) -> None:
        """Open the log of a run that begins now."""
        folder = out / FOLDER
        with told(folder):
            folder.mkdir(exist_ok=True)
            for old in sorted(folder.glob("*.jsonl"))[: 1 - KEPT]:
                with contextlib.suppress(OSError):
                    old.unlink()
            name = f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{os.getpid()}.jsonl"
            self.path = folder / name
            self.file = self.path.open("a", encoding="utf-8", buffering=1)

    def __enter__(self) -> Journal:
        """As a context manager, closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the log."""
        with contextlib.suppress(OSError):
            self.file.close()

    def read(self, task: Task, facts: Facts) -> None:
        """A file was read in this run, well or not."""
        failure = facts.failure
        self.line(
            path=task.name,
            status="failed" if failure else "read",
            doc_id=facts.doc_id,
            sha256=task.sha256,
            seconds={stage: round(spent, 4) for stage, spent in facts.seconds.items()},
            pages=facts.pages,
            characters=facts.characters,
            rows=facts.rows,
            findings=facts.severities,
            error_type=failure.error_type if failure else None,
            stage=failure.stage if failure else None,
            message=failure.message if failure else None,
        )

    def kept(self, outcomes: Iterable[Outcome]) -> None:
        """Which files' facts come from an earlier run, and which could not even be opened."""
        for outcome in outcomes:
            if outcome.kept:
                self.line(path=outcome.name, status="kept", doc_id=outcome.document and outcome.document.doc_id)
            elif outcome.failure and outcome.failure.source_sha256 is None:
                failure = outcome.failure
                self.line(path=outcome.name, status="failed", error_type=failure.error_type, message=failure.message)

    def line(self, **values: Any) -> None:
        """One line, with the time."""
        values = {"at": round(time.time(), 3)} | values
        with told(self.path):
            self.file.write(json.dumps(values, ensure_ascii=False) + "\n")
