"""Which indicator a target's clause states a value of: sentences of our own, and traps that none fits."""

from __future__ import annotations

import pytest

from extractors.language.indicators import indicator_in, indicator_of, rules
from schemas.vocabulary import indicators

CASES = """
Tỷ lệ hộ nghèo toàn tỉnh giảm bình quân 1,2%/năm|percentage_point|poverty.rate
Đến cuối năm 2024 tỉ lệ hộ nghèo đa chiều còn 3,1%|percent|poverty.rate
hộ nghèo giảm còn dưới 2%|percent|poverty.rate
tỷ lệ hộ nghèo dân tộc thiểu số giảm từ 3 - 4%/năm|percentage_point|poverty.rate
Mỗi năm giảm nghèo từ 1% trở lên|percentage_point|poverty.rate
tỷ lệ hộ cận nghèo giảm 1%/năm|percentage_point|poverty.near_poor_rate
giảm hộ cận nghèo xuống còn 4%|percent|poverty.near_poor_rate
có 1.500 hộ thoát nghèo bền vững|household|poverty.households_escaped
mỗi năm ít nhất 20% hộ tham gia mô hình thoát nghèo, thoát cận nghèo|percent|poverty.project_households_escaped
02 huyện thoát khỏi tình trạng huyện nghèo|district|poverty.districts_escaped
có 12 xã ra khỏi danh sách xã đặc biệt khó khăn|commune|poverty.communes_escaped
30 thôn thoát khỏi tình trạng đặc biệt khó khăn|village|poverty.villages_escaped
thu nhập của các hộ tham gia dự án tăng 15%/năm|percent|income.project_household_growth
100% người thuộc hộ nghèo, cận nghèo có thẻ BHYT|percent|health.insurance_coverage
100% hộ cận nghèo được hỗ trợ mua bảo hiểm y tế|percent|health.insurance_coverage
Tỷ lệ bao phủ bảo hiểm y tế đạt 95% dân số|percent|health.insurance_coverage
100% bệnh nhân nghèo được hỗ trợ chi phí khám, chữa bệnh|percent|health.care_support
95% xã, phường đạt tiêu chí quốc gia về y tế|percent|health.commune_standard
100% trạm y tế đủ điều kiện khám chữa bệnh BHYT|percent|health.station_insurance_ready
60% hộ nghèo có thành viên được đào tạo nghề|percent|education.vocational_support
98% trẻ em con hộ nghèo được đến trường|percent|education.poor_children_in_school
100% xã có mạng lưới trường mầm non, tiểu học|percent|education.school_network
85% xã có cơ sở vật chất trường học đạt chuẩn|percent|education.school_facility_standard
huy động trẻ 5 tuổi ra lớp đạt 99,5%|percent|education.enrolment
tỷ lệ người từ 15 tuổi biết chữ đạt 97%|percent|education.literacy
100% lao động có nhu cầu được hỗ trợ học nghề|percent|employment.training_coverage
đào tạo nghề cho 2.000 lao động nông thôn|person|employment.trained_workers
15% được đi làm việc ở nước ngoài|percent|employment.overseas_workers
98% hộ nghèo sử dụng nước sinh hoạt hợp vệ sinh|percent|water.clean_access
100% các xã có nước sạch|percent|water.commune_coverage
90% hộ nghèo có nhu cầu được vay vốn làm nhà tiêu hợp vệ sinh|percent|sanitation.latrine_loans
100% hộ nghèo khó khăn về nhà ở được vay vốn|percent|housing.loan_coverage
hỗ trợ xóa nhà tạm cho 450 hộ|household|housing.households_supported
100% hộ nghèo có nhu cầu được vay vốn ưu đãi|percent|credit.access
100% xã có đường ô tô đến trung tâm xã được nhựa hóa|percent|infrastructure.commune_roads
80% thôn, bản có đường trục được bê tông hóa|percent|infrastructure.village_roads
đáp ứng 85% nhu cầu tưới cho cây trồng|percent|infrastructure.irrigation
100% cán bộ thông tin cơ sở được bồi dưỡng nghiệp vụ|percent|information.officer_training
70% xã có điểm thông tin, cổ động ngoài trời|percent|information.outdoor_points
100% cán bộ làm công tác giảm nghèo được tập huấn|percent|capacity.poverty_officer_training
100% số xã tự kiểm tra, đánh giá việc thực hiện|percent|monitoring.self_assessment
40% số xã được giám sát, đánh giá|percent|monitoring.supervised
Số lượng: 05 mô hình (dự án)|model|livelihood.models
xây dựng 10 mô hình giảm nghèo|model|livelihood.models
hỗ trợ 200 con bò giống sinh sản|animal|livelihood.animals
hỗ trợ con giống cho 120 hộ|household|livelihood.households_supported
"""

NONE = """
tỷ lệ lao động qua đào tạo đạt 70%|percent
100% thủ tục hành chính được cung cấp trực tuyến toàn trình|percent
tỷ lệ che phủ rừng đạt 55%|percent
giảm 5% số vụ tai nạn giao thông|percent
tỷ lệ hộ nghèo có máy tính đạt 20%|percent
xây dựng 05 mô hình chuyển đổi số cấp xã|model
12 xã đạt chuẩn nông thôn mới|commune
thu nhập bình quân đầu người tăng 8%/năm|percent
tỷ lệ chất thải rắn được thu gom đạt 95%|percent
tổng đàn bò đạt 120.000 con|animal
100% trường học có kết nối internet|percent
tạo việc làm mới cho 25.000 lao động|person
bồi dưỡng 300 cán bộ cấp xã|person
tỷ lệ trẻ em suy dinh dưỡng thể thấp còi dưới 20%|percent
70% hộ gia đình đạt danh hiệu gia đình văn hóa|percent
"""


def table(lines: str) -> list[tuple[str, ...]]:
    return [tuple(line.split("|")) for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("clause", "unit", "code"), table(CASES))
def test_indicator(clause: str, unit: str, code: str) -> None:
    found = indicator_of(clause, unit, "reach")
    assert found is not None and found[0] == code


@pytest.mark.parametrize(("clause", "unit"), table(NONE))
def test_no_indicator(clause: str, unit: str) -> None:
    assert indicator_of(clause, unit, "reach") is None


def test_every_indicator_has_a_rule() -> None:
    assert {rule.code for rule in rules()} == set(indicators())


def test_other_population_scores_lower() -> None:
    assert indicator_of("bao phủ bảo hiểm y tế toàn dân đạt 94%", "percent", "reach")[1] < 0.7
    assert indicator_of("100% người nghèo có thẻ BHYT", "percent", "reach")[1] > 0.8


def test_topic_opens_rules_of_that_topic() -> None:
    assert indicator_of("Số lượng: 06 mô hình", "model", "reach") is None
    assert indicator_of("Số lượng: 06 mô hình", "model", "reach", "poverty_reduction")[0] == "livelihood.models"


def test_a_piece_takes_the_measure_of_its_clause_unless_it_names_its_own() -> None:
    clause = "Tỷ lệ hộ nghèo giảm 2%/năm, riêng các xã vùng cao giảm 3%/năm, tỷ lệ lao động qua đào tạo đạt 60%"
    assert (
        indicator_in("riêng các xã vùng cao giảm 3%/năm", clause, "percentage_point", "decrease")[0] == "poverty.rate"
    )
    assert indicator_in("tỷ lệ lao động qua đào tạo đạt 60%", clause, "percent", "reach") is None
    assert indicator_in("100% phụ nữ mang thai được khám thai", clause, "percent", "reach") is None
