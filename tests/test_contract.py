"""The declared tables against the output contract, as its own checker reads it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from pipeline_fakes import STEPS, THREE, folder_of

from pipeline.contract import ContractBreach, to_arrow
from pipeline.run import run
from schemas.records import FACT_TABLES, PROVENANCE, TABLES, Failure
from schemas.vocabulary import VOCAB_DIR

CHECKER = Path(__file__).parent.parent.parent / "shared" / "score" / "check_contract.py"
COMPARISON = (
    "indicator_code indicator_name province_code province_name issuer issuer_level period_start period_end direction "
    "comparator value_min value_max unit rate_period scope due_year doc_id doc_number target_id quote"
)
TYPES = {
    "int32": "page n_pages issued_year issued_month period_start period_end ordinal level baseline_year due_year year",
    "int64": "char_start char_end amount_vnd files files_read files_kept files_removed documents failures rows",
    "float": "confidence ocr_confidence",
    "double": "value_min value_max baseline_value share_percent quantity expected actual",
    "date32[day]": "issued_date start_date end_date date",
    "bool": "due_year_stated is_draft",
    "timestamp[ms, tz=UTC]": "started_at ended_at",
}


@pytest.fixture(scope="module")
def checker():
    """The contract's own checker, where it lies beside the repository."""
    pytest.importorskip("pandas")
    if not CHECKER.exists():
        pytest.skip(f"no {CHECKER}")
    spec = importlib.util.spec_from_file_location("check_contract", CHECKER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_column_has_the_contract_s_type_and_a_description():
    types = {name: kind for kind, names in TYPES.items() for name in names.split()}
    for table in TABLES.values():
        for field in table.arrow_schema():
            assert str(field.type) == types.get(field.name, "string"), f"{table.name}.{field.name}"
            assert field.metadata[b"description"], f"{table.name}.{field.name}"


def test_facts_end_with_the_provenance_columns():
    for name in FACT_TABLES:
        columns = [column.name for column in TABLES[name].columns]
        assert set(PROVENANCE) <= set(columns), name


def test_the_checker_s_columns_keys_and_codes_are_ours(checker):
    for name, columns in checker.COLUMNS.items():
        ours = [column.name for column in TABLES[name].columns]
        wanted = columns.split() + (list(PROVENANCE) if name in checker.FACTS else [])
        assert set(wanted) <= set(ours), name
    assert set(COMPARISON.split()) <= {column.name for column in TABLES["comparison"].columns}
    for name, key in checker.UNIQUE.items():
        assert TABLES[name].key == key
    for (name, column), codes in checker.CODES.items():
        (ours,) = (c.codes for c in TABLES[name].columns if c.name == column)
        assert ours is not None and codes <= ours, f"{name}.{column}"


@pytest.mark.parametrize("files", [THREE, {"broken.txt": "no plan"}])
def test_tables_of_a_run_hold_the_contract(checker, tmp_path, files):
    run(folder_of(tmp_path, files), tmp_path / "out", steps=STEPS)
    words = [sys.executable, CHECKER, tmp_path / "out", "--vocab", VOCAB_DIR]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "the contract holds")


def test_pandas_and_duckdb_read_the_tables(tmp_path):
    pandas, duckdb = pytest.importorskip("pandas"), pytest.importorskip("duckdb")
    run(folder_of(tmp_path, THREE), tmp_path / "out", steps=STEPS)
    path = tmp_path / "out" / "targets.parquet"
    assert len(pandas.read_parquet(path)) == 3
    assert duckdb.sql(f"select count(*) from read_parquet('{path}')").fetchall() == [(3,)]


@pytest.mark.parametrize("value", ["", " ", "\u00a0"])
def test_an_empty_string_is_an_error_that_names_table_and_column(value):
    record = Failure(source_path="a", stage="read", error_type="x", message=value)
    with pytest.raises(ContractBreach, match=r"failures\.message, row 0"):
        to_arrow(TABLES["failures"], [record])
