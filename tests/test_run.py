"""The runner: what goes wrong with one document costs that document alone, and the tables are whole in every case."""

from __future__ import annotations

import os

import pyarrow.parquet as pq
import pytest
from pipeline_fakes import STEPS, THREE, FakeExtraction, fake_extract, fake_read, folder_of, plan_text

from extractors.plan import Source
from extractors.rule_files import RuleFileError
from pipeline.document import Steps
from pipeline.exit_codes import ExitCode, NothingToRead, OutputNotWritable, UsageError
from pipeline.ingest.errors import PasswordProtected
from pipeline.run import Options, run
from pipeline.version import version
from pipeline.writers import read_rows
from schemas.records import TABLES


def tables_in(folder):
    """The bytes of all tables but `runs`, which holds times."""
    return {path.name: path.read_bytes() for path in folder.glob("*.parquet") if path.stem != "runs"}


def failing(error, on="b.txt", step="extract"):
    """Steps of which one raises `error` on one document."""

    def read(path):
        if step == "read" and path.name == on:
            raise error
        return fake_read(path)

    def extract(source, doc_id):
        if step == "extract" and "Lạng Sơn" in source.pages[0]:
            raise error
        return fake_extract(source, doc_id)

    return Steps(read, extract)


def test_every_table_is_written_with_its_schema(tmp_path):
    out = tmp_path / "out"
    result = run(folder_of(tmp_path, THREE), out, steps=STEPS)
    assert result.exit_code == ExitCode.OK
    assert sorted(p.name for p in out.glob("*.parquet")) == sorted(f"{name}.parquet" for name in TABLES)
    for name, table in TABLES.items():
        assert pq.read_schema(out / f"{name}.parquet").equals(table.arrow_schema(), check_metadata=True), name
    assert [d["source_path"] for d in read_rows(out, "documents")] == ["a.txt", "b.txt", "deep/c.txt"]
    assert {d["extractor_version"] for d in read_rows(out, "documents")} == {version()}
    assert result.rows["targets"] == 3
    assert len(read_rows(out, "comparison")) == 3


def test_twice_the_same_bytes(tmp_path):
    source = folder_of(tmp_path, THREE | {"z.txt": "no plan"})
    run(source, tmp_path / "one", steps=STEPS)
    run(source, tmp_path / "two", steps=STEPS)
    assert tables_in(tmp_path / "one") == tables_in(tmp_path / "two")


@pytest.mark.parametrize("step", ["read", "extract"])
@pytest.mark.parametrize(
    ("error", "error_type"),
    [
        (ValueError("bad\nworse"), "unexpected_error"),
        (MemoryError(), "out_of_memory"),
        (RecursionError("deep"), "nested_too_deeply"),
        (TimeoutError(), "timed_out"),
        (SystemExit(3), "unexpected_error"),
        (PermissionError(13, "Permission denied"), "unreadable_file"),
        (KeyError("\ud800\x1b[31m"), "unexpected_error"),
        (type("Panic", (BaseException,), {})("a library's own"), "unexpected_error"),
    ],
)
def test_whatever_one_document_raises_costs_nothing_else(tmp_path, error, error_type, step):
    out = tmp_path / "out"
    result = run(folder_of(tmp_path, THREE), out, steps=failing(error, step=step))
    assert result.exit_code == ExitCode.SOME_FAILED
    assert [d["source_path"] for d in read_rows(out, "documents")] == ["a.txt", "deep/c.txt"]
    (failure,) = read_rows(out, "failures")
    assert (failure["source_path"], failure["stage"], failure["error_type"]) == ("b.txt", step, error_type)
    assert len(failure["source_sha256"]) == 64
    assert failure["message"].isprintable()


def test_a_reader_says_itself_why(tmp_path):
    error = PasswordProtected("the PDF has a password; save it without one")
    run(folder_of(tmp_path, THREE), tmp_path / "out", steps=failing(error, step="read"))
    (failure,) = read_rows(tmp_path / "out", "failures")
    assert (failure["error_type"], failure["message"]) == (error.error_type, str(error))
    assert failure["stage"] == error.stage


def test_broken_rules_end_the_run_at_once(tmp_path):
    with pytest.raises(RuleFileError):
        run(folder_of(tmp_path, THREE), tmp_path / "out", steps=failing(RuleFileError("cues.yaml: rule 3")))
    assert not tables_in(tmp_path / "out")


def test_interrupt_leaves_the_earlier_tables(tmp_path):
    source, out = folder_of(tmp_path, THREE), tmp_path / "out"
    run(source, out, steps=STEPS)
    before = tables_in(out)
    with pytest.raises(KeyboardInterrupt):
        run(source, out, steps=failing(KeyboardInterrupt()), options=Options(force=True))
    assert tables_in(out) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"quote": "not what it says"}, "targets.quote"),
        ({"indicator_code": "no.such"}, "targets.indicator_code"),
        ({"unit": ""}, "targets.unit"),
        ({"population": "ho\u0323"}, "NFC"),
        ({"value_min": float("nan")}, "targets.value_min"),
        ({"due_year": 2**40}, "targets.due_year"),
        ({"direction": None}, "targets.direction"),
        ({"confidence": 1.5}, "targets.confidence"),
        ({"section_id": "elsewhere"}, "targets.section_id"),
        ({"parent_id": "nobody"}, "targets.parent_id"),
        ({"doc_id": "dother"}, "targets.doc_id"),
        ({"char_end": 10**6}, "targets.quote"),
        ({"value_max": "ten"}, "targets.value_max"),
    ],
)
def test_a_breach_of_the_contract_is_a_failure_of_its_document(tmp_path, change, said):
    def extract(source, doc_id):
        extraction = fake_extract(source, doc_id)
        if "Lạng Sơn" in extraction.text:
            for name, value in change.items():
                setattr(extraction.rows["targets"][0], name, value)
        return extraction

    out = tmp_path / "out"
    run(folder_of(tmp_path, THREE), out, steps=Steps(fake_read, extract))
    (failure,) = read_rows(out, "failures")
    assert (failure["source_path"], failure["error_type"]) == ("b.txt", "contract_breach")
    assert said in failure["message"]
    assert len(read_rows(out, "targets")) == 2


def test_rows_with_one_key_are_a_breach(tmp_path):
    def twice(source, doc_id):
        extraction = fake_extract(source, doc_id)
        extraction.rows["targets"] *= 2
        return extraction

    source = folder_of(tmp_path, THREE)
    assert len(run(source, tmp_path / "one", steps=Steps(fake_read, twice)).failures) == 3


def test_keys_of_two_documents_with_one_text_differ():
    from extractors.extract import extract

    text = "KẾ HOẠCH\nI. Mục tiêu\n- Giảm 3% hộ nghèo trong năm 2020.\n- Hỗ trợ 20 triệu đồng cho mỗi hộ nghèo."
    one, two = (extract(Source((text,)), doc_id).rows for doc_id in ("d1", "d2"))
    assert one["targets"] and one["funding"]
    for name, rows in one.items():
        key = TABLES[name].key
        if key:
            assert not {getattr(r, key) for r in rows} & {getattr(r, key) for r in two[name]}, name


def test_unknown_column_or_table_is_a_breach(tmp_path):
    source = folder_of(tmp_path, {"a.txt": plan_text()})
    for document, rows in (({"colour": "red"}, {}), ({"doc_id": "d1"}, {}), ({}, {"failures": []})):
        steps = Steps(fake_read, lambda s, d, c=document, r=rows: FakeExtraction("text", {"doc_type": "plan"} | c, r))
        (failure,) = run(source, tmp_path / "out", steps=steps).failures
        assert failure.error_type == "contract_breach"


def test_no_text_is_a_failure(tmp_path):
    steps = Steps(fake_read, lambda source, doc_id: FakeExtraction(" \n", {"doc_type": "plan"}, {}))
    (failure,) = run(folder_of(tmp_path, {"a.txt": plan_text()}), tmp_path / "out", steps=steps).failures
    assert failure.error_type == "empty_file"


def test_equal_bytes_and_equal_number_are_duplicates(tmp_path):
    files = THREE | {"d.txt": plan_text(), "e.txt": plan_text(share="5"), "f.txt": plan_text(number="", share="6")}
    out = tmp_path / "out"
    run(folder_of(tmp_path, files), out, steps=STEPS)
    documents = {d["source_path"]: d for d in read_rows(out, "documents")}
    assert len({d["doc_id"] for d in documents.values()}) == 6
    original = documents["a.txt"]["doc_id"]
    repeats = {name: d["duplicate_of"] for name, d in documents.items() if d["duplicate_of"]}
    assert repeats == {"d.txt": original, "e.txt": original}
    found = [f for f in read_rows(out, "findings") if f["check"] == "duplicate_document"]
    said = {f["doc_id"]: f for f in found}
    assert set(said) == {documents[n]["doc_id"] for n in ("a.txt", "d.txt", "e.txt")}
    assert {n: said[documents[n]["doc_id"]]["severity"] for n in ("a.txt", "d.txt", "e.txt")} == {
        "a.txt": "warning", "d.txt": "info", "e.txt": "warning"
    }  # fmt: skip
    assert "a.txt" in said[documents["e.txt"]["doc_id"]]["message"]
    assert "e.txt" in said[original]["message"] and "d.txt" not in said[original]["message"]
    assert {r["doc_id"] for r in read_rows(out, "comparison")} == {
        documents[n]["doc_id"] for n in ("a.txt", "b.txt", "deep/c.txt", "f.txt")
    }


def test_doc_id_comes_from_the_content_not_the_name(tmp_path):
    run(folder_of(tmp_path / "1", {"a.txt": plan_text()}), tmp_path / "one", steps=STEPS)
    run(folder_of(tmp_path / "2", {"other.txt": plan_text()}), tmp_path / "two", steps=STEPS)
    one, two = (read_rows(tmp_path / name, "documents")[0]["doc_id"] for name in ("one", "two"))
    assert one == two
    assert len(one) == 17 and one[0] == "d"


def test_which_files_are_read(tmp_path):
    source = folder_of(
        tmp_path, THREE | {".hidden": "", ".git/x.txt": "", "~$a.docx": "", "Thumbs.db": "", "out/old.txt": plan_text()}
    )
    os.symlink(source, source / "deep" / "loop")
    os.symlink(source / "nowhere", source / "gone.txt")
    os.mkfifo(source / "pipe.txt")
    result = run(source, source / "out", steps=STEPS)
    assert [o.name for o in result.outcomes] == ["a.txt", "b.txt", "deep/c.txt", "gone.txt", "pipe.txt"]
    assert {(f.source_path, f.stage, f.error_type, f.source_sha256) for f in result.failures} == {
        ("gone.txt", "open", "unreadable_file", None),
        ("pipe.txt", "open", "unreadable_file", None),
    }


def test_names_that_are_no_text_and_names_in_another_form(tmp_path):
    source = folder_of(tmp_path, {"ho\u0323.txt": plan_text()})
    (source / os.fsdecode(b"caf\xe9.txt")).write_text("broken", encoding="utf-8")
    result = run(source, tmp_path / "out", steps=STEPS)
    assert [o.name for o in result.outcomes] == ["caf\N{REPLACEMENT CHARACTER}.txt", "h\u1ecd.txt"]


def test_one_file_as_input(tmp_path):
    source = folder_of(tmp_path, THREE)
    result = run(source / "deep" / "c.txt", tmp_path / "out", steps=STEPS)
    assert [o.name for o in result.outcomes] == ["c.txt"]


def test_no_such_input_and_nothing_to_read(tmp_path):
    out = tmp_path / "out"
    with pytest.raises(UsageError, match="no such file or folder"):
        run(tmp_path / "nowhere", out, steps=STEPS)
    assert not out.exists()
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(NothingToRead):
        run(empty, out, steps=STEPS)
    assert len(tables_in(out)) == len(TABLES) - 1
    run(folder_of(tmp_path, THREE), out, steps=STEPS)
    before = tables_in(out)
    with pytest.raises(NothingToRead):
        run(empty, out, steps=STEPS)
    assert tables_in(out) == before


def test_output_that_cannot_be_written_is_told_before_the_work(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputNotWritable, match="out"):
        run(folder_of(tmp_path, THREE), tmp_path / "out", steps=failing(AssertionError("no work expected")))


def test_the_listener_is_told_of_each_file_and_of_the_end(tmp_path):
    class Told(list):
        def started(self, total):
            self.append(total)

        def finished(self, outcome):
            self.append(outcome.name)

        def ended(self):
            self.append("end")

    told = Told()
    with pytest.raises(KeyboardInterrupt):
        run(folder_of(tmp_path, THREE), tmp_path / "out", steps=failing(KeyboardInterrupt()), listener=told)
    assert told == [3, "a.txt", "end"]
