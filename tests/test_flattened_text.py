"""Plans whose line ends and tables a scraper took away: the title ends before the legal bases, and figures of tables
that were poured into a paragraph are told of, not read."""

from __future__ import annotations

import datetime
import textwrap

import pytest

from extractors.extract import Extraction, extract
from extractors.plan import Source

HEAD = (
    "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN ------- CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
    " --------------- Số: 41/KH-UBND Lạng Sơn, ngày 12 tháng 4 năm 2022 KẾ HOẠCH "
)
BASES = (
    " {} Quyết định số 310/QĐ-TTg ngày 05/3/2022 của Thủ tướng Chính phủ phê duyệt Chương trình đọc sách giai đoạn"
    " 2022 - 2030; UBND tỉnh ban hành Kế hoạch như sau: "
)
BODY = (
    "I. MỤC ĐÍCH, YÊU CẦU 1. Mục đích - Đưa sách về thôn, bản để người dân có chỗ đọc gần nhà. - Khơi dậy thói quen"
    " đọc trong nhà trường và gia đình. 2. Yêu cầu - Việc làm thiết thực, đúng đối tượng. - Báo cáo đúng hạn. "
    "II. MỤC TIÊU - Mở thêm 12 tủ sách thôn. - 90% trường học có góc đọc. {} III. GIẢI PHÁP"
    " 1. Tuyên truyền - Phát động tuần lễ đọc sách trong các trường, khen những em đọc chăm và kể lại hay. - Giới thiệu"
    " sách mới trên đài truyền thanh của xã vào sáng thứ bảy. 2. Nguồn sách - Vận động nhà trường, cán bộ và người xa"
    " quê tặng sách đã đọc. - Luân chuyển sách giữa các thôn theo từng quý để sách luôn mới với người đọc. IV. TỔ CHỨC"
    " THỰC HIỆN 1. Sở Văn hóa, Thể thao và Du lịch chủ trì thực hiện, theo dõi kết quả của các địa"
    " phương. 2. Sở Tài chính bố trí kinh phí. 3. Các"
    " huyện, thành phố rà soát nhà văn hóa để đặt tủ sách, cử người trông coi và mở cửa các buổi tối trong tuần."
    " 4. Các trường học chọn giáo viên phụ trách góc đọc, xếp giờ đọc vào thời khóa biểu và mời phụ huynh cùng đọc."
    " 5. Đài truyền thanh các xã giới thiệu sách, nêu gương những thôn giữ tủ sách sạch đẹp, có nhiều người đến đọc."
)
NUMBERED = (
    "- Chỉ tiêu của các huyện: TT Địa phương Số tủ sách Số đầu sách Năm 2024 1 Huyện Bắc Sơn 4 1.250 3 2 Huyện Văn Quan"
    " 5 1.400 4 3 Huyện Hữu Lũng 3 1.100 2 Cộng 12 3.750 9."
)
RUNS = (
    "- Chỉ tiêu theo năm như sau Nội dung Năm 2022 Năm 2023 Năm 2024 Số tủ sách 3 4 5 Số đầu sách 1.250 1.300 1.400"
    " Lượt bạn đọc 5.000 6.200 7.400."
)


def read(title: str, opening: str = "Thực hiện", table: str = "") -> Extraction:
    """The facts of a plan that is one paragraph, wrapped by hand."""
    text = HEAD + title + BASES.format(opening) + BODY.format(table)
    return extract(Source((textwrap.fill(text, 78, break_long_words=False, break_on_hyphens=False),)), "d0")


@pytest.mark.parametrize("opening", ["Thực hiện", "Triển khai thực hiện", "Căn cứ"])
@pytest.mark.parametrize(
    "title",
    [
        "Đưa sách về cơ sở trên địa bàn tỉnh Lạng Sơn giai đoạn 2022 - 2025",
        "Thực hiện Chương trình đọc sách tỉnh Lạng Sơn giai đoạn 2022 - 2025",
        "ĐƯA SÁCH VỀ CƠ SỞ TRÊN ĐỊA BÀN TỈNH LẠNG SƠN GIAI ĐOẠN 2022 - 2025",
    ],
)
def test_the_title_ends_before_the_legal_bases(title, opening):
    found = read(title, opening)
    assert (found.document["period_start"], found.document["period_end"]) == (2022, 2025)
    assert found.document["issued_date"] == datetime.date(2022, 4, 12)
    assert {t.due_year for t in found.rows["targets"]} == {2025}


def test_without_a_table_all_is_read():
    found = read("Đưa sách về cơ sở giai đoạn 2022 - 2025")
    assert [(t.value_min, t.unit) for t in found.rows["targets"]] == [(12, "item"), (90, "percent")]
    assert not [f for f in found.rows["findings"] if f.check == "unparsed_amount"]


@pytest.mark.parametrize("table", [NUMBERED, RUNS], ids=["numbered rows", "runs of figures"])
def test_figures_of_a_table_without_columns_are_told_of(table):
    found = read("Đưa sách về cơ sở giai đoạn 2022 - 2025", table=table)
    assert [t.value_min for t in found.rows["targets"]] == [12, 90]
    told = [f for f in found.rows["findings"] if f.check == "unparsed_amount"]
    assert len(told) == 1 and found.text[told[0].char_start : told[0].char_end] == told[0].quote


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("- Mỗi năm đón 58.000 - 60.000 lượt bạn đọc; tỷ lệ thôn có tủ sách đạt 45 - 50%.", [58000, 45]),
        ("- Giai đoạn 2022 - 2024 lắp 90 giá sách, năm 2025 lắp 30 giá sách.", [90, 30]),
        ("- Trang bị cho thị trấn (TT) Cao Lộc 2 tủ sách, TT Lộc Bình 3 tủ sách.", [2, 3]),
    ],
)
def test_sentences_with_several_figures_are_no_tables(sentence, values):
    found = read("Đưa sách về cơ sở giai đoạn 2022 - 2025", table=sentence)
    assert [t.value_min for t in found.rows["targets"]] == [12, 90, *values]
