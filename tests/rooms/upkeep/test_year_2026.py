"""The demo's second year: the Front's line, a province's communes, a commune's hamlets, all in
the same rooms.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from pledge_app.accounts.current import actor_of
from pledge_app.accounts.models import User
from pledge_app.accounts.queries import demo_parts
from pledge_app.agreements.operations import start_agreement
from pledge_app.agreements.snapshot import agreement_content
from pledge_app.audit.operations import first_broken_link
from pledge_app.demo.levels_2026 import starts_on
from pledge_app.demo.operations import go_to_2026
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Forbidden
from pledge_app.orgs.models import Cluster
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.snapshot import registration
from pledge_app.reviews.operations import approve_word
from tests.conftest import ON_POSTGRESQL
from tests.e2e import office
from tests.site import Visitor

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="the demo runs on its own SQLite")
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    return office.base(office.run_directory(tmp_path_factory))


@pytest.fixture
def demo(example: Path, tmp_path: Path) -> Iterator[Visitor]:
    """The demo's administrator at the browser, in a copy of the example."""
    shutil.copytree(example, tmp_path / "demo")
    with office.inside(tmp_path / "demo") as app, app.test_request_context():
        yield Visitor(app, part("quan-tri").id)
        db.session.remove()


def part(name: str) -> User:
    return db.session.scalars(select(User).filter_by(demo_part=name)).one()


def cluster(name: str) -> Cluster:
    return db.session.scalars(select(Cluster).where(Cluster.name == name)).one()


def states(name: str) -> Counter[str]:
    return Counter(
        row.state.value
        for row in db.session.scalars(select(Pledge).where(Pledge.cluster_id == cluster(name).id))
    )


FRONT, PROVINCE, HAMLETS = (
    "Cụm thi đua Mặt trận số 3",
    "Cụm thi đua các xã phía Nam",
    "Khối thi đua các xóm xã Hải Quang",
)


def test_the_page_goes_there_and_the_people_of_2023_leave(demo):
    assert "Chuyển tới năm 2026" in demo.get("/quan-tri/ngay-lam-viec").text
    demo.post("/quan-tri/ngay-lam-viec/nam-2026")
    assert clock.today() == starts_on() == date(2026, 3, 10)
    cast = {user.demo_part for user in demo_parts(on=clock.today())}
    assert {"2026-mat-tran-xa", "2026-tinh", "2026-xom", "quan-tri", "giam-sat"} <= cast
    assert not cast & {"nguoi-phu-trach", "tham-dinh", "cum-truong"}
    assert "Chuyển tới năm 2026" not in demo.get("/quan-tri/ngay-lam-viec").text
    assert first_broken_link() is None


def test_each_cluster_stands_where_its_story_begins(demo):
    demo.post("/quan-tri/ngay-lam-viec/nam-2026")
    assert states(FRONT) == {"returned": 1, "agreed": 4}
    assert states(PROVINCE) == {"draft": 1, "agreed": 3, "sent": 2, "with_leader": 1}
    assert states(HAMLETS) == {"sent": 1, "agreed": 4}


def test_the_words_and_papers_are_those_of_the_line(demo):
    demo.post("/quan-tri/ngay-lam-viec/nam-2026")
    words = {}
    for name in (FRONT, PROVINCE, HAMLETS):
        pledge = db.session.scalars(
            select(Pledge).where(Pledge.cluster_id == cluster(name).id).limit(1)
        ).one()
        paper = registration(pledge, today=starts_on())
        signs = paper["signatories"][0]
        words[name] = (
            approve_word(pledge),
            paper["heading"]["superior"],
            paper["heading"]["issuer"],
            paper["heading"]["symbol"],
            f"{signs['authority']} {signs['organisation']}".strip(),
            signs["title"],
        )
    assert words == {
        FRONT: (
            "Thống nhất nội dung",
            "ỦY BAN MTTQ VIỆT NAM XÃ HẢI QUANG",
            "BAN THƯỜNG TRỰC",
            "ĐK-MTTQ-BTT",
            "TM. BAN THƯỜNG TRỰC",
            "CHỦ TỊCH",
        ),
        PROVINCE: (
            "Phê duyệt",
            "",
            "ỦY BAN NHÂN DÂN XÃ HẢI QUANG",
            "ĐK-UBND",
            "TM. ỦY BAN NHÂN DÂN",
            "CHỦ TỊCH",
        ),
        HAMLETS: ("Phê duyệt", "XÃ HẢI QUANG", "XÓM 1", "", "", "TRƯỞNG XÓM 1"),
    }


@pytest.mark.parametrize(
    "who",
    [
        "2026-mat-tran-xa",
        "2026-mat-tran-chu-tich",
        "2026-mat-tran-tinh",
        "2026-xa",
        "2026-tinh",
        "2026-xom",
        "2026-xa-tham-dinh",
    ],
)
def test_everybody_of_2026_has_their_own_pages(demo, who):
    demo.post("/quan-tri/ngay-lam-viec/nam-2026")
    visitor = Visitor(demo.app, part(who).id)
    for path in ("/", "/giao-uoc", "/giao-uoc-cum", "/nam-thi-dua", "/don-vi"):
        visitor.get(path)
    own = db.session.scalars(
        select(Pledge.pid).where(Pledge.body_id.in_([grant.body_id for grant in part(who).grants]))
    ).all()
    for pid in own:
        visitor.get(f"/giao-uoc/{pid}")


@pytest.mark.parametrize("name", [FRONT, PROVINCE, HAMLETS])
def test_the_lead_composes_the_joint_agreement_of_each(demo, name):
    demo.post("/quan-tri/ngay-lam-viec/nam-2026")
    lead = next(row.body for row in cluster(name).leads if row.kind.value == "lead")
    roles = {
        grant.role.value: grant.user
        for user in db.session.scalars(select(User))
        for grant in user.grants
        if grant.body_id == lead.id
    }
    agreement = start_agreement(
        cluster(name), actor=actor_of(roles["clerk"], today=starts_on()), at=AT, today=starts_on()
    )
    attests = [party.body.name for party in agreement.parties if party.is_witness]
    assert attests == (["BTT UBMTTQ tỉnh Ninh Bình"] if name == FRONT else [])
    assert len(agreement.parties) - len(attests) == states(name)["agreed"]
    assert all(party.signatories for party in agreement.parties)
    columns = [party["short"] for party in agreement_content(agreement)["parties"]]
    assert len(set(columns)) == len(columns)
    assert all(word.startswith("Xóm " if name == HAMLETS else "Hải ") for word in columns)
    assert not any("2003" in basis.text or "91/2017" in basis.text for basis in agreement.bases)


def test_only_the_administrator_goes_there_and_once(demo):
    with pytest.raises(Forbidden):
        go_to_2026(actor=actor_of(part("tham-dinh"), today=date(2023, 2, 10)), at=AT)
    db.session.rollback()
    demo.post("/quan-tri/ngay-lam-viec/nam-2026")
    with pytest.raises(DomainError):
        go_to_2026(actor=actor_of(part("quan-tri"), today=starts_on()), at=AT)
