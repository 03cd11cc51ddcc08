"""The page of failures and their Vietnamese names tell of every error type that there is, and of no other."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pipeline.ingest
from pipeline.contract import ContractBreach
from pipeline.document import CURES
from pipeline.ingest.errors import ReadError
from pipeline.manifest import TRANSIENT
from schemas.labels import failure_labels

PAGE = Path(__file__).parent.parent / "docs" / "failures.md"
OF_WORKERS = {"timed_out", "out_of_memory", "worker_died", "too_large"}
ABSTRACT = {"read_error"}


def all_types():
    for module in pkgutil.walk_packages(pipeline.ingest.__path__, "pipeline.ingest."):
        importlib.import_module(module.name)
    readers, waiting = set(), [ReadError]
    while waiting:
        kind = waiting.pop()
        readers.add(kind.error_type)
        waiting.extend(kind.__subclasses__())
    known = {name for _, name, _ in CURES}
    return (readers | known | OF_WORKERS | {"unexpected_error", ContractBreach.error_type}) - ABSTRACT


def rows():
    found = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: (cause, cure) for name, cause, cure in found}


def test_every_error_type_has_its_row():
    assert set(rows()) - {"error_type"} == all_types()


def test_those_that_are_tried_again_are_marked():
    assert {name for name, (_, cure) in rows().items() if "*tried again*" in cure} == TRANSIENT


def test_every_error_type_has_its_vietnamese_name_and_cure():
    assert set(failure_labels()) == all_types()
    again = {code for code, label in failure_labels().items() if "lần chạy sau sẽ tự đọc lại" in label.cure_vi}
    assert again == TRANSIENT
