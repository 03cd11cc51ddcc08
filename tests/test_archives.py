"""Archives read like folders, within bounds; what cannot be unpacked is a failure of its own."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_fakes import STEPS, plan_text
from word_builder import Builder

from pipeline.files import InputFile
from pipeline.ingest import archive, errors
from pipeline.ingest.archive import Budget, Unpacked
from pipeline.run import run

PLAN = "KẾ HOẠCH\nTrồng cây xanh trên địa bàn huyện Mường Hoa năm 2024\n1. Mục tiêu: trồng 5.000 cây.\n"


def zipped(files: dict[str, bytes | str], **options) -> bytes:
    """A zip with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """The same zip with every entry marked as encrypted."""
    changed = bytearray(data)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + flags] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)


def expand(folder: Path, data: bytes, name: str = "hồ sơ.zip") -> dict[str, str | type]:
    """What becomes of an archive: by name the text of each member, or its error."""
    path = folder / "a.bin"
    path.write_bytes(data)
    with Unpacked() as unpacked:
        found = unpacked.expand([InputFile(path, name)])
        return {f.name: type(f.error) if f.error else f.path.read_bytes().decode("utf-8", "replace") for f in found}


def test_members_stand_below_the_name_of_the_archive(tmp_path):
    inner = zipped({"b.txt": "B"})
    data = zipped({"2024/kế hoạch.txt": PLAN, "a.txt": "A", "trong/inner.zip": inner, "rỗng/": ""})
    assert expand(tmp_path, data) == {
        "hồ sơ.zip/2024/kế hoạch.txt": PLAN,
        "hồ sơ.zip/a.txt": "A",
        "hồ sơ.zip/trong/inner.zip/b.txt": "B",
    }


def test_unpacked_files_go_when_the_run_ends(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": "A"}))
    with Unpacked() as unpacked:
        (found,) = unpacked.expand([InputFile(tmp_path / "a.zip", "a.zip")])
        assert found.path.exists()
    assert not found.path.exists() and not unpacked.folder.exists()


def test_office_documents_and_other_files_are_left_alone(tmp_path):
    files = []
    for name, data in (("a.docx", Builder().bytes()), ("b.txt", PLAN.encode()), ("c.zip", b"no zip"), ("d", b"")):
        (tmp_path / name).write_bytes(data)
        files.append(InputFile(tmp_path / name, name))
    files.append(InputFile(tmp_path / "e", "e", OSError("gone")))
    files.append(InputFile(tmp_path / "missing", "missing"))
    with Unpacked() as unpacked:
        assert unpacked.expand(files) == files


def test_names_are_made_safe_and_told_apart(tmp_path):
    data = zipped({"../../etc/kế.txt": "1", "/root.txt": "2", "C:\\a\\b.txt": "3", ".ẩn": "4", "__MACOSX/x": "5",
                   "~$kế.docx": "6", "Thumbs.db": "7", "root.txt": "8"})  # fmt: skip
    assert expand(tmp_path, data, "z") == {
        "z/etc/kế.txt": "1",
        "z/root.txt": "2",
        "z/root.txt (2)": "8",
        "z/a/b.txt": "3",
    }
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.bin"]


def test_vietnamese_names_that_are_not_marked_as_utf8(tmp_path):
    data = zipped({"kế hoạch.txt": "1"})
    changed = bytearray(data)
    for signature, flags in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        changed[changed.find(signature) + flags] &= ~0x08
    assert expand(tmp_path, bytes(changed), "z") == {"z/kế hoạch.txt": "1"}


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (zipped({"a.txt": PLAN, "b.txt": PLAN})[:150], errors.CorruptFile),
        (locked(zipped({"a.txt": PLAN})), errors.PasswordProtected),
        (zipped({"a.txt": b"a" * 20_000_000}), errors.CompressionBomb),
        (zipped({str(i): "" for i in range(archive.MAX_MEMBERS + 1)}), errors.TooLarge),
        (zipped({}), errors.EmptyFile),
        (zipped({"ảnh/": "", ".x": "y"}), errors.EmptyFile),
    ],
)
def test_an_archive_that_cannot_be_read_is_one_failure(tmp_path, data, error):
    assert expand(tmp_path, data) == {"hồ sơ.zip": error}


def test_one_broken_member_costs_itself_alone(tmp_path):
    data = bytearray(zipped({"a.txt": PLAN, "b.txt": PLAN * 3}))
    data[data.find(b"a.txt") + 20] ^= 0xFF
    assert expand(tmp_path, bytes(data), "z") == {"z/a.txt": errors.CorruptFile, "z/b.txt": PLAN * 3}


def test_archives_in_archives_end_somewhere(tmp_path):
    data = zipped({"a.txt": "A"})
    for _ in range(archive.MAX_DEPTH + 1):
        data = zipped({"x.zip": data, "b.txt": "B"})
    found = expand(tmp_path, data, "z")
    assert found.pop("z/x.zip/x.zip/x.zip") is errors.NestedTooDeeply
    assert set(found) == {"z/b.txt", "z/x.zip/b.txt", "z/x.zip/x.zip/b.txt"}


def test_the_whole_archive_has_one_budget(tmp_path):
    inner = zipped({f"{i}.txt": "x" for i in range(4)})
    path = tmp_path / "a.bin"
    path.write_bytes(zipped({"a.zip": inner, "b.zip": inner}))
    with Unpacked() as unpacked:
        found = {f.name: f.error for f in unpacked.members(InputFile(path, "z"), 1, Budget(members=8))}
    assert isinstance(found["z/b.zip"], errors.TooLarge) and found["z/a.zip/0.txt"] is None


def test_a_run_reads_members_and_reports_the_rest(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.zip").write_bytes(zipped({"1.txt": plan_text("A"), "2.txt": plan_text("B")}))
    (folder / "b.zip").write_bytes(locked(zipped({"1.txt": PLAN})))
    (folder / "c.txt").write_text(plan_text("C"), encoding="utf-8")
    before = set(os.listdir(archive.tempfile.gettempdir()))
    result = run(folder, tmp_path / "out", steps=STEPS)
    assert [o.name for o in result.outcomes] == ["a.zip/1.txt", "a.zip/2.txt", "b.zip", "c.txt"]
    (failure,) = result.failures
    assert (failure.source_path, failure.error_type) == ("b.zip", "password_protected")
    left = set(os.listdir(archive.tempfile.gettempdir())) - before
    assert not [name for name in left if name.startswith("kehoach-zip-")]


@given(st.data())
def test_flipped_bytes_never_stop_the_run(tmp_path_factory, data):
    good = bytearray(zipped({"a.txt": PLAN, "b/c.txt": PLAN * 2}))
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "flipped.zip"
    path.write_bytes(good)
    with Unpacked() as unpacked:
        assert unpacked.expand([InputFile(path, "z")])
