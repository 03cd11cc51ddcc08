"""Agencies in all their spellings: which spans a phrase has, and with which code."""

from __future__ import annotations

import pytest

from extractors.language.agencies import agency_of, resolve
from extractors.language.reading import Reading
from extractors.language.spans import TermSpan
from schemas.vocabulary import agencies

ONE = """
Sở Lao động - Thương binh và Xã hội|so_ldtbxh
Sở Lao động – Thương binh và Xã hội|so_ldtbxh
Sở Lao động, Thương binh và Xã hội|so_ldtbxh
Sở Lao động Thương binh và Xã hội|so_ldtbxh
Sở Lao động - TB&XH|so_ldtbxh
Sở LĐTBXH|so_ldtbxh
Sở LĐTB&XH|so_ldtbxh
Sở LĐ-TB&XH|so_ldtbxh
Sở LĐ - TB và XH|so_ldtbxh
SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI|so_ldtbxh
Sở NN và PTNT|so_nnptnt
Sở NN&PTNT|so_nnptnt
Sở NNPTNT|so_nnptnt
Sở Nông nghiệp & PTNT|so_nnptnt
Sở Nông nghiệp và PTNT|so_nnptnt
Sở NN&MT|so_nnmt
Sở Nông nghiệp và Môi trường|so_nnmt
Sở TN&MT|so_tnmt
Sở TNMT|so_tnmt
Sở KH&ĐT|so_khdt
Sở Kế hoạch & Đầu tư|so_khdt
Sở KHĐT|so_khdt
Sở GD&ĐT|so_gddt
Sở GDĐT|so_gddt
Sở Giáo dục - Đào tạo|so_gddt
Sở TT&TT|so_tttt
Sở TTTT|so_tttt
Sở VHTT&DL|so_vhttdl
Sở VHTTDL|so_vhttdl
Sở Văn hoá, Thể thao và Du lịch|so_vhttdl
Sở Văn hóa thể thao và Du lịch|so_vhttdl
Sở VH,TT&DL|so_vhttdl
Sở GTVT|so_gtvt
Sở KHCN|so_khcn
Sở KH&CN|so_khcn
Sở Công thương|so_ct
Sở Y tế|so_yt
sở Y tế|so_yt
Sở Dân tộc và Tôn giáo|so_dttg
Giám đốc Sở Nội vụ|so_nv
Giám đốc các Sở Tài chính|so_tc
Ban Dân tộc tỉnh|ban_dan_toc
UBMTTQVN tỉnh|mttq
UBMTTQ tỉnh|mttq
Uỷ ban MTTQ Việt Nam tỉnh|mttq
Ủy ban Mặt trận Tổ quốc Việt Nam các cấp|mttq
MTTQ|mttq
Mặt trận Tổ quốc|mttq
Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh|mttq
UBND tỉnh|ubnd_tinh
Ủy ban nhân dân tỉnh Bình Định|ubnd_tinh
Chủ tịch UBND tỉnh|ubnd_tinh
UBND thành phố Cần Thơ|ubnd_tinh
Ủy ban nhân dân Thành phố Hồ Chí Minh|ubnd_tinh
UBND các huyện, thị xã, thành phố|ubnd_huyen
UBND các huyện thị xã, thành phố|ubnd_huyen
UBND huyện, thành phố|ubnd_huyen
UBND các quận, huyện, thị xã|ubnd_huyen
Uỷ ban nhân dân cấp huyện|ubnd_huyen
Chủ tịch UBND các huyện|ubnd_huyen
Chủ tịch Ủy ban nhân dân các huyện, thành phố, thị xã|ubnd_huyen
UBND huyện Yên Lập|ubnd_huyen
UBND thành phố Việt Trì|ubnd_huyen
UBND TP Việt Trì|ubnd_huyen
UBND quận Ninh Kiều|ubnd_huyen
UBND các huyện: Bắc Bình, Tuy Phong|ubnd_huyen
các huyện, thị xã, thành phố|ubnd_huyen
UBND các xã, phường, thị trấn|ubnd_xa
UBND các xã, phường|ubnd_xa
UBND các xã, phường, đặc khu|ubnd_xa
UBND cấp xã|ubnd_xa
UBND xã Minh Tân|ubnd_xa
UBND phường 5|ubnd_xa
Ủy ban nhân dân xã, phường, thị trấn|ubnd_xa
các xã, phường, thị trấn|ubnd_xa
HĐND các huyện, thành phố|hdnd_huyen
HĐND tỉnh|hdnd_tinh
Văn phòng UBND tỉnh|van_phong_ubnd_tinh
Chánh Văn phòng UBND tỉnh|van_phong_ubnd_tinh
Văn phòng HĐND và UBND huyện|van_phong_huyen
Văn phòng HĐND&UBND huyện|van_phong_huyen
Ban Chỉ đạo tỉnh|ban_chi_dao_tinh
Ban Chỉ đạo chuyển đổi số tỉnh|ban_chi_dao_tinh
Ban chỉ đạo giảm nghèo cấp huyện|ban_chi_dao_huyen
Ban Chỉ đạo các chương trình mục tiêu quốc gia cấp xã|ban_chi_dao_xa
Ban giảm nghèo cấp xã|ban_chi_dao_xa
Công an tỉnh|cong_an_tinh
Công an các huyện, thị xã, thành phố|cong_an_huyen
Công an huyện|cong_an_huyen
Công an các xã, phường|cong_an_xa
Công an cấp xã|cong_an_xa
Bộ CHQS tỉnh|bch_quan_su
BCH QS tỉnh|bch_quan_su
CA tỉnh|cong_an_tinh
Biên phòng tỉnh|bch_bien_phong
các công ty, doanh nghiệp|doanh_nghiep
các cơ quan, ban, ngành|so_nganh_lien_quan
Ban Quản lý dự án đầu tư xây dựng huyện|
Bộ Chỉ huy Quân sự tỉnh|bch_quan_su
Ban CHQS huyện|ban_chqs_huyen
Bộ Chỉ huy Bộ đội Biên phòng tỉnh|bch_bien_phong
BĐBP tỉnh|bch_bien_phong
Thanh tra tỉnh|thanh_tra_tinh
Thanh tra huyện|thanh_tra_huyen
Báo Bắc Giang|bao_tinh
Báo tỉnh|bao_tinh
Đài Phát thanh và Truyền hình tỉnh|dai_ptth
Đài PT-TH tỉnh|dai_ptth
Đài PTTH Bắc Giang|dai_ptth
Báo và Phát thanh, Truyền hình tỉnh|bao_ptth
Báo và phát thanh, truyền hình Vĩnh Long|bao_ptth
Chi nhánh NHCSXH tỉnh|nhcsxh
Chi nhánh Ngân hàng Chính sách xã hội tỉnh|nhcsxh
Ngân hàng CSXH tỉnh|nhcsxh
Phòng giao dịch NHCSXH huyện|nhcsxh
Ngân hàng Nhà nước chi nhánh tỉnh|ngan_hang_nha_nuoc
Cục Thống kê|cuc_thong_ke
Cục Thuế tỉnh|cuc_thue
Kho bạc Nhà nước tỉnh|kho_bac
Bảo hiểm xã hội tỉnh|bhxh
BHXH huyện|bhxh
Cục Quản lý thị trường|quan_ly_thi_truong
Ban Quản lý các khu công nghiệp tỉnh|ban_ql_kcn
Ban Quản lý Khu kinh tế|ban_ql_kcn
Bưu điện tỉnh|buu_dien
Công ty Điện lực Quảng Trị|cong_ty_dien_luc
Viện kiểm sát nhân dân tỉnh|vien_kiem_sat
Tòa án nhân dân tỉnh|toa_an
Toà án nhân dân hai cấp|toa_an
Trường Chính trị tỉnh|truong_chinh_tri
Liên minh Hợp tác xã tỉnh|lien_minh_htx
Liên minh HTX tỉnh|lien_minh_htx
Hội LHPN tỉnh|hoi_phu_nu
Hội Liên hiệp Phụ nữ các cấp|hoi_phu_nu
Hội Nông dân tỉnh|hoi_nong_dan
HND tỉnh|hoi_nong_dan
Hội CCB|hoi_ccb
Tỉnh đoàn|doan_thanh_nien
Đoàn TNCS Hồ Chí Minh tỉnh|doan_thanh_nien
Liên đoàn Lao động tỉnh|lien_doan_lao_dong
LĐLĐ tỉnh|lien_doan_lao_dong
Hội Chữ thập đỏ|hoi_chu_thap_do
Hội Người cao tuổi tỉnh|hoi_nguoi_cao_tuoi
Hội Khuyến học|hoi_khuyen_hoc
Hiệp hội Doanh nghiệp tỉnh|hiep_hoi_doanh_nghiep
Ban Tuyên giáo và Dân vận Tỉnh uỷ|ban_tuyen_giao
Ban Tổ chức Tỉnh ủy|ban_to_chuc
Ban Dân vận Tỉnh ủy|ban_dan_van
Văn phòng Tỉnh ủy|van_phong_tinh_uy
Trung tâm Phục vụ hành chính công tỉnh|trung_tam_hcc
Trung tâm Khuyến nông tỉnh|trung_tam_khuyen_nong
Văn phòng Điều phối nông thôn mới tỉnh|vp_dieu_phoi_ntm
Văn phòng điều phối Chương trình MTQG xây dựng NTM tỉnh|vp_dieu_phoi_ntm
Phòng Lao động - TB&XH|phong_ldtbxh
Phòng LĐTBXH huyện|phong_ldtbxh
Phòng NN&PTNT|phong_nnptnt
Phòng Tài chính - Kế hoạch|phong_tckh
Phòng TC-KH|phong_tckh
Phòng Dân tộc|phong_dan_toc
Phòng Y tế huyện|phong_yt
Phòng Nội vụ|phong_nv
Phòng Tư pháp|phong_tp
Phòng GD&ĐT|phong_gddt
Phòng TN&MT huyện|phong_tnmt
Phòng Văn hóa - Thông tin|phong_vhtt
Phòng VH-TT|phong_vhtt
Phòng Kinh tế và Hạ tầng|phong_kinh_te
Phòng Kinh tế|phong_kinh_te
Phòng Quản lý đô thị|phong_quan_ly_do_thi
Trung tâm Y tế huyện|trung_tam_y_te
Trung tâm Y tế các huyện, thành phố|trung_tam_y_te
Trung tâm Văn hóa, Thông tin và Thể thao huyện|dai_truyen_thanh_huyen
các phòng, ban, ngành|phong_chuyen_mon
các phòng chuyên môn|phong_chuyen_mon
các sở, ban, ngành|so_nganh_lien_quan
các sở, ban, ngành liên quan|so_nganh_lien_quan
Các Sở, ngành liên quan|so_nganh_lien_quan
các sở ngành liên quan|so_nganh_lien_quan
các sở, ban ngành có liên quan|so_nganh_lien_quan
các ngành chức năng|so_nganh_lien_quan
các ngành liên quan|so_nganh_lien_quan
các cấp, các ngành|so_nganh_lien_quan
thủ trưởng các sở, ban, ngành|so_nganh_lien_quan
các cơ quan, đơn vị có liên quan|co_quan_lien_quan
các cơ quan, đơn vị liên quan|co_quan_lien_quan
các đơn vị liên quan|co_quan_lien_quan
cơ quan liên quan|co_quan_lien_quan
các cơ quan chức năng|co_quan_lien_quan
Thủ trưởng các cơ quan, đơn vị|co_quan_lien_quan
các địa phương|dia_phuong
chính quyền địa phương|dia_phuong
các tổ chức chính trị - xã hội|doan_the
các đoàn thể|doan_the
các hội, đoàn thể|doan_the
các tổ chức đoàn thể các cấp|doan_the
các doanh nghiệp, hợp tác xã|doanh_nghiep
Các doanh nghiệp viễn thông|doanh_nghiep_vien_thong
chủ đầu tư|chu_dau_tu
các cơ quan báo chí|co_quan_bao_chi
các cơ sở giáo dục nghề nghiệp|co_so_giao_duc
các đơn vị sự nghiệp công lập|don_vi_su_nghiep
các bộ, ngành trung ương|bo_nganh_tw
Bộ Giao thông vận tải|bo_nganh_tw
các tổ chức quốc tế|to_chuc_quoc_te
các thôn, bản, tổ dân phố|thon_ban
trưởng thôn|thon_ban
Ban An toàn giao thông tỉnh|
Chi cục Kiểm lâm|
Chi cục Trồng trọt và Bảo vệ thực vật tỉnh|
Trung tâm Nước sạch và Vệ sinh môi trường nông thôn|
Sở An toàn thực phẩm|
Hội Luật gia tỉnh|
Công ty TNHH Môi trường đô thị|
Ban Thường vụ Tỉnh ủy|
UBND các cấp|
Ban Chỉ đạo giảm nghèo các cấp|
các tổ chức thành viên|
Hội đồng nhân dân các cấp|
"""

# A phrase, and indented below it what it names.
LISTS = """
Sở Tài chính, Kế hoạch và Đầu tư
    Sở Tài chính=so_tc
    Kế hoạch và Đầu tư=so_khdt
các Sở: Tài chính, Y tế, Kế hoạch và Đầu tư; Công an tỉnh
    Tài chính=so_tc
    Y tế=so_yt
    Kế hoạch và Đầu tư=so_khdt
    Công an tỉnh=cong_an_tinh
Giám đốc các Sở: Xây dựng, Nội vụ, Lao động - Thương binh và Xã hội
    Xây dựng=so_xd
    Nội vụ=so_nv
    Lao động - Thương binh và Xã hội=so_ldtbxh
các sở Y tế, Giáo dục và Đào tạo, Văn hóa, Thể thao và Du lịch
    sở Y tế=so_yt
    Giáo dục và Đào tạo=so_gddt
    Văn hóa, Thể thao và Du lịch=so_vhttdl
Sở Văn hóa, Thể thao và Du lịch, Sở Tư pháp và các ngành liên quan
    Sở Văn hóa, Thể thao và Du lịch=so_vhttdl
    Sở Tư pháp=so_tp
    các ngành liên quan=so_nganh_lien_quan
các Phòng: Tài chính - Kế hoạch, Nội vụ, Y tế
    Tài chính - Kế hoạch=phong_tckh
    Nội vụ=phong_nv
    Y tế=phong_yt
Hội Phụ nữ, Nông dân, Cựu chiến binh
    Hội Phụ nữ=hoi_phu_nu
    Nông dân=hoi_nong_dan
    Cựu chiến binh=hoi_ccb
Các sở, ngành, đoàn thể ở tỉnh
    Các sở, ngành=so_nganh_lien_quan
    đoàn thể ở tỉnh=doan_the
các sở, ban, ngành và địa phương
    các sở, ban, ngành=so_nganh_lien_quan
    địa phương=dia_phuong
các sở, ngành và cơ quan liên quan
    các sở, ngành=so_nganh_lien_quan
    cơ quan liên quan=co_quan_lien_quan
UBND tỉnh, UBND các huyện
    UBND tỉnh=ubnd_tinh
    UBND các huyện=ubnd_huyen
UBND các huyện, thành phố và UBND các xã, phường, thị trấn
    UBND các huyện, thành phố=ubnd_huyen
    UBND các xã, phường, thị trấn=ubnd_xa
UBND tỉnh, huyện, xã
    UBND tỉnh=ubnd_tinh
    huyện=ubnd_huyen
    xã=ubnd_xa
UBND các huyện Đông Anh, Sóc Sơn; Sở Y tế
    UBND các huyện Đông Anh, Sóc Sơn=ubnd_huyen
    Sở Y tế=so_yt
Sở Tài chính, Sở Y tế, Bảo hiểm xã hội tỉnh
    Sở Tài chính=so_tc
    Sở Y tế=so_yt
    Bảo hiểm xã hội tỉnh=bhxh
Sở Tài chính chủ trì, phối hợp với Sở Xây dựng, các cơ quan có liên quan
    Sở Tài chính=so_tc
    Sở Xây dựng=so_xd
    các cơ quan có liên quan=co_quan_lien_quan
Mặt trận Tổ quốc và các tổ chức chính trị - xã hội
    Mặt trận Tổ quốc=mttq
    các tổ chức chính trị - xã hội=doan_the
VNPT, Viettel, MobiFone
    VNPT=doanh_nghiep_vien_thong
    Viettel=doanh_nghiep_vien_thong
    MobiFone=doanh_nghiep_vien_thong
Công an tỉnh, Bộ CHQS tỉnh, Tỉnh đoàn
    Công an tỉnh=cong_an_tinh
    Bộ CHQS tỉnh=bch_quan_su
    Tỉnh đoàn=doan_thanh_nien
Sở Tài chính, Xây dựng kế hoạch vốn
    Sở Tài chính=so_tc
Cấp xã: họp dân
    Cấp xã=ubnd_xa
"""

NONE = """
cơ sở y tế, cơ sở vật chất
cơ sở Y tế tuyến xã
phát triển kinh tế - xã hội
ban hành kế hoạch, quyết định
các ngành nghề nông thôn
báo cáo kết quả trước ngày 15
trên địa bàn các huyện, thị xã
người tham gia bảo hiểm xã hội tự nguyện
công tác thanh tra, kiểm tra
phòng, chống dịch bệnh
đất sản xuất, nhà ở của hộ nghèo
giáo dục và đào tạo, y tế, văn hóa
công an toàn diện
các hội nghị, hội thảo
nông nghiệp và phát triển nông thôn
"""


def found(text: str) -> list[TermSpan]:
    return Reading.of_text(text).agencies.spans


def indented(table: str) -> list[tuple[str, list[str]]]:
    found_rows: list[tuple[str, list[str]]] = []
    for line in table.strip().splitlines():
        if line.startswith(" "):
            found_rows[-1][1].append(line.strip())
        else:
            found_rows.append((line, []))
    return found_rows


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(line.split("|")) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("phrase", "code"), rows(ONE))
@pytest.mark.parametrize("frame", ["{}", "Giao {} chủ trì xây dựng đề án.", "Phối hợp với {} thực hiện."])
def test_one_body(phrase: str, code: str, frame: str) -> None:
    spans = found(frame.format(phrase))
    assert [(s.label_ if s.label_ in agencies() else "") for s in spans] == [code], [
        (s.text, s.label_, s.id_) for s in spans
    ]
    assert phrase.startswith(spans[0].text), spans[0].text
    assert len(spans[0].text) > 0.6 * len(phrase), spans[0].text


@pytest.mark.parametrize(("phrase", "expected"), indented(LISTS))
def test_lists(phrase: str, expected: list[str]) -> None:
    spans = found(phrase)
    assert [f"{s.text}={s.label_}" for s in spans] == expected


@pytest.mark.parametrize("phrase", NONE.strip().splitlines())
def test_no_body(phrase: str) -> None:
    assert [(s.text, s.label_, s.id_) for s in found(f"Tăng cường {phrase}.")] == []


@pytest.mark.parametrize(
    ("phrase", "issuer_level", "city", "code"),
    [
        ("Ban Chỉ đạo", "province", False, "ban_chi_dao_tinh"),
        ("Ban Chỉ đạo", "district", False, "ban_chi_dao_huyen"),
        ("Ban Chỉ đạo", "commune", False, "ban_chi_dao_xa"),
        ("UBND Thành phố", "province", True, "ubnd_tinh"),
        ("UBND thành phố", "province", False, "ubnd_huyen"),
        ("UBND thành phố", "district", False, "ubnd_huyen"),
        ("UBND thành phố Huế", "province", False, "ubnd_huyen"),
        ("UBND thành phố Huế", "province", True, "ubnd_tinh"),
        ("Công an Thành phố", "province", True, "cong_an_tinh"),
        ("Công an", "commune", False, "cong_an_xa"),
        ("UBND các quận, huyện, thị xã", "province", True, "ubnd_huyen"),
        ("các ban, ngành, huyện", "district", False, "phong_chuyen_mon"),
        ("các ban, ngành liên quan", "district", False, "phong_chuyen_mon"),
        ("các sở, ngành liên quan", "district", False, "so_nganh_lien_quan"),
        ("các ban, ngành thành phố", "province", True, "so_nganh_lien_quan"),
        ("các ban, ngành thành phố", "province", False, "phong_chuyen_mon"),
    ],
)
def test_body_depends_on_issuer(phrase: str, issuer_level: str, city: bool, code: str) -> None:
    assert agency_of(found(phrase)[0], issuer_level, city).code == code


def test_successor_and_level() -> None:
    assert resolve("so_ldtbxh") == "so_nv"
    agency = agency_of(found("Hội Nông dân huyện")[0])
    assert (agency.code, agency.level, agency.successor_code) == ("hoi_nong_dan", "district", "mttq")


def test_a_group_of_a_centrally_run_city_is_of_the_rank_of_a_province() -> None:
    group = found("các sở, ban, ngành thành phố")[0]
    assert agency_of(group, "province", True).level == "province"
    assert agency_of(group, "province", False).level == "district"


@pytest.mark.parametrize(
    ("phrase", "issuer_level", "level"),
    [
        ("Hội Nông dân", "province", "province"),
        ("Hội Nông dân", "district", "district"),
        ("Ủy ban Mặt trận Tổ quốc", "commune", "commune"),
        ("Hội Nông dân tỉnh", "commune", "province"),
        ("Sở Tài chính", "commune", "province"),
        ("Phòng Nội vụ", "province", "district"),
    ],
)
def test_a_body_of_every_level_is_that_of_the_issuer(phrase: str, issuer_level: str, level: str) -> None:
    assert agency_of(found(phrase)[0], issuer_level).level == level


@pytest.mark.parametrize(
    ("phrase", "issuer_level", "ended", "level"),
    [
        ("Phòng Kinh tế", "commune", True, "commune"),
        ("Phòng Kinh tế", "province", True, "commune"),
        ("Phòng Kinh tế", "commune", False, "district"),
        ("Phòng Văn hóa – Xã hội", "commune", True, "commune"),
        ("Các phòng, ban chuyên môn", "commune", True, "commune"),
        ("Phòng Nội vụ huyện", "province", True, "district"),
        ("Sở Nội vụ", "commune", True, "province"),
        ("Phòng Cảnh sát giao thông", "commune", True, "other"),
        ("Các ban, ngành", "commune", False, "commune"),
        ("Các sở, ban, ngành", "commune", True, "province"),
        ("Các ban, ngành", "province", True, "province"),
    ],
)
def test_offices_are_those_of_communes_since_districts_ended(phrase: str, issuer_level: str, ended: bool, level: str):
    assert agency_of(found(phrase)[0], issuer_level, districts_ended=ended).level == level


def test_every_name_of_the_vocabulary_is_found() -> None:
    heads = {"Ban Chỉ đạo hoặc Ban giảm nghèo cấp xã", "Báo của tỉnh", "Phòng Kinh tế hoặc Kinh tế - Hạ tầng"}
    for code, agency in agencies().items():
        if agency.name_vi not in heads:
            labels = {s.label_ for s in found(agency.name_vi)}
            assert code in labels, (code, agency.name_vi, labels)
