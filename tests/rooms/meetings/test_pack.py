"""The meeting pack: planned, asked for once, made by the worker, following the matters that were
chosen.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pledge_app.agreements import parties
from pledge_app.agreements.compose import SignatoryLine
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.paper import AGREEMENT
from pledge_app.documents.operations import store
from pledge_app.jobs.models import Job, JobState
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.meetings import minutes, pack, pack_contents
from pledge_app.meetings.agenda import Item
from pledge_app.meetings.models import MeetingPack, MeetingPlan, PackState
from pledge_app.meetings.pack_contents import pack_papers
from pledge_app.meetings.paper import INVITATION
from pledge_app.meetings.particulars import together
from pledge_app.meetings.plan import PlanValues, save_plan
from pledge_app.orgs.models import Authority, BodyKind
from pledge_app.papers.content.conform import conform
from pledge_app.papers.definition import Content, Paper
from tests import agreeing, make
from tests.agreeing import AT
from tests.cast import TODAY
from tests.rooms.agreements.test_meeting import values
from tests.rooms.pledges.trail import said_of

PLAN: Any = {
    "title": "",
    "second_chair_name": "",
    "matters": "",
    "on_date": TODAY,
    "begins": "08 giờ 00",
    "place": "Hội trường UBND xã Hải Quang",
    "chair_name": "Bà Đông",
    "secretary_name": "Anh Thư",
    "items": ["review", "elect"],
    "news_closing": "",
    "news_author": "",
    "guests": (
        "Nguyễn Quang Hưng; Thường vụ Huyện ủy; Chủ tịch UBMTTQ huyện\nLê Văn Minh; Trưởng phòng "
        "Nội vụ\nVũ An"
    ),
}


def planned(**changes: Any) -> PlanValues:
    values: PlanValues = PLAN | changes
    return values


def plan(cast, made: Agreement, version: int = 0, **changes: object) -> MeetingPlan:
    saved = save_plan(
        made,
        planned(**changes),
        version=version,
        actor=make.actor(cast, "dong"),
        at=AT,
    )
    db.session.commit()
    return saved


def ask(cast, made: Agreement, who: str = "dong") -> MeetingPack:
    found = pack.ask_for_pack(made, actor=make.actor(cast, who), at=AT, today=TODAY)
    db.session.commit()
    return found


def text_of(made: Agreement, kind: str) -> str:
    return next(
        json.dumps(paper["content"], ensure_ascii=False)
        for paper in pack_papers(made, today=TODAY)
        if paper["kind"] == kind
    )


@pytest.mark.parametrize("state", ["draft", "awaiting", "signed"])
def test_every_paper_has_its_shape_in_every_state(app, cast, state):
    made = agreeing.agreement(cast, state=state)
    plan(cast, made)
    papers = pack_papers(made, today=TODAY)
    assert [conform(paper["kind"], paper["content"])["type_name"] for paper in papers]
    wanted = ["invitation", "programme", "delegates", "script", "agreement", "minutes", "news"]
    signed = ["agreement"] if state != "draft" else []
    assert [paper["kind"] for paper in papers] == wanted[:5] + signed + wanted[5:]
    assert [paper["name"][:2] for paper in papers] == [f"{n:02}" for n in range(1, len(papers) + 1)]


def test_without_a_plan_the_papers_leave_room(app, cast):
    made = agreeing.agreement(cast)
    for paper in pack_papers(made, today=TODAY):
        conform(paper["kind"], paper["content"])
    assert '"starts_at": ""' in text_of(made, "invitation")


@pytest.mark.parametrize("kind", ["programme", "script", "minutes"])
def test_programme_script_and_minutes_follow_the_matters_chosen(app, cast, kind):
    made = agreeing.agreement(cast)
    plan(cast, made)
    said = text_of(made, kind)
    assert "tổng kết thực hiện giao ước thi đua năm 2022" in said.lower()
    assert "bầu cụm trưởng" in said.lower()
    assert "bỏ phiếu" not in said.lower()
    assert "quy chế" not in said.lower()
    plan(cast, made, version=1, items=[item.value for item in Item])
    assert "bỏ phiếu" in text_of(made, kind).lower()
    assert "quy chế" in text_of(made, kind).lower()


def test_every_member_of_the_cluster_is_invited_even_before_its_pledge_is_agreed(app, cast):
    made = agreeing.agreement(cast, communes=("Hải Quang", "Hải Đông"))
    assert "Ủy ban nhân dân xã Hải Lý" in text_of(made, "invitation")


def test_guests_bring_their_party_title_to_the_list_and_never_to_a_signature(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    plan(cast, made)
    assert "Thường vụ Huyện ủy, Chủ tịch UBMTTQ huyện" in text_of(made, "delegates")
    assert '"office": "Trưởng phòng Nội vụ"' in text_of(made, "delegates")
    assert "Huyện ủy" not in json.dumps(
        [paper["content"].get("signatories") for paper in pack_papers(made, today=TODAY)]
    )


def test_what_was_recorded_counts_more_than_what_was_planned(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    plan(cast, made)
    minutes.record_meeting(
        made,
        values(place="Nhà văn hóa xóm 5"),
        [],
        version=0,
        actor=make.actor(cast, "dong"),
        at=AT,
        today=TODAY,
    )
    db.session.commit()
    assert "Nhà văn hóa xóm 5" in text_of(made, "invitation")
    assert "Nhà văn hóa xóm 5" in text_of(made, "news")


def test_minutes_begun_before_the_planned_day_do_not_move_it(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    plan(cast, made, on_date=TODAY + timedelta(days=12))
    minutes.record_meeting(
        made, values(), [], version=0, actor=make.actor(cast, "dong"), at=AT, today=TODAY
    )
    db.session.commit()
    for kind in ("invitation", "programme"):
        assert '"starts_at": "2023-02-22' in text_of(made, kind)


def test_it_is_asked_for_once_and_recorded(app, cast):
    made = agreeing.agreement(cast)
    first = ask(cast, made)
    assert ask(cast, made).id == first.id
    keys = db.session.scalars(select(Job.key).where(Job.kind == pack.MAKE_PAPER)).all()
    assert sorted(keys) == sorted(f"pack_paper:{row.pid}" for row in first.made)
    assert len(keys) == len(first.papers)
    assert [verb for verb, _data in said_of(made)].count("meeting.pack_asked") == 1


@pytest.mark.parametrize("who", ["lan", "tay", "xa"])
def test_others_neither_plan_nor_ask(app, cast, who):
    made = agreeing.agreement(cast, state="awaiting")
    with pytest.raises(Forbidden):
        ask(cast, made, who)
    with pytest.raises(Forbidden):
        save_plan(made, planned(), version=0, actor=make.actor(cast, who), at=AT)


def test_a_stale_plan_and_an_unknown_matter_are_refused(app, cast):
    made = agreeing.agreement(cast)
    plan(cast, made)
    with pytest.raises(Conflict):
        plan(cast, made)
    with pytest.raises(DomainError):
        plan(cast, made, version=1, items=["dance"])


def test_the_worker_makes_the_zip_and_twice_does_no_harm(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    plan(cast, made)
    asked = ask(cast, made)
    agreeing.make_papers(asked)
    assert asked.state is PackState.READY
    assert asked.done == len(asked.papers) == 8
    assert asked.file_sha256
    first = asked.file_sha256
    with zipfile.ZipFile(io.BytesIO(store().read(first))) as made_zip:
        names = made_zip.namelist()
        assert made_zip.read("06-giao-uoc-ban-ky.pdf") == agreeing.PDF
        assert made_zip.read("05-du-thao-giao-uoc.pdf") != agreeing.PDF
        assert made_zip.read("08-tin-bai.txt").decode("utf-8-sig").startswith("Các xã ")
    assert len(names) == 17
    agreeing.make_papers(asked)
    assert asked.file_sha256 == first
    assert pack.is_current(asked, made, today=TODAY)


def test_the_last_paper_asks_for_the_zip_and_only_the_last(app, cast):
    asked = ask(cast, agreeing.agreement(cast, state="awaiting"))
    *others, last = [row.pid for row in asked.made]
    zips = select(Job.state).where(Job.kind == pack.MAKE_ZIP)
    for pid in others:
        pack.make_paper({"paper": pid})
    assert not db.session.scalars(zips).all()
    pack.make_paper({"paper": last})
    assert db.session.scalars(zips).all() == [JobState.WAITING]
    assert asked.state is PackState.MAKING


def test_a_paper_that_cannot_be_made_fails_the_pack_when_the_others_are_done(app, cast):
    asked = ask(cast, agreeing.agreement(cast))
    first, *others = [row.pid for row in asked.made]
    pack.give_up_paper({"paper": first}, "no room on the disk")
    db.session.commit()
    assert asked.state.value == "making", "the others are still being made"
    for pid in others:
        pack.make_paper({"paper": pid})
    assert asked.state is PackState.FAILED
    assert asked.done == len(asked.papers) - 1


def test_the_failed_paper_alone_is_made_again_and_recorded(app, cast):
    made = agreeing.agreement(cast)
    asked, lead = ask(cast, made), make.actor(cast, "dong")
    first, *others = asked.made
    for row in others:
        pack.make_paper({"paper": row.pid})
    pack.give_up_paper({"paper": first.pid}, "no room on the disk")
    db.session.commit()
    with pytest.raises(Forbidden):
        pack.retry_paper(first, actor=make.actor(cast, "tay"), at=AT)
    pack.retry_paper(first, actor=lead, at=AT)
    with pytest.raises(Conflict):
        pack.retry_paper(first, actor=lead, at=AT)
    assert [row.state for row in asked.made].count(PackState.READY) == len(others)
    assert ("meeting.pack_paper_retried", {"name": first.name}) in said_of(made)
    db.session.commit()
    pack.make_paper({"paper": first.pid})
    pack.make_zip({"pack": asked.pid})
    assert asked.state is PackState.READY


def test_a_zip_that_cannot_be_written_says_so_and_the_pack_can_be_asked_for_again(app, cast):
    made = agreeing.agreement(cast)
    asked = ask(cast, made)
    pack.give_up_zip({"pack": asked.pid}, "no room on the disk")
    db.session.commit()
    assert (asked.state, asked.error) == (PackState.FAILED, "no room on the disk")
    assert ask(cast, made).id != asked.id


def test_giving_up_leaves_the_commit_to_the_worker(app, cast):
    asked = ask(cast, agreeing.agreement(cast))
    db.session.commit()
    pack.give_up_paper({"paper": asked.made[0].pid}, "no room on the disk")
    pack.give_up_zip({"pack": asked.pid}, "no room on the disk")
    db.session.rollback()
    assert {asked.state, *(row.state for row in asked.made)} == {PackState.MAKING}


def test_units_of_one_level_share_its_word():
    assert together(["xã A", "xã B"]) == "các xã A, B"
    assert together(["thị trấn A", "thị trấn B"]) == "các thị trấn A, B"
    assert together(["xã A", "phường B"]) == "xã A, phường B"
    assert together(["xã A"]) == "xã A"
    assert together([]) == ""


def paper_of(made: Agreement, kind: str) -> Content:
    papers = pack_papers(made, today=TODAY)
    return next(paper for paper in papers if paper["kind"] == kind)["content"]


@pytest.mark.parametrize("kind", ["invitation", "programme", "delegates", "script", "minutes"])
def test_the_year_on_a_paper_of_the_meeting_is_that_of_the_meeting(app, cast, kind):
    made = agreeing.agreement(cast)
    plan(cast, made, on_date=date(2022, 11, 26))
    assert paper_of(made, kind)["heading"]["year"] == "2022"
    assert paper_of(made, kind)["year"] == 2023


def test_the_script_calls_every_party_by_its_whole_name(app, cast):
    made = agreeing.agreement(cast)
    firm = next(party.body for party in made.parties if party.body.name == "UBND xã Hải Tây")
    firm.kind = BodyKind.UNION
    firm.name = "Ngân hàng Nhà nước chi nhánh thành phố"
    db.session.flush()
    plan(cast, made)
    said = text_of(made, "script")
    assert "xã Hải Quang" in said
    assert "Ngân hàng Nhà nước chi nhánh thành phố" in said


def test_a_witness_who_is_a_guest_as_well_comes_once(app, cast):
    made = agreeing.agreement(cast)
    lead = make.actor(cast, "dong")
    witness = parties.add_witness(
        made, made.cluster.reviewer, version=made.version_id, actor=lead, at=AT
    )
    lines = [SignatoryLine(witness.body_id, "Nguyễn Quang Hưng", "Chủ tịch", Authority.TM)]
    parties.save_signatories(witness, lines, version=made.version_id, actor=lead, at=AT)
    plan(cast, made)
    delegates = [row["name"] for row in paper_of(made, "delegates")["delegates"]]
    assert delegates.count("Nguyễn Quang Hưng") == 1
    assert text_of(made, "news").count("Nguyễn Quang Hưng") == 1
    assert any("Nguyễn Quang Hưng" in line for line in paper_of(made, "invitation")["invited"])


def test_the_lead_does_not_invite_itself(app, cast):
    made = agreeing.agreement(cast)
    plan(cast, made)
    invited = paper_of(made, "invitation")["invited"]
    assert not any("xã Hải Đông" in line for line in invited)
    assert any("xã Hải Tây" in line for line in invited)


def test_the_news_keeps_theme_and_anniversaries_of_a_campaign_that_says_phat_dong(app, cast):
    made = agreeing.agreement(cast)
    drive = made.emulation_year.campaigns[0]
    drive.theme = "Lập thành tích cao nhất"
    drive.contents = "Phát động thi đua ngay từ đầu năm"
    db.session.flush()
    assert "“Lập thành tích cao nhất”" in text_of(made, "news")
    assert "Phát động thi đua ngay từ đầu năm" in text_of(made, "news")


def with_a_newer_edition(paper: Paper) -> Paper:
    newer = {**paper.editions, paper.template_version + 1: paper.newest}
    return replace(paper, editions=newer)


def test_a_frozen_paper_goes_into_the_pack_with_its_own_templates(app, cast, monkeypatch):
    made = agreeing.agreement(cast, state="awaiting")
    now = AGREEMENT.template_version
    for name, paper in {"AGREEMENT": AGREEMENT, "INVITATION": INVITATION}.items():
        monkeypatch.setattr(pack_contents, name, with_a_newer_edition(paper))
    versions = {paper["name"][3:]: paper["version"] for paper in pack_papers(made, today=TODAY)}
    assert versions["giao-uoc-ban-ky"] == versions["du-thao-giao-uoc"] == now
    assert versions["giay-moi"] == INVITATION.template_version + 1
