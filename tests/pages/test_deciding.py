"""A reviewer goes from one commune to the next, agrees to several that were read, takes back."""

from __future__ import annotations

import pytest

from pledge_app.agreements.operations import start_agreement
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict
from pledge_app.orgs.models import Cluster
from pledge_app.pledges.states import PledgeState
from pledge_app.reviews import operations as review
from pledge_app.reviews import taking_back
from tests import make
from tests.cast import TODAY
from tests.pages.test_review_of_one import ver


def both(cast):
    """Two communes that were sent."""
    return make.pledge(cast, state="sent"), make.pledge(cast, "Hải Đông", state="sent")


def chosen(*pledges):
    return [f"{made.pid}:{made.version_id}" for made in pledges]


def test_after_one_is_agreed_the_next_one_opens(visit, cast):
    first, second = both(cast)
    page = visit("rev").get(f"/tham-dinh/{first.pid}").text
    assert "Phê duyệt và mở bản tiếp theo" in page
    answer = visit("rev").post(f"/tham-dinh/{first.pid}/thong-nhat", {"ver": ver(first)})
    assert answer.location.endswith(second.pid)
    page = visit("rev").get(f"/tham-dinh/{second.pid}").text
    assert "mở bản tiếp theo" not in page
    answer = visit("rev").post(f"/tham-dinh/{second.pid}/thong-nhat", {"ver": ver(second)})
    assert answer.location.endswith("/tham-dinh")


def test_what_was_read_is_listed_by_name_and_agreed_together(visit, cast):
    first, second = both(cast)
    for made in (first, second):
        visit("rev").post(f"/tham-dinh/{made.pid}/bat-dau", {})
    page = visit("rev").get("/tham-dinh").text
    read = page[page.index('id="read-head"') : page.index("</form>", page.index('id="read-head"'))]
    assert "checked" not in read, "each is chosen, none in passing"
    assert first.body.name in read and second.body.name in read
    db.session.expire_all()
    visit("rev").post("/tham-dinh/thong-nhat-nhieu", {"pledge": chosen(first, second)})
    db.session.expire_all()
    assert first.state is second.state is PledgeState.AGREED
    said = visit("rev").get("/tham-dinh").text
    assert "read-head" not in said


def test_one_that_was_not_read_is_named_and_left(visit, cast):
    first, second = both(cast)
    rev = visit("rev")
    rev.post(f"/tham-dinh/{first.pid}/bat-dau", {})
    db.session.expire_all()
    rev.post("/tham-dinh/thong-nhat-nhieu", {"pledge": chosen(first, second)})
    page = rev.get("/tham-dinh").text
    assert f"{second.body.name}: Chưa đọc bản đăng ký này" in page
    db.session.expire_all()
    assert first.state is PledgeState.AGREED and second.state is PledgeState.SENT


def test_an_old_page_agrees_to_nothing_that_changed(visit, cast):
    first, _second = both(cast)
    visit("rev").post(f"/tham-dinh/{first.pid}/bat-dau", {})
    stale = [f"{first.pid}:{first.version_id - 1}"]
    visit("rev").post("/tham-dinh/thong-nhat-nhieu", {"pledge": stale})
    db.session.expire_all()
    assert first.state is PledgeState.SENT


def test_an_approval_is_taken_back_until_the_agreement_is_composed(visit, cast):
    made = make.pledge(cast, state="agreed")
    page = visit("rev").get(f"/tham-dinh/{made.pid}").text
    assert "Rút lại “Phê duyệt”" in page
    visit("rev").post(f"/tham-dinh/{made.pid}/rut-lai", {"ver": ver(made)})
    db.session.expire_all()
    assert made.state is PledgeState.SENT and made.agreed_at is None
    assert "rút lại việc thống nhất" in visit("lan").get(f"/giao-uoc/{made.pid}").text
    review.approve(made, version=made.version_id, actor=make.actor(cast, "rev"), at=make.AT)
    dong = make.actor(cast, "dong")
    cluster = db.session.get_one(Cluster, cast.cluster)
    start_agreement(cluster, actor=dong, at=make.AT, today=TODAY)
    db.session.commit()
    assert "Rút lại" not in visit("rev").get(f"/tham-dinh/{made.pid}").text
    with pytest.raises(Conflict):
        taking_back.take_back(
            made,
            version=made.version_id,
            actor=make.actor(cast, "rev"),
            at=make.AT,
        )


def test_the_table_leads_to_each_commune_that_sent(visit, cast):
    made = make.pledge(cast, state="sent")
    draft = make.pledge(cast, "Hải Đông", state="complete")
    page = visit("rev").get(f"/tham-dinh/bang/{made.cluster.pid}").text
    assert f'href="/tham-dinh/{made.pid}"' in page and draft.pid not in page
    assert "gửi hôm nay" in page and "0 ngày" not in page
