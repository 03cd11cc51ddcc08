"""Documents that repeat another one: found however they come, and never two plans that merely share a template."""

from __future__ import annotations

import datetime
import json
import random
import sqlite3
import textwrap

import docx
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.duplicates import Marks, repeats_of
from pipeline.likeness import Wording, identity_of, likeness_of, signs_of
from pipeline.repeat_findings import repeat_findings, severity_of
from pipeline.run import Options, run
from pipeline.store import FACTS, HIDDEN
from pipeline.summary import Summary
from pipeline.writers import read_rows
from schemas.records import TABLES, Document

HEAD = """ỦY BAN NHÂN DÂN
HUYỆN {place}
Số: {number}/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{place}, ngày {day} tháng 02 năm {year}
"""
BODY = """KẾ HOẠCH
Cải tạo vườn tạp và nước sạch nông thôn huyện {place} năm {year}
I. MỤC TIÊU
1. Cải tạo {a} ha vườn tạp, trong đó vùng ven sông {b} ha và vùng đồi {c} ha.
2. Nâng tỷ lệ hộ dân dùng nước sạch lên {d}% vào cuối năm {year}.
3. Xây mới {e} công trình cấp nước tập trung tại các xã vùng cao của huyện {place}.
4. Vận động {f} hộ gia đình trồng cây ăn quả có múi, mỗi hộ không dưới 45 gốc.
5. Giảm tỷ lệ hộ nghèo toàn huyện xuống còn 6,5% so với đầu năm.
II. NHIỆM VỤ
1. Mở 14 lớp tập huấn kỹ thuật ghép cành cho 420 nông dân trước ngày 30 tháng 6.
2. Hỗ trợ mỗi hộ tham gia 3 triệu đồng tiền cây giống và 150 kg phân hữu cơ.
3. Sửa chữa 27 giếng khoan đã hỏng, thay 18 máy bơm cũ ở các trường tiểu học.
4. Phòng Nông nghiệp chủ trì, phối hợp với Hội Nông dân huyện kiểm tra 2 lần trong quý III.
5. Trạm Khuyến nông lập danh sách 36 thôn bản ưu tiên gửi huyện trước ngày 20 tháng 3.
6. Đoàn Thanh niên huyện {place} tổ chức 5 ngày thứ bảy tình nguyện đào mương thoát nước dài 12 km.
III. KINH PHÍ
Tổng kinh phí 8.400 triệu đồng, gồm ngân sách huyện 5.100 triệu đồng và nhân dân đóng góp 3.300 triệu đồng.
Chi tập huấn 260 triệu đồng, chi cây giống 4.740 triệu đồng, chi công trình nước 3.400 triệu đồng.
IV. TỔ CHỨC THỰC HIỆN
Các xã báo cáo kết quả về Phòng Nông nghiệp huyện trước ngày 15 tháng 12 để tổng hợp.
Hội Liên hiệp Phụ nữ huyện nhân rộng 9 mô hình vườn mẫu đã làm tốt tại xã Đồng Lạch.
Trung tâm Y tế lấy 64 mẫu nước xét nghiệm, công khai kết quả tại nhà văn hóa thôn sau 10 ngày.
"""
FIGURES = {"place": "Khau Ngàn", "number": "41", "day": "12", "year": 2024} | dict(
    zip("abcdef", (320, 180, 140, 92, 7, 1250), strict=True)
)
NEXT_YEAR = {"year": 2025, "a": 350, "b": 200, "c": 150, "d": 95}
PORTAL = "Trang tin huyện nhà » Văn bản điều hành » Cập nhật lúc sáng nay\n"


def plan(head=HEAD, **changed) -> str:
    """The plan of a year and a district; with no head, as a page of a portal may show it."""
    return (head + BODY).format(**FIGURES | changed)


def rewrapped(text: str) -> str:
    """The same text with the lines of another page width."""
    return "\n".join(line for paragraph in text.split("\n") for line in textwrap.wrap(paragraph, 58))


def in_word(path, text: str) -> None:
    """The same text as a Word file."""
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(path)


def read(tmp_path, files: dict[str, str], jobs: int = 0):
    """The documents by path after a run over `files`."""
    for name, text in files.items():
        path = tmp_path / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        in_word(path, text) if name.endswith(".docx") else path.write_text(text, encoding="utf-8")
    run(tmp_path / "raw", tmp_path / "out", options=Options(jobs=jobs))
    return documents_in(tmp_path / "out")


def documents_in(out):
    return {row["source_path"]: row for row in read_rows(out, "documents")}


def repeats(documents) -> dict[str, str]:
    """Which path repeats which."""
    paths = {row["doc_id"]: path for path, row in documents.items()}
    return {path: paths[row["duplicate_of"]] for path, row in documents.items() if row["duplicate_of"]}


def tables_in(out):
    """All tables but `runs`, which holds times."""
    return {name: read_rows(out, name) for name in TABLES if name != "runs"}


def test_the_same_plan_from_two_portals(tmp_path):
    files = {
        "office.txt": plan(),
        "a-portal.txt": PORTAL + rewrapped(plan(head="")),
        "draft.docx": plan(number="     ", day="   "),
    }
    found = read(tmp_path, files)
    assert repeats(found) == {"a-portal.txt": "office.txt", "draft.docx": "office.txt"}
    findings = {f["doc_id"]: f for f in read_rows(tmp_path / "out", "findings") if f["check"] == "duplicate_document"}
    message = findings[found["a-portal.txt"]["doc_id"]]["message"]
    assert "office.txt (41/KH-UBND)" in message and "%, không thấy số liệu nào khác" in message
    compared = read_rows(tmp_path / "out", "comparison")
    assert compared and {row["doc_id"] for row in compared} == {found["office.txt"]["doc_id"]}


@pytest.mark.parametrize(
    "other",
    [
        plan(**NEXT_YEAR, number="17"),
        plan(**NEXT_YEAR, head=""),
        plan(number="42"),
        plan(day="13"),
        plan(place="Đồng Lạch", number="41"),
        plan(place="Thượng Khê", head=""),
        plan(d=93, head=""),
        plan(**NEXT_YEAR, number="   ", day="   "),
    ],
    ids=["next year", "next year, no head", "number", "date", "district", "district, no head", "figure", "blank"],
)
def test_plans_of_one_template_are_no_duplicates(tmp_path, other):
    assert repeats(read(tmp_path, {"one.txt": plan(), "two.txt": other})) == {}


def test_a_text_that_says_nothing_of_itself_goes_with_the_plan_whose_figures_it_has(tmp_path):
    files = {
        "2024.txt": plan(),
        "2025.txt": plan(**NEXT_YEAR, number="17"),
        "x.txt": PORTAL + plan(head="", **NEXT_YEAR),
        "y.txt": PORTAL + rewrapped(plan(head="")),
    }
    assert repeats(read(tmp_path, files)) == {"x.txt": "2025.txt", "y.txt": "2024.txt"}


def test_the_best_known_is_the_original_whatever_its_name(tmp_path):
    files = {"a.txt": plan(head=""), "b.txt": PORTAL + plan(head=""), "z.txt": plan()}
    assert repeats(read(tmp_path, files)) == {"a.txt": "z.txt", "b.txt": "z.txt"}


def test_two_notes_of_one_form_stay_apart(tmp_path):
    """Little text with few figures is no proof, however alike."""
    note = (
        "Kính gửi các xã, thị trấn. Đề nghị các đơn vị rà soát, báo cáo tình hình cấp nước về huyện để tổng hợp. " * 3
    )
    assert repeats(read(tmp_path, {"one.txt": note + "Nơi nhận: lưu", "two.txt": note + "Nơi gửi: kho"})) == {}


def doubts(out) -> dict[str, tuple[str, str]]:
    """What is said of documents that repeat others or are repeated: severity and message by path."""
    paths = {row["doc_id"]: path for path, row in documents_in(out).items()}
    found = [f for f in read_rows(out, "findings") if f["check"] == "duplicate_document"]
    assert len({f["finding_id"] for f in found}) == len(found)
    return {paths[f["doc_id"]]: (f["severity"], f["message"]) for f in found}


@pytest.mark.parametrize("changed", [{"d": 93}, {"d": "92,5"}, {"f": "1.520"}, {"a": 321, "b": 181}])
def test_a_corrected_figure_under_the_same_number_is_told_on_both(tmp_path, changed):
    found = read(tmp_path, {"first.txt": plan(), "second.txt": PORTAL + rewrapped(plan(**changed))})
    assert repeats(found) == {"second.txt": "first.txt"}
    said = doubts(tmp_path / "out")
    assert {path: severity for path, (severity, _) in said.items()} == {"first.txt": "error", "second.txt": "error"}
    assert "first.txt (41/KH-UBND)" in said["second.txt"][1] and "second.txt" in said["first.txt"][1]
    assert all(f" {len(changed)}/" in message and "đối chiếu" in message for _, message in said.values())
    told = CliRunner().invoke(app, ["run", str(tmp_path / "raw"), "--out", str(tmp_path / "out")])
    assert (
        "Repeats that differ from what they repeat (1)" in told.stdout and "second.txt repeats first.txt" in told.stdout
    )
    told = CliRunner().invoke(app, ["run", str(tmp_path / "raw"), "--out", str(tmp_path / "out"), "--json"])
    (doubt,) = json.loads(told.stdout)["doubtful_repeats"]
    assert (doubt["source_path"], doubt["repeats"]) == ("second.txt", "first.txt")
    assert (doubt["differ"], doubt["severity"]) == (len(changed), "error")
    shown = CliRunner().invoke(app, ["show", "first.txt", "--tables", str(tmp_path / "out")])
    assert "error duplicate_document" in shown.stdout


def test_a_corrected_magnitude_is_told(tmp_path):
    files = {"a.txt": plan(), "b.txt": plan().replace("8.400 triệu", "8.400 tỷ")}
    read(tmp_path, files)
    assert {path: severity for path, (severity, _) in doubts(tmp_path / "out").items()} == dict.fromkeys(files, "error")


def test_the_same_figures_written_otherwise_are_no_contradiction(tmp_path):
    other = plan(f="1250").replace("3 triệu", "3 triẹu").replace("dưới 45 gốc", "dưới 45 Gốc")
    read(tmp_path, {"a.txt": plan(f="1.250"), "b.txt": PORTAL + other})
    assert [severity for severity, _ in doubts(tmp_path / "out").values()] == ["info"]


def test_a_corrected_figure_goes_from_the_tables_with_its_file(tmp_path):
    files = {"first.txt": plan(), "second.txt": plan(d=93)}
    read(tmp_path, files)
    assert set(doubts(tmp_path / "out")) == set(files)
    (tmp_path / "raw" / "second.txt").unlink()
    read(tmp_path, {})
    assert doubts(tmp_path / "out") == {}


def test_other_words_under_the_same_number_are_told(tmp_path):
    annex = HEAD.format(**FIGURES) + "KẾ HOẠCH\n" + "Danh sách hộ đăng ký trồng bưởi theo từng thôn năm nay. " * 30
    read(tmp_path, {"annex.txt": annex, "plan.txt": plan()})
    told = doubts(tmp_path / "out").values()
    assert {severity for severity, _ in told} == {"warning"}


def test_a_part_of_a_plan_under_its_number_repeats_it(tmp_path):
    """Its first page alone, or the plan with a long annex."""
    lines = (f"{n}. Thôn {n} của xã Đồng Lạch: {n * 7} cây bưởi, {n + 3} hộ" for n in range(400))
    annex = "\n".join(["\nPHỤ LỤC", *lines])
    files = {"a.txt": plan(), "first-page.txt": plan().split("III. KINH")[0], "with-annex.txt": plan() + annex}
    assert repeats(read(tmp_path, files)) == {"first-page.txt": "a.txt", "with-annex.txt": "a.txt"}


def test_incremental_runs_end_where_a_fresh_one_does(tmp_path):
    """Copies that come before, after and without their original; each time as if all had been read at once."""
    office, portal, draft = plan(), PORTAL + rewrapped(plan(head="")), rewrapped(plan(number="    ", day="   "))
    steps = [
        {"p.txt": portal},
        {"p.txt": portal, "q.txt": draft},
        {"p.txt": portal, "q.txt": draft, "r.txt": office},
        {"p.txt": portal, "q.txt": draft, "other.txt": plan(**NEXT_YEAR, number="17")},
        {"q.txt": draft},
    ]
    said = []
    for number, files in enumerate(steps):
        for path in (tmp_path / "raw").glob("*") if number else ():
            path.unlink() if path.name not in files else None
        said.append(repeats(read(tmp_path, files)))
        fresh = tmp_path / f"fresh{number}"
        run(tmp_path / "raw", fresh)
        assert tables_in(tmp_path / "out") == tables_in(fresh)
    assert said == [{}, {"p.txt": "q.txt"}, {"p.txt": "r.txt", "q.txt": "r.txt"}, {"p.txt": "q.txt"}, {}]


def test_the_command_says_how_many_repeat_others(tmp_path):
    read(tmp_path, {"a.txt": PORTAL + plan(head=""), "c.txt": plan()})
    said = CliRunner().invoke(app, ["run", str(tmp_path / "raw"), "--out", str(tmp_path / "out")])
    assert "2 documents read, 0 failed, 1 repeats another" in said.stdout


def test_the_number_of_jobs_does_not_matter(tmp_path):
    files = {"a.docx": plan(head=""), "b.txt": PORTAL + plan(head=""), "c.txt": plan(), "d.txt": plan(day="9")}
    assert repeats(read(tmp_path, files)) == {"a.docx": "c.txt", "b.txt": "c.txt"}
    run(tmp_path / "raw", tmp_path / "two", options=Options(jobs=2))
    assert tables_in(tmp_path / "two") == tables_in(tmp_path / "out")


def test_a_store_of_an_earlier_format_is_read_anew(tmp_path):
    files = {"a.txt": PORTAL + plan(head=""), "c.txt": plan()}
    before = read(tmp_path, files)
    with sqlite3.connect(tmp_path / "out" / HIDDEN / FACTS) as database:
        database.execute("ALTER TABLE facts DROP COLUMN wording")
        database.execute("PRAGMA user_version=1")
    assert read(tmp_path, files) == before
    assert repeats(before) == {"a.txt": "c.txt"}


def marks(name: str, text: str, **known):
    """A document as the run knows it, with its likeness."""
    document = Document(
        doc_id=name, source_path=name, source_sha256=name, media_type="text/plain", text=text, extractor_version="1",
        **{"text_source": "text", "doc_type": "plan"} | known,
    )  # fmt: skip
    wording = Wording.of(text)
    about = Marks(Summary(name, name), list(signs_of(document, wording)), identity_of(document))
    return about, likeness_of(wording)


def repeated(documents):
    """The repeats among documents."""
    likeness = {about.document.doc_id: like for about, like in documents}
    return repeats_of([about for about, _ in documents], likeness.get)


def test_foreign_letters_are_words_like_others():
    """What OCR makes of a stamp has no plain letters."""
    stamp = " 囗囗 Đóng dấu 囗 đỏ"
    documents = [marks("a", plan() + stamp, **KNOWN), marks("b", plan(d=9) + stamp, **KNOWN)]
    assert [repeat.differ for repeat in repeated(documents)] == [1]


def elected(*documents) -> dict[str, str]:
    """Which of these repeats which, the same in any order."""
    likeness = {about.document.doc_id: like for about, like in documents}
    answers = []
    for seed in range(6):
        shuffled = [about for about, _ in documents]
        random.Random(seed).shuffle(shuffled)
        answers.append({r.document.doc_id: r.original.doc_id for r in repeats_of(shuffled, likeness.get)})
    assert all(answer == answers[0] for answer in answers)
    return answers[0]


KNOWN = {"doc_number": "41/KH-UBND", "issuer": "Ủy ban nhân dân huyện Khau Ngàn", "issuer_level": "district"}
KNOWN |= {"issued_date": datetime.date(2024, 2, 12), "province_code": "15", "district_code": "140"}


def misread(text: str, every: int) -> str:
    """The text with a wrong letter or figure now and then, as a poor scan gives it."""
    swap = str.maketrans("nhuo3580", "mbua8369")
    words = text.split(" ")
    words[7::every] = [word.translate(swap) for word in words[7::every]]
    return " ".join(words)


def test_a_misread_scan_repeats_the_text_with_its_number():
    scan = {"text_source": "ocr", "doc_number": "41/KH", "issuer": "Uy bam nhân dâm huyện", "issued_date": None}
    found = elected(marks("text", plan(), **KNOWN), marks("scan", misread(plan(), 9), **KNOWN | scan))
    assert found == {"scan": "text"}


def test_figures_of_a_scan_may_differ_by_misreading_but_no_further():
    """Letters say error at one other figure; a scan misreads some, and warns only beyond what noise explains."""
    scan = KNOWN | {"text_source": "ocr"}
    pairs = {
        "letters": (plan(d=93), KNOWN),
        "noise": (plan(d=93), scan),
        "next year": (plan(**NEXT_YEAR), scan),
        "misread beyond all": (misread(plan(), 3), scan),
    }
    said = {}
    for name, (text, known) in pairs.items():
        documents = [marks("text", plan(), **KNOWN), marks(name, text, **known)]
        (repeat,) = repeats_of(
            [about for about, _ in documents], {a.document.doc_id: like for a, like in documents}.get
        )
        assert repeat.differ > 0
        said[name] = severity_of(repeat)
        assert f"{repeat.differ}/{repeat.figures}" in repeat_findings([repeat])[name].message
        assert ("text" in repeat_findings([repeat])) == (said[name] != "info")
    assert said == {"letters": "error", "noise": "info", "next year": "warning", "misread beyond all": "warning"}


def test_one_message_names_a_few_of_many_repeats():
    documents = [marks("text", plan(), **KNOWN)] + [marks(f"t{n}", plan(d=n), **KNOWN) for n in range(10, 19)]
    repeats = repeated(documents)
    message = repeat_findings(repeats)[repeats[0].original.doc_id].message
    assert message.count("(41/KH-UBND)") == 0 and message.count("1/") == 5 and "và 4 văn bản khác" in message


def test_a_misread_scan_without_a_number_is_not_taken_for_a_plan_that_differs_in_figures():
    scan = {"text_source": "ocr", "doc_number": None, "issued_date": None}
    assert elected(marks("text", plan(), **KNOWN), marks("scan", misread(plan(), 9), **KNOWN | scan)) == {}
    assert elected(marks("text", plan(), **KNOWN), marks("scan", plan(e=8), **KNOWN | scan)) == {}
    assert elected(marks("text", plan(), **KNOWN), marks("scan", plan(head=""), **KNOWN | scan)) == {"scan": "text"}


def test_a_draft_does_not_make_one_of_two_plans():
    """Two numbers for one wording and one set of figures: the draft goes with one of them, the other stays."""
    documents = [
        marks("draft", rewrapped(plan(head="")) + PORTAL, issuer=KNOWN["issuer"]),
        marks("first", plan(), **KNOWN),
        marks("second", plan(number="77"), **KNOWN | {"doc_number": "77/KH-UBND"}),
    ]
    assert list(elected(*documents)) == ["draft"]


def test_a_plan_does_not_repeat_its_draft():
    draft = marks("a-draft", plan(), **KNOWN, is_draft=True)
    assert elected(draft, marks("b-scan", plan(), **KNOWN | {"text_source": "ocr"})) == {"a-draft": "b-scan"}


def test_a_plan_is_not_lost_to_the_decision_that_carries_it():
    decision = marks("decision", PORTAL + plan(head=""), doc_type="decision", doc_number="9/QĐ-UBND")
    assert elected(decision, marks("plan", plan(head=""))) == {}


def test_a_form_filled_in_many_times_is_not_one_document():
    forms = [marks(f"{n:04}", plan(head="", a=n, b=n + 1, c=n + 2)) for n in range(60)]
    assert elected(*forms) == {}
