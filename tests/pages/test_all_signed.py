"""Tất cả đã ký tại hội nghị: one act records a whole table, and vouches for nobody."""

from __future__ import annotations

from pledge_app.kernel.base import db
from tests import agreeing
from tests.pages.test_agreements import base


def test_everybody_ticked_is_recorded_and_the_rest_is_absent(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    lead, page = visit("dong"), base(made) + "/ky/tat-ca"
    shown = lead.get(base(made) + "/hoi-nghi").text
    steps = agreeing.opened(made).steps
    assert all(f'name="signed-{row.pid}"' in shown for row in steps)
    ticked = {f"signed-{row.pid}": "1" for row in steps[1:]}
    lead.post(page, {**ticked, "on": "10/02/2023", "rest_absent": "1"})
    db.session.expire_all()
    assert [row.state for row in steps] == ["absent", *["signed"] * (len(steps) - 1)]
    assert steps[0].reason == "Vắng tại hội nghị"
    assert not any(row.is_inked for row in steps)  # two people of two communes, as always
    assert made.state == "awaiting"
    lead.post(page, {f"signed-{steps[0].pid}": "1", "on": "10/02/2023", "rest_absent": "1"})
    assert 'id="all"' not in lead.get(base(made) + "/hoi-nghi").text


def test_nobody_ticked_a_day_to_come_and_a_stranger_record_nothing(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    lead, page = visit("dong"), base(made) + "/ky/tat-ca"
    one = {f"signed-{agreeing.opened(made).steps[0].pid}": "1"}
    assert "Chưa đánh dấu ai" in lead.post(page, {"on": "10/02/2023"}, status=422).text
    assert "sau hôm nay" in lead.post(page, {**one, "on": "11/02/2023"}, status=422).text
    typed = lead.post(page, {**one, "on": "ngày mai"}, status=422).text
    assert 'value="ngày mai"' in typed
    visit("tay").post(page, {**one, "on": "10/02/2023"}, status=403)
    db.session.expire_all()
    assert not any(row.signed_on_paper_on for row in agreeing.opened(made).steps)
