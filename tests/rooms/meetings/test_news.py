"""The news item made from the demo's data tells every fact of the published report of the
meeting.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from pledge_app.agreements.operations import start_agreement
from pledge_app.demo.example import moment
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.meetings.news_item import plain_text
from pledge_app.meetings.pack_contents import pack_papers
from pledge_app.orgs.models import Cluster
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.reviews import operations as review
from tests.conftest import ON_POSTGRESQL
from tests.e2e import office
from tests.rooms.agreements.demo_people import actor_of_body, finish_the_returned_pledge

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="the demo runs on its own SQLite")
DAY = date(2023, 2, 10)

# In the words of the report ("Các xã vùng Quang Đông tổ chức Hội nghị Ký giao ước thi đua năm
# 2023", Như Xuân).
FACTS = {
    "title": "Các xã vùng Quang Đông tổ chức Hội nghị Ký giao ước thi đua năm 2023",
    "who signs": (
        "các xã trong vùng Quang Đông, gồm các xã Hải Quang, Hải Đông, Hải Tây, Hải Lý tổ chức "
        "ký giao ước thi đua năm 2023"
    ),
    "who came": (
        "Đồng chí Nguyễn Quang Hưng – Thường vụ Huyện ủy, Chủ tịch UBMTTQ huyện đã về dự, chỉ "
        "đạo Hội nghị"
    ),
    "guidance": (
        "Căn cứ Hướng dẫn số 19/HD-UBND ngày 07 tháng 02 năm 2023 của UBND huyện Hải Hậu về việc "
        "tổ chức thực hiện công tác thi đua, khen thưởng năm 2023"
    ),
    "purpose": (
        "Để phong trào thi đua, công tác khen thưởng năm 2023 thiết thực, hiệu quả, các xã trong "
        "vùng Quang Đông tiếp tục phát huy kết quả đã đạt được, đẩy mạnh các phong trào thi đua, "
        "tạo ra những chuyển biến rõ nét"
    ),
    "encouragement": (
        "động viên kịp thời sự nỗ lực, cố gắng của cán bộ, đảng viên và các tầng lớp nhân dân; "
        "khắc phục khó khăn, phấn đấu hoàn thành vượt mức các chỉ tiêu kế hoạch năm 2023 chất "
        "lượng, hiệu quả cao nhất"
    ),
    "years to come": (
        "tạo đà cho việc hoàn thành và hoàn thành vượt mức các chương trình, mục tiêu phát triển "
        "kinh tế - xã hội trong những năm tiếp theo"
    ),
    "ground": (
        "Căn cứ phương hướng nhiệm vụ, chỉ tiêu được giao năm 2023 và tình hình thực tế của các "
        "xã trong vùng, tổ chức phát động các phong trào thi đua yêu nước với những mục tiêu, "
        "chỉ tiêu và biện pháp thực hiện thiết thực"
    ),
    "initiative": (
        "Cấp ủy, chính quyền, các tổ chức chính trị - xã hội từ xã đến cơ sở chủ động, sáng tạo "
        "trong chỉ đạo, điều hành và động viên các tầng lớp nhân dân tích cực hưởng ứng"
    ),
    "by themes": "Tập trung vào các đợt thi đua theo chủ đề, từng giai đoạn trong năm",
    "theme of quarter I": (
        "với chủ đề “Lập thành tích cao nhất” chào mừng kỷ niệm 93 năm ngày thành lập Đảng Cộng "
        "sản Việt Nam, mừng Xuân Quý Mão"
    ),
    "quarter II": (
        "chào mừng kỷ niệm 48 năm ngày giải phóng miền Nam thống nhất đất nước, ngày Quốc tế Lao "
        "động, 69 năm ngày chiến thắng Điện Biên phủ, 133 năm ngày sinh Bác Hồ kính yêu"
    ),
    "quarter III, the nation": "chào mừng kỷ niệm 78 năm Cách mạng tháng Tám và Quốc khánh 02/9",
    "quarter III, the district": "135 năm ngày thành lập huyện Hải Hậu (1888-2023)",
    "quarter IV, the army": "79 năm ngày thành lập Quân đội nhân dân",
    "quarter IV, defence": "34 năm ngày Quốc phòng toàn dân",
    "standards": "Tiêu chuẩn thi đua cũng được cụ thể hóa. Trong đó, trọng tâm là",
    "technique": (
        "tích cực cải tiến, ứng dụng tiến bộ khoa học kỹ thuật vào sản xuất; đẩy mạnh chuyển đổi "
        "sản xuất, chuyển đổi cơ cấu cây trồng, vật nuôi; nâng cao giá trị thu nhập trên 1 ha "
        "canh tác"
    ),
    "OCOP": (
        "Tiếp tục đẩy mạnh thực hiện các nhiệm vụ, giải pháp tái cơ cấu nông nghiệp gắn với phát "
        "triển sản phẩm OCOP giai đoạn 2021-2025 theo kế hoạch"
    ),
    "new countryside": (
        "triển khai thực hiện hiệu quả phong trào xây dựng nông thôn mới, có 100% số đơn vị cấp "
        "xóm đạt hoặc cơ bản đạt NTM kiểu mẫu; các xã trong vùng đạt NTM kiểu mẫu"
    ),
    "signing": (
        "Tại hội nghị, các xã trong vùng đã tổ chức ký giao ước thi đua năm 2023 dưới sự chứng "
        "kiến của các vị đại biểu tham dự"
    ),
    "meaning": (
        "có ý nghĩa quan trọng trong việc thúc đẩy mạnh mẽ phong trào hành động cách mạng, làm "
        "cơ sở, tiền đề để các xã trong vùng thực hiện thắng lợi nhiệm vụ chính trị, phát triển "
        "kinh tế - xã hội, đảm bảo quốc phòng - an ninh, sớm xây dựng thành công xã NTM kiểu mẫu"
    ),
    "author": "Như Xuân",
}
QUARTERS = {
    "I": "theme of quarter I",
    "II": "quarter II",
    "III": "quarter III, the district",
    "IV": "quarter IV, the army",
}


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    """The example, loaded once for the whole run."""
    return office.base(office.run_directory(tmp_path_factory))


@pytest.fixture
def told(example: Path, tmp_path: Path) -> Iterator[str]:
    """The news item of 2023, once the first commune's pledge is agreed and the agreement begun."""
    shutil.copytree(example, tmp_path / "demo")
    with office.inside(tmp_path / "demo") as app, app.test_request_context():
        cluster = db.session.scalars(
            select(Cluster).where(Cluster.name == "Vùng Quang Đông", Cluster.year == 2023)
        ).one()
        for pledge in db.session.scalars(select(Pledge).where(Pledge.cluster_id == cluster.id)):
            if pledge.state is not PledgeState.AGREED:
                finish_the_returned_pledge(pledge, DAY)
                review.approve(
                    pledge,
                    version=pledge.version_id,
                    at=moment(DAY, 15),
                    actor=actor_of_body(cluster.reviewer_body_id, Role.REVIEWER, DAY),
                )
        lead = actor_of_body(cluster.leads[0].body_id, Role.CLERK, DAY)
        made = start_agreement(cluster, actor=lead, at=moment(DAY), today=DAY)
        papers = {paper["kind"]: paper["content"] for paper in pack_papers(made, today=DAY)}
        yield plain_text(papers["news"])
        db.session.rollback()
        db.session.remove()


def plainly(text: str) -> str:
    """Without what reports write in two ways."""
    text = re.sub(r"\s+", " ", text).lower().replace("ủy ban nhân dân", "ubnd").replace("–", "-")
    return re.sub(r" ?- ?", "-", text)


def test_it_tells_every_fact_of_the_report(told):
    said = plainly(told)
    assert [fact for fact, words in FACTS.items() if plainly(words) not in said] == []


def test_each_quarter_has_its_own_days(told):
    parts = re.split(r"Quý (I{1,3}|IV): ", told)
    drives = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert {
        quarter
        for quarter, fact in QUARTERS.items()
        if plainly(FACTS[fact]) in plainly(drives[quarter])
    } == set(QUARTERS)


def test_only_the_first_quarter_has_a_theme(told):
    assert told.count("với chủ đề") == 1


def test_it_says_that_the_demo_s_day_is_illustrative(told):
    assert "(Số liệu minh họa)" in told
