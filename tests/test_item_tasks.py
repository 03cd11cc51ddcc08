"""Which bodies of an item share a task: each partner has that of the clause which names it."""

from __future__ import annotations

from extractors.extract import extract
from extractors.plan import Source

HEAD = """ỦY BAN NHÂN DÂN
TỈNH BẾN TRE
Số: 14/KH-UBND
Bến Tre, ngày 12 tháng 3 năm 2024
KẾ HOẠCH
Trồng rừng ven biển năm 2024
II. TỔ CHỨC THỰC HIỆN
"""


def rows(text: str) -> dict:
    """The rows of an item, by the code of the body."""
    return {row.agency_code: row for row in extract(Source((HEAD + text,)), "d0").rows["assignments"]}


def test_partners_of_the_first_clause_share_the_task_of_the_body_at_the_head():
    found = rows("1. Sở Y tế: Chủ trì, phối hợp với Sở Tài chính, Công an tỉnh lập chốt trực.")
    assert len({r.assignment_id for r in found.values()}) == 1
    assert all(r.parent_id is None for r in found.values())


def test_partners_of_a_later_clause_have_a_task_of_their_own_below_that_of_the_item():
    found = rows("""1. Sở Y tế: Chủ trì, phối hợp với Sở Tài chính lập chốt trực.
- Mua thuốc dự trữ.
- Phối hợp với Công an tỉnh, Sở Xây dựng giữ trật tự ở các bến phà.""")
    own, later = found["so_yt"].assignment_id, found["cong_an_tinh"].assignment_id
    assert (found["so_tc"].assignment_id, found["so_xd"].assignment_id) == (own, later)
    assert own != later == found["so_xd"].assignment_id
    assert found["cong_an_tinh"].parent_id == found["so_xd"].parent_id == own
    assert found["so_yt"].parent_id is found["so_tc"].parent_id is None


def test_partners_of_the_clause_that_makes_the_body_the_lead_share_its_task():
    found = rows("""1. Sở Nội vụ
- Phối hợp với Sở Tư pháp soạn nội quy.
- Chủ trì, phối hợp với Sở Tài chính tập huấn cho đội xung kích.""")
    assert found["so_nv"].role == "lead"
    assert found["so_tc"].assignment_id == found["so_nv"].assignment_id
    assert found["so_tp"].parent_id == found["so_nv"].assignment_id


def test_a_task_that_breaks_off_behind_its_partners_goes_on_in_the_next_clause():
    found = rows("""1. Sở Nội vụ
- Soạn nội quy.
- Phối hợp với Sở Tư pháp, Sở Tài chính:
+ Tập huấn cho đội xung kích.
+ Thuê hội trường.""")
    assert " ".join(found["so_tp"].task.split()).endswith("Sở Tài chính: + Tập huấn cho đội xung kích.")
    assert found["so_tp"].quote.endswith("Tập huấn cho đội xung kích.")
    assert found["so_nv"].task == "Soạn nội quy."


def test_a_point_that_breaks_off_behind_its_partners_goes_on_in_the_list_below():
    found = rows("""1. Sở Y tế
a) Phối hợp với Sở Tài chính
- Kiểm kê thuốc dự trữ.
- Mua bổ sung hóa chất.""")
    assert found["so_tc"].task == "Phối hợp với Sở Tài chính\n- Kiểm kê thuốc dự trữ."


def test_the_issuer_that_gives_a_task_on_is_no_doer_of_it():
    found = rows("""1. Sở Y tế lập chốt trực.
Ủy ban nhân dân tỉnh giao Giám đốc các sở và Chủ tịch UBND các xã tổ chức thực hiện.""")
    assert set(found) == {"so_yt", "so_nganh_lien_quan", "ubnd_xa"}
    assert found["ubnd_xa"].task == "tổ chức thực hiện."


def test_a_body_that_directs_others_has_the_task_that_it_does_itself():
    found = rows("""1. UBND các huyện
- Chỉ đạo UBND các xã lập hồ sơ; báo cáo Sở Tài chính trước ngày 15/6/2024.""")
    assert found["ubnd_xa"].task == "lập hồ sơ;"
    assert found["ubnd_huyen"].task == "báo cáo Sở Tài chính trước ngày 15/6/2024."


def test_what_a_body_does_behind_its_directing_is_owed_by_it():
    text = """1. Sở Y tế
- Lập kế hoạch tiêm.
- Chỉ đạo Trung tâm Y tế huyện tiêm vét; báo cáo Bộ Y tế trước ngày 18/6/2024."""
    due = [r for r in extract(Source((HEAD + text,)), "d0").rows["deadlines"] if r.kind == "due"]
    assert [r.agency_code for r in due] == ["so_yt"]


def test_a_body_that_directs_another_has_the_directing_for_its_task():
    found = rows("1. Sở Y tế chỉ đạo các trường học súc rửa bể nước.")
    assert found["so_yt"].task == "chỉ đạo các trường học súc rửa bể nước."
    assert found["co_so_giao_duc"].task == "súc rửa bể nước."


def test_duties_that_a_list_tells_are_the_task():
    found = rows("""1. Sở Y tế có trách nhiệm:
a) Dành phòng trực.
b) Báo cáo.""")
    assert found["so_yt"].task == "có trách nhiệm:\na) Dành phòng trực."
