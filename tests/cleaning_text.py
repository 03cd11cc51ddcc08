"""A plan written for the tests of cleaning, and how they clean it."""

from __future__ import annotations

import textwrap

from extractors.cleaning import clean
from extractors.cleaning.lines import Draft
from extractors.plan import Source


def cleaned(*pages: str) -> str:
    """The cleaned text of a document of one or more pages."""
    return clean(Source(pages, paged=len(pages) > 1)).text


def run(text: str, *steps) -> list[str]:
    """The lines of `text` after some steps only."""
    draft = Draft.of(Source((text,)))
    for step in steps:
        step(draft)
    return [line.text for line in draft.lines]


def wrapped(paragraphs: list[str], width: int, indent: int = 0) -> str:
    """Paragraphs as a hard-wrapped file gives them, without blank lines."""
    lines = (
        textwrap.fill(p, width, initial_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
        for p in paragraphs
    )
    return "\n".join(lines)


BODY = [
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Mục đích",
    "- Phát triển du lịch cộng đồng gắn với gìn giữ nếp nhà sàn, tạo việc làm cho thanh niên các bản vùng cao"
    " và tăng thu nhập cho người dân.",
    "- Giới thiệu ẩm thực, thổ cẩm và lễ hội mùa hoa ban đến du khách trong nước; từng bước hình thành các tuyến"
    " tham quan liên xã.",
    "2. Yêu cầu",
    "- Các phòng, ban của huyện phân công cán bộ theo dõi từng bản, báo cáo kết quả hằng tháng và kịp thời"
    " tháo gỡ vướng mắc.",
    "- Việc thực hiện phải tiết kiệm, không phô trương; ưu tiên hộ nghèo có nhà sàn đủ điều kiện đón khách.",
    "II. CHỈ TIÊU VÀ NHIỆM VỤ",
    "1. Đến hết năm 2026 có 12 bản được công nhận điểm du lịch, đón ít nhất 45.000 lượt khách mỗi năm.",
    "2. Mở 08 lớp truyền nghề dệt cho 240 phụ nữ, trong đó có 60% là người thuộc hộ nghèo và hộ cận nghèo của các xã.",
    "3. Sở Lao động - Thương binh và Xã hội hướng dẫn quy trình mở lớp theo Nghị định số 61/2015/NĐ-CP ngày 09/7/2015"
    " của Chính phủ.",
]
HEAD = [
    "ỦY BAN NHÂN DÂN TỈNH MƯỜNG HOA",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 17/KH-UBND",
    "Mường Hoa, ngày 04 tháng 3 năm 2024",
    "KẾ HOẠCH",
    "PHÁT TRIỂN DU LỊCH CỘNG ĐỒNG NĂM 2024",
    "Căn cứ Luật Du lịch ngày 19 tháng 6 năm 2017;",
    "Căn cứ Nghị quyết số 08/NQ-HĐND ngày 12/12/2023 của Hội đồng nhân dân tỉnh về du lịch.",
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:",
]
CLOSING = [
    "Trên đây là Kế hoạch phát triển du lịch cộng đồng năm 2024, các đơn vị nghiêm túc thực hiện./.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN",
    "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "Lò Văn Páo",
]
MORE = [
    "III. GIẢI PHÁP",
    "Để đạt các chỉ tiêu trên, toàn huyện làm tốt các việc sau:",
    "1. Tuyên truyền trên báo, đài",
    "Hình thức thực hiện: Phát sóng chuyên mục hằng tuần.",
    "Cơ quan thực hiện: Đài Phát thanh - Truyền hình tỉnh.",
    "2. Công tác phối hợp giữa các đơn vị",
    "a) Công an huyện giữ gìn trật tự các lễ hội trong giai đoạn 2024 - 2026.",
    "b) Phòng Y tế kiểm tra bếp ăn của các hộ đón khách.",
]
