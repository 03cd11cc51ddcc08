"""The language pipeline: exact offsets, folding, roles, funding sources, places, look-up by range, speed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Span

from extractors.language.fold import fold_word
from extractors.language.phrases import source_of
from extractors.language.pipeline import analyse, language
from extractors.language.reading import Reading
from extractors.language.words import Words


def found(group: str, text: str) -> list[Span]:
    doc = analyse(text)
    return list(doc.spans[group])


def labelled(group: str, text: str) -> str:
    return "; ".join(f"{s.text}={s.label_}" for s in found(group, text))


# --- tokenizer -------------------------------------------------------------------------------------------------------

ALPHABET = st.one_of(
    st.text(alphabet=" \t\n\u00a0\u200b_-–.,;:%/()1234567890½²ĐđUỷủyòaáệ̉aAbc", max_size=60),
    st.text(max_size=40),
)


@settings(deadline=None)
@given(ALPHABET)
def test_tokens_are_the_text(text: str) -> None:
    doc = language().tokenizer(text)
    assert doc.text == text
    for token in doc:
        assert text[token.idx : token.idx + len(token)] == token.text
    plain, of_doc = Words.of_text(text), Words.of_doc(doc)
    assert (plain.words, plain.starts, plain.norms) == (of_doc.words, of_doc.starts, of_doc.norms)


def test_tokens_are_syllables_numbers_and_marks() -> None:
    doc = language().tokenizer("Sở LĐ-TB&XH hỗ trợ 1.234,5 triệu đồng/hộ.\nHết.")
    assert [t.text for t in doc] == [
        "Sở", "LĐ", "-", "TB", "&", "XH", "hỗ", "trợ", "1.234,5", "triệu", "đồng", "/", "hộ", ".", "\n", "Hết", ".",
    ]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [("Uỷ", "ủy"), ("HOÁ", "hóa"), ("–", "-"), ("“", '"'), ("Thuỷ", "thủy")])
def test_norm_folds_spelling(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other)


# --- spans -----------------------------------------------------------------------------------------------------------


def test_spans_in_keeps_to_the_range() -> None:
    text = "Sở Y tế, Sở Tài chính, Sở Nội vụ"
    reading = Reading.of_text(text)
    assert [s.text for s in reading.spans_in("agencies", 0, len(text))] == ["Sở Y tế", "Sở Tài chính", "Sở Nội vụ"]
    assert [s.text for s in reading.spans_in("agencies", 1, len(text) - 1)] == ["Sở Tài chính"]
    assert all(text[s.start_char : s.end_char] == s.text for s in reading.spans_in("agencies", 0, len(text)))


SENTENCES = (
    "Giao Sở Y tế chủ trì, phối hợp với các Sở: Tài chính, Nội vụ và UBND các huyện, thị xã, thành phố thực hiện.\n"
    "Kinh phí  từ ngân sách tỉnh, huyện và  vốn vay Ngân hàng Chính sách xã hội tỉnh; "
    "Ủy ban nhân dãn xã lo phần còn lại."
)


@pytest.mark.parametrize("text", [SENTENCES, " " + SENTENCES, SENTENCES.upper(), SENTENCES.replace("  ", " ")])
@pytest.mark.parametrize("group", ["agencies", "funding_sources", "roles"])
def test_the_spacy_pipeline_finds_what_the_extractors_read(group: str, text: str) -> None:
    def told(spans: list) -> list[tuple]:
        return [(s.text, s.start_char, s.end_char, s.label_, s.id_, s.kb_id_) for s in spans]

    spans = getattr(Reading.of_text(text), group).spans
    assert told(spans) == told(found(group, text))
    assert len(spans) >= 2


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Sở Y tế",
                "UBND các xã",
                "chủ trì",
                "ngân sách tỉnh, huyện",
                "xã Tân An",
                ",",
                "và",
                ":",
                "\n",
                "Hội",
                "các",
            ]
        ),
        max_size=25,
    )
)
def test_spans_never_overlap(words: list[str]) -> None:
    doc = analyse(" ".join(words))
    for group in ("agencies", "roles", "funding_sources", "places"):
        spans = list(doc.spans[group])
        assert all(a.end <= b.start for a, b in pairwise(spans))


# --- roles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Y tế chủ trì, phối hợp với Sở Tài chính", "chủ trì=lead; phối hợp với=coordinate"),
        ("Sở Y tế là cơ quan thường trực", "là cơ quan thường trực=lead"),
        ("Chủ trì phối hợp cùng các sở", "Chủ trì=lead; phối hợp cùng=coordinate"),
        ("Giao Sở Nội vụ làm đầu mối", "Giao=assign; làm đầu mối=lead"),
        ("Đề nghị Hội Nông dân tỉnh tuyên truyền", "Đề nghị=request"),
        ("UBND cấp xã có trách nhiệm rà soát", "có trách nhiệm=responsible"),
        ("Phân công các thành viên; yêu cầu báo cáo", "Phân công=assign; yêu cầu=assign"),
        ("xây dựng quy chế phối hợp", ""),
        ("an toàn giao thông, giao dịch, bàn giao", ""),
        ("nhiệm vụ được giao", ""),
        ("giao đất, giao rừng cho hộ", ""),
    ],
)
def test_roles(text: str, expected: str) -> None:
    assert labelled("roles", text) == expected


# --- funding sources -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("từ ngân sách tỉnh, huyện, xã", "ngân sách tỉnh=provincial_budget; huyện=district_budget; xã=commune_budget"),
        ("ngân sách trung ương, địa phương", "ngân sách trung ương=central_budget; địa phương=local_budget"),
        ("Ngân sách Nhà nước đảm bảo", "Ngân sách Nhà nước=state_budget"),
        ("theo Luật Ngân sách nhà nước", ""),
        ("do Trung ương phân bổ", "do Trung ương phân bổ=central_budget"),
        ("vốn tín dụng ưu đãi", "vốn tín dụng ưu đãi=credit"),
        ("vốn vay từ Ngân hàng Chính sách xã hội", "vốn vay từ Ngân hàng Chính sách xã hội=credit"),
        ("nguồn vốn ODA", "nguồn vốn ODA=oda"),
        ("vốn trái phiếu Chính phủ", "vốn trái phiếu Chính phủ=government_bonds"),
        ("nguồn xã hội hoá", "nguồn xã hội hoá=social_mobilisation"),
        ("các nhà hảo tâm ủng hộ", "các nhà hảo tâm=social_mobilisation; ủng hộ=social_mobilisation"),
        ("vốn đối ứng của hộ gia đình", "vốn đối ứng của hộ gia đình=community"),
        ("đóng góp của người dân", "đóng góp của người dân=community"),
        ("đóng góp của doanh nghiệp", "đóng góp của doanh nghiệp=social_mobilisation"),
        ("các nguồn vốn hợp pháp khác", "các nguồn vốn hợp pháp khác=other"),
        ("nguồn kinh phí hợp pháp khác theo quy định", "nguồn kinh phí hợp pháp khác=other"),
        ("vốn lồng ghép từ các chương trình", "lồng ghép từ các chương trình=integrated_programmes"),
        ("lồng ghép các chương trình, dự án khác", "lồng ghép các chương trình, dự án khác=integrated_programmes"),
        ("vốn đầu tư của doanh nghiệp", "vốn đầu tư của doanh nghiệp=enterprise"),
        ("ngân sách huyện, thị xã, thành phố", "ngân sách huyện, thị xã, thành phố=district_budget"),
        ("NSTW và NSĐP", "NSTW=central_budget; NSĐP=local_budget"),
        ("ngân sách cấp tỉnh và cấp huyện", "ngân sách cấp tỉnh=provincial_budget; cấp huyện=district_budget"),
        ("tăng thu ngân sách hằng năm", ""),
        ("tổ chức hội nghị cho người dân", ""),
        ("xã hội số, kinh tế số", ""),
    ],
)
def test_funding_sources(text: str, expected: str) -> None:
    assert labelled("funding_sources", text) == expected


def test_strength_is_told_by_the_rule() -> None:
    ids = {s.text: s.id_ for s in found("funding_sources", "vốn vay; vốn ODA")}
    assert ids == {"vốn vay": "context.credit_in_context", "vốn ODA": "strong.oda"}


def test_city_budget_depends_on_issuer() -> None:
    (span,) = found("funding_sources", "từ ngân sách thành phố")
    assert source_of(span, city_is_province=True) == "provincial_budget"
    assert source_of(span, city_is_province=False) == "district_budget"


# --- places ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "tại xã Minh Tân, huyện Kiến Xương, tỉnh Thái Bình.",
            "xã Minh Tân=commune; huyện Kiến Xương=district; tỉnh Thái Bình=province",
        ),
        ("ở thành phố Phan Rang - Tháp Chàm", "thành phố Phan Rang - Tháp Chàm=district"),
        ("phường 5, quận 10", "phường 5=commune; quận 10=district"),
        ("thị trấn Ea T'ling", "thị trấn Ea T'ling=commune"),
        ("thôn Đông và bản Mòng", "thôn Đông=village; bản Mòng=village"),
        ("đặc khu Phú Quốc", "đặc khu Phú Quốc=commune"),
        ("các xã nghèo, 40 xã", ""),
        ("Tỉnh ủy, tỉnh Đoàn", ""),
    ],
)
def test_places(text: str, expected: str) -> None:
    assert labelled("places", text) == expected
