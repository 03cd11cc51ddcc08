"""Names of bodies of all levels and kinds, which are read whole, whatever stands around them; and where they end."""

from __future__ import annotations

import pytest

from extractors.language.reading import Reading

WHOLE = """
Sở Nông nghiệp và Môi trường tỉnh Lạng Sơn
Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn
Ban Quản lý dự án đầu tư xây dựng tỉnh
Ban Quản lý Dự án Đầu tư xây dựng và Phát triển quỹ đất huyện Bình Gia
Ban Quản lý rừng phòng hộ Đà Bắc
Ban quản lý dự án các công trình giao thông và nông nghiệp tỉnh
Trung tâm Xúc tiến Đầu tư, Thương mại và Hỗ trợ doanh nghiệp tỉnh
Trung tâm Kiểm soát bệnh tật tỉnh
Trung tâm Y tế khu vực Cao Lộc
Trung tâm Dịch vụ nông nghiệp huyện Văn Quan
Trung tâm Phục vụ hành chính công xã Thụy Hùng
Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên huyện
Trung tâm Công nghệ thông tin và Truyền thông
Trung tâm Nước sạch và Vệ sinh môi trường nông thôn
Trung tâm Quan trắc tài nguyên và môi trường
Trung tâm Phát triển quỹ đất tỉnh
Trung tâm Cung ứng dịch vụ công xã Tân Thanh
Bệnh viện đa khoa tỉnh
Bệnh viện Đa khoa khu vực Lộc Bình
Bệnh viện Phục hồi chức năng
Bệnh viện Y học cổ truyền tỉnh
Trạm Y tế phường Tam Thanh
Trạm Kiểm lâm Hữu Liên
Hạt Kiểm lâm huyện Bắc Sơn
Chi cục Chăn nuôi và Thú y
Chi cục Trồng trọt và Bảo vệ thực vật tỉnh
Chi cục Thủy lợi và Phòng, chống thiên tai
Chi cục Thuế khu vực VI
Thuế tỉnh Lạng Sơn
Thuế cơ sở 3
Thống kê tỉnh Lạng Sơn
Kho bạc Nhà nước khu vực VI
Bảo hiểm xã hội khu vực XXVII
Ngân hàng Nhà nước Chi nhánh Khu vực 5
Ngân hàng Chính sách xã hội chi nhánh tỉnh Lạng Sơn
Phòng giao dịch Ngân hàng Chính sách xã hội huyện Đình Lập
Ngân hàng Nông nghiệp và Phát triển nông thôn Chi nhánh tỉnh
Quỹ Đầu tư phát triển tỉnh
Quỹ Bảo vệ và Phát triển rừng tỉnh
Quỹ Hỗ trợ nông dân tỉnh
Quỹ Bảo lãnh tín dụng cho doanh nghiệp nhỏ và vừa
Đồn Biên phòng cửa khẩu quốc tế Hữu Nghị
Bộ Chỉ huy Bộ đội Biên phòng tỉnh
Ban Chỉ huy Bộ đội Biên phòng tỉnh
Ban Chỉ huy Quân sự xã Gia Cát
Ban Chỉ huy Phòng thủ khu vực 2 - Cao Lộc
Công an xã Đồng Đăng
Đội Cảnh sát giao thông số 2
Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ
Tòa án nhân dân khu vực 1
Viện kiểm sát nhân dân huyện Hữu Lũng
Viện kiểm sát nhân dân khu vực 3
Chi cục Thi hành án dân sự huyện Chi Lăng
Thi hành án dân sự tỉnh
Cục Thi hành án dân sự tỉnh
Báo và Đài Phát thanh - Truyền hình Lạng Sơn
Báo Lạng Sơn
Đài Phát thanh và Truyền hình tỉnh
Trung tâm Văn hóa, Thể thao và Truyền thông huyện Tràng Định
Cổng Thông tin điện tử tỉnh
Tạp chí Văn nghệ Xứ Lạng
Hội Văn học Nghệ thuật tỉnh
Hội Luật gia tỉnh
Đoàn Luật sư tỉnh
Hội Bảo trợ người khuyết tật và trẻ mồ côi tỉnh
Hội Nạn nhân chất độc da cam/dioxin tỉnh
Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh
Liên hiệp các tổ chức hữu nghị tỉnh
Hiệp hội Du lịch tỉnh
Hiệp hội ẩm thực tỉnh Lạng Sơn
Hiệp hội Vận tải ô tô tỉnh
Hội Doanh nhân trẻ tỉnh
Hội Sinh vật cảnh tỉnh
Hội Làm vườn tỉnh
Ủy ban Mặt trận Tổ quốc Việt Nam xã Thiện Tân
Hội Liên hiệp Phụ nữ huyện
Đoàn Thanh niên Cộng sản Hồ Chí Minh phường Kỳ Lừa
Công ty TNHH MTV Khai thác công trình thủy lợi Lạng Sơn
Công ty Cổ phần Cấp thoát nước Lạng Sơn
Công ty TNHH Một thành viên Xổ số kiến thiết Lạng Sơn
Công ty Cổ phần Nhiệt điện Na Dương
Công ty Điện lực Lạng Sơn
Điện lực Lạng Sơn
VNPT Lạng Sơn
Viettel Lạng Sơn
Bưu điện tỉnh Lạng Sơn
Trường Cao đẳng Lạng Sơn
Trường Cao đẳng Nghề Lạng Sơn
Trường Chính trị Hoàng Văn Thụ
Trường THPT chuyên Chu Văn An
Trường Phổ thông Dân tộc nội trú tỉnh
Trường Tiểu học và THCS Hoàng Đồng
Thư viện tỉnh
Bảo tàng tỉnh
Nhà hát Ca múa nhạc dân tộc tỉnh
Đài Khí tượng Thủy văn tỉnh Lạng Sơn
Vườn quốc gia Ba Bể
Khu bảo tồn thiên nhiên Hữu Liên
Cảng vụ Đường thủy nội địa khu vực I
Văn phòng Điều phối nông thôn mới tỉnh
Văn phòng Đăng ký đất đai tỉnh
Chi nhánh Văn phòng Đăng ký đất đai huyện Cao Lộc
Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh
Văn phòng thường trực Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh
Ban An toàn giao thông tỉnh
Ban Thi đua - Khen thưởng tỉnh
Ban Tôn giáo tỉnh
Ban Tuyên giáo và Dân vận Tỉnh ủy
Ban Nội chính Tỉnh ủy
Ủy ban Kiểm tra Tỉnh ủy
Đảng ủy các cơ quan Đảng tỉnh
Đảng ủy UBND tỉnh
Hội đồng nhân dân xã Thống Nhất
Phòng Văn hóa - Xã hội xã Yên Bình
Phòng Kinh tế, Hạ tầng và Đô thị phường Lương Văn Tri
Phòng Tài chính - Kế hoạch huyện
Phòng Lao động - Thương binh và Xã hội thành phố
Đội Quản lý thị trường số 4
Đội Trật tự đô thị thành phố
Tổ công tác của UBND tỉnh
Tổ công tác số 3
Đoàn công tác số 3
Tổ Công nghệ số cộng đồng
Hợp tác xã Na Chi Lăng
Hợp tác xã Nông nghiệp Tân Thành
Khu Quản lý đường bộ III
Cục Quản lý thị trường tỉnh
Chi cục Quản lý thị trường
Cục Dự trữ Nhà nước khu vực Đông Bắc
Kiểm toán nhà nước khu vực X
Thanh tra tỉnh
Học viện Nông nghiệp Việt Nam
Viện Cây lương thực và Cây thực phẩm
Đại học Thái Nguyên
Trường Đại học Nông Lâm Thái Nguyên
Tổng Công ty Điện lực miền Bắc
Tổng công ty Đường sắt Việt Nam
Tập đoàn Bưu chính Viễn thông Việt Nam
UBND các xã, phường
UBND đặc khu Vân Đồn
HTX Rau sạch Hợp Thịnh
Thanh tra Sở Xây dựng
Các Tổ công tác của UBND tỉnh
các bệnh viện, trung tâm y tế tuyến tỉnh
Các tổ chức mặt trận, đoàn thể
các cơ quan ban, ngành
Trung tâm Văn hóa, Thể thao và Du lịch huyện
Trung tâm văn hóa, thể thao huyện
Ban quản lý dự án huyện Cao Lộc
Ban quản lý rừng đặc dụng Hữu Liên
phòng Kinh tế và Hạ tầng huyện
Phòng giáo dục và đào tạo thành phố
Đài truyền thanh các xã, thị trấn
Ban CHQS các xã, phường
Cảng vụ hàng không miền Trung
Cảng vụ Hàng hải Quảng Ninh
Trung tâm Phục vụ hành chính công cấp xã
Trung tâm Chính trị huyện
Trung tâm Bồi dưỡng chính trị thành phố
Ban Chấp hành Đảng bộ tỉnh
Ban Thường vụ Thành ủy
Thường trực HĐND tỉnh
Đoàn đại biểu Quốc hội tỉnh
Ban Văn hóa - Xã hội HĐND tỉnh
Ban Dân tộc HĐND tỉnh
Ban Kinh tế - Ngân sách của HĐND tỉnh
Văn phòng HĐND và UBND huyện
Chi nhánh Ngân hàng Nhà nước tỉnh
Agribank Lạng Sơn
Ngân hàng Nông nghiệp và PTNT tỉnh
Ngân hàng Hợp tác xã Việt Nam chi nhánh Lạng Sơn
Quỹ tín dụng nhân dân xã Tân Mỹ
Quỹ Phát triển khoa học và công nghệ tỉnh
Công ty TNHH Nhà nước một thành viên Thủy lợi Liễn Sơn
Công ty Cổ phần Môi trường và Công trình đô thị Thanh Hóa
Công ty Xăng dầu Hà Sơn Bình
Công ty Bảo Việt Lạng Sơn
Tổng Công ty Bưu điện Việt Nam
Tập đoàn Điện lực Việt Nam
Trung tâm Viễn thông Cao Lộc
MobiFone tỉnh Lạng Sơn
Bệnh viện Quân y 7
Bệnh viện Sản - Nhi tỉnh
Bệnh viện Tâm thần
Bệnh viện huyện Mai Sơn
Trung tâm Giám định y khoa
Trung tâm Pháp y tỉnh
Trung tâm Dân số - KHHGĐ huyện
Trung tâm Công tác xã hội tỉnh
Trung tâm Bảo trợ xã hội tổng hợp
Cơ sở cai nghiện ma túy tỉnh
Trung tâm Trợ giúp pháp lý nhà nước tỉnh
Trung tâm Dịch vụ việc làm tỉnh
Trung tâm Dịch vụ bán đấu giá tài sản
Phòng Công chứng số 1
Trung tâm Kỹ thuật tiêu chuẩn đo lường chất lượng
Trung tâm Ứng dụng tiến bộ khoa học và công nghệ tỉnh
Chi cục Tiêu chuẩn Đo lường Chất lượng
Chi cục An toàn vệ sinh thực phẩm tỉnh
Chi cục Dân số - Kế hoạch hóa gia đình
Chi cục Phòng, chống tệ nạn xã hội
Chi cục Phát triển nông thôn
Chi cục Quản lý chất lượng nông lâm sản và thủy sản
Chi cục Văn thư - Lưu trữ
Chi cục Bảo vệ môi trường
Chi cục Giám định xây dựng
Chi cục Đường thủy nội địa khu vực III
Chi cục Đăng kiểm số 5
Trung tâm Đăng kiểm xe cơ giới 12-01D
Trung tâm Điều hành thông minh tỉnh
Ban Quản lý Khu công nghệ cao
Ban Quản lý Khu dự trữ sinh quyển thế giới Kiên Giang
Ban Quản lý di tích Côn Sơn - Kiếp Bạc
Ban Quản lý Vịnh Hạ Long
Ban Quản lý Cảng cá tỉnh
Ban Quản lý Bảo trì công trình đường bộ
Trung đoàn 123
Sư đoàn 3
Hải đội Biên phòng 2
Đồn Biên phòng Bảo Lâm
Hải quan cửa khẩu Hữu Nghị
Chi cục Hải quan cửa khẩu Hữu Nghị
Trạm Kiểm soát Biên phòng Cửa Đại
Liên đoàn Lao động huyện Bắc Sơn
Công đoàn Viên chức tỉnh
Công đoàn các Khu công nghiệp tỉnh
Công đoàn ngành Giáo dục
Hội Cựu Thanh niên xung phong tỉnh
Hội Cựu giáo chức tỉnh
Hội Đông y tỉnh
Hội Người mù tỉnh
Hội Nhà báo tỉnh
Hội Kế hoạch hóa gia đình tỉnh
Hội Bảo vệ quyền trẻ em tỉnh
Hội Bảo vệ người tiêu dùng tỉnh
Hội Khoa học Lịch sử tỉnh
Hội Nông dân các xã
Liên minh Hợp tác xã tỉnh Lạng Sơn
Hiệp hội Nữ doanh nhân tỉnh
Hiệp hội Thương mại điện tử
Hiệp hội Chế biến và Xuất khẩu thủy sản Việt Nam
Hiệp hội doanh nghiệp nhỏ và vừa tỉnh
Câu lạc bộ Doanh nhân Sài Gòn
Ban Trị sự Giáo hội Phật giáo tỉnh
Tòa Giám mục Lạng Sơn
Ban Đoàn kết Công giáo tỉnh
Ủy ban Đoàn kết Công giáo tỉnh
Ủy ban Mặt trận Tổ quốc các cấp
Ban công tác Mặt trận các khu dân cư
Ban Công tác Mặt trận thôn
Ban Giám sát đầu tư cộng đồng
Tổ hòa giải các thôn
đội tuyên truyền lưu động huyện
Đội Thanh niên tình nguyện
Đội Y tế dự phòng
Đoàn Nghệ thuật chèo tỉnh
Đoàn Ca kịch Quảng Nam
Đoàn kinh tế - quốc phòng 337
Nhà xuất bản Đại học Vinh
Đài Tiếng nói Việt Nam
Trường Trung cấp Y tế tỉnh
Trường Cao đẳng Sư phạm
Trường Đại học Kinh tế - Kỹ thuật Công nghiệp
Trường Trung học phổ thông Việt Bắc
Trường THCS Hoàng Văn Thụ
Trường Tiểu học Vĩnh Trại
Trường Mầm non Hoa Sữa
Viện Quy hoạch xây dựng tỉnh
Viện Kinh tế - Xã hội thành phố
Viện Nghiên cứu phát triển
Học viện Chính trị khu vực I
Nhà máy Xi măng Đồng Bành
Nhà máy nước Cao Lộc
Xí nghiệp Khai thác công trình thủy lợi Bắc Sơn
Lâm trường Đình Lập
Ban Quản trị nhà chung cư
Văn phòng Luật sư Minh Đức
Phòng Tham mưu Công an tỉnh
Phòng Cảnh sát quản lý hành chính về trật tự xã hội
Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao
Đội Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ khu vực 2
Tổ giúp việc Ban Chỉ đạo
Hội đồng Phối hợp phổ biến, giáo dục pháp luật tỉnh
Hội đồng Nghĩa vụ quân sự huyện
Ban Chỉ đạo 389 tỉnh
Ban Chỉ đạo Chuyển đổi số tỉnh
Ban Chỉ đạo phòng, chống dịch bệnh các cấp
Ban Chỉ huy Phòng thủ dân sự tỉnh
Ban Vận động Quỹ vì người nghèo tỉnh
Ban Vì sự tiến bộ của phụ nữ tỉnh
"""

FRAMES = (
    "{} chủ trì rà soát các tuyến.",
    "Giao {} xây dựng phương án.",
    "Chủ trì, phối hợp với {}, Sở Tài chính và các đơn vị liên quan kiểm tra.",
    "Đề nghị {} và Hội Nông dân tỉnh vận động hội viên.",
    "1. {}\n- Rà soát hộ.",
    "{}: Tăng cường tuần tra.",
)

# Words around names, and the bodies that are read of them.
ENDS = [
    (
        "Hiệp hội Du lịch, Hiệp hội Taxi và Hội Luật gia tỉnh",
        ["Hiệp hội Du lịch", "Hiệp hội Taxi", "Hội Luật gia tỉnh"],
    ),
    ("Trung tâm Khuyến công và Hội Nông dân tỉnh", ["Trung tâm Khuyến công", "Hội Nông dân tỉnh"]),
    ("Chi cục Thủy lợi và Phòng Kinh tế", ["Chi cục Thủy lợi", "Phòng Kinh tế"]),
    (
        "Trung tâm Xúc tiến Đầu tư, Sở Công Thương và Sở Tài chính",
        ["Trung tâm Xúc tiến Đầu tư", "Sở Công Thương", "Sở Tài chính"],
    ),
    ("Đồn Biên phòng Tân Thanh, Công an xã Tân Thanh", ["Đồn Biên phòng Tân Thanh", "Công an xã Tân Thanh"]),
    ("Đảng ủy, UBND xã Tân Thanh", ["Đảng ủy", "UBND xã Tân Thanh"]),
    ("Sở Y tế rà soát các trạm", ["Sở Y tế"]),
    ("Bệnh viện thực hiện chỉ tiêu tỉnh giao", []),
    ("Trung tâm của tỉnh được nâng cấp", []),
    ("nhân lực ngành y tế của tỉnh", []),
    ("xây mới trạm y tế phường", []),
    ("hội nghị tổng kết tỉnh", []),
    ("Công ty TNHH Gói thầu số 15", []),
    ("Thư viện là nơi đọc sách của người dân", []),
    ("Hợp tác xã và tổ hợp tác", ["Hợp tác xã và tổ hợp tác"]),
]


def bodies(text: str, start: int, end: int) -> list[str]:
    """The bodies that are read within text[start:end], also those that reach over its ends."""
    spans = Reading.of_text(text).agencies.spans
    return [s.text for s in spans if s.start_char < end and s.end_char > start]


@pytest.mark.parametrize("name", WHOLE.strip().splitlines())
def test_a_name_is_read_whole(name: str) -> None:
    for frame in FRAMES:
        text = frame.format(name)
        start = text.index(name)
        assert bodies(text, start, start + len(name)) == [name], frame


@pytest.mark.parametrize(("words", "expected"), ENDS)
def test_names_end_where_others_begin(words: str, expected: list[str]) -> None:
    assert bodies(words, 0, len(words)) == expected
