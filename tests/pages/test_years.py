"""The year on screen: read by all, guided by its issuing body; figures pasted from Excel are
previewed first.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, func, select

from pledge_app.campaigns.models import AssignedFigure, Commemoration, LastResult
from pledge_app.criteria import operations as criteria
from pledge_app.criteria.rows import CriterionRow
from pledge_app.kernel.actor import SYSTEM
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body
from tests import make
from tests.pages.years import path, year_with_days


@pytest.fixture
def year(app, cast):
    return year_with_days(cast)


def test_everybody_reads_the_year_and_only_its_guides_are_offered_to_change_it(visit, year):
    page = visit("lan").get(path(year)).text
    for word in (
        "19/HD-UBND",
        "kỷ niệm 93 năm ngày thành lập Đảng Cộng sản Việt Nam",
        "Càng cao càng tốt",
        "Giữ ở mức 0",
        "Vùng thi đua Quang Đông",
        "Sản phẩm OCOP",
    ):
        assert word in page
    assert "Sửa hướng dẫn" not in page
    assert "Sửa hướng dẫn" in visit("rev").get(path(year)).text
    assert path(year) in visit("lan").get("/nam-thi-dua").text


@pytest.mark.parametrize("rest", ["/huong-dan", "/quy/1", "/ngay-ky-niem", "/chi-tieu-giao"])
def test_others_may_not_change_it(visit, year, rest):
    for who in ("lan", "hung", "giam", "revxa"):
        visit(who).get(path(year, rest), status=403)
        visit(who).post(path(year, rest), {"name": "x"}, status=403)
    visit("rev").get(path(year, rest))
    visit("quan").get(path(year, rest))
    visit("rev").get("/nam-thi-dua/" + "9" * 30 + rest, status=404)


@pytest.mark.parametrize("quarter", ["0", "5", "99999999999999999999"])
def test_there_are_four_quarters(visit, year, quarter):
    visit("rev").get(path(year, f"/quy/{quarter}"), status=404)


def test_a_year_is_opened_once(visit, year, cast):
    issuer = db.session.get_one(Body, cast.bodies["huyện"]).pid
    form = {"year": "2024", "line": "ubnd", "issuer": issuer}
    rev = visit("rev")
    rev.get("/nam-thi-dua/mo")
    answer = rev.post("/nam-thi-dua/mo", form)
    assert answer.headers["Location"].endswith("/huong-dan")
    assert "đã có" in rev.post("/nam-thi-dua/mo", form, status=409).text
    assert (
        "từ 1990 đến 2100" in rev.post("/nam-thi-dua/mo", form | {"year": "3000"}, status=422).text
    )
    rev.post("/nam-thi-dua/mo", form | {"year": "abc", "issuer": "khac"}, status=422)
    visit("lan").get("/nam-thi-dua/mo", status=403)
    visit("lan").post("/nam-thi-dua/mo", form, status=403)


GUIDANCE = {
    "guidance_number": "20/HD-UBND",
    "guidance_date": "08/02/2023",
    "guidance_title": "về thi đua “mới”",
    "pledge_due_on": "25/02/2023",
    "agreement_due_on": "",
    "opens_days_before": "10",
    "approve_word": "",
}


def guidance(year, **more):
    return GUIDANCE | {"ver": year.version_id, "criteria_set": year.criteria_set.pid} | more


def test_guidance_and_deadlines_are_saved(visit, year):
    visit("rev").post(path(year, "/huong-dan"), guidance(year))
    db.session.expire_all()
    assert (year.guidance_number, year.agreement_due_on, year.opens_days_before) == (
        "20/HD-UBND",
        None,
        10,
    )
    page = visit("lan").get(path(year)).text
    assert "sửa năm thi đua: " in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("pledge_due_on", "30/02/2023", "Không có ngày"),
        ("pledge_due_on", "01/13/2023", "Không có ngày"),
        ("opens_days_before", "1000", "từ 0 đến 90"),
        ("opens_days_before", "١", "số nguyên"),
        ("criteria_set", "khac", ""),
    ],
)
def test_bad_guidance_comes_back_as_typed(visit, year, field, typed, said):
    answer = visit("rev").post(
        path(year, "/huong-dan"), guidance(year, **{field: typed}), status=422
    )
    assert said in answer.text
    assert "20/HD-UBND" in answer.text
    db.session.expire_all()
    assert year.guidance_number == "19/HD-UBND"


def test_a_stale_guidance_is_refused_and_kept(visit, year):
    answer = visit("rev").post(path(year, "/huong-dan"), guidance(year, ver="0"), status=409)
    assert "20/HD-UBND" in answer.text


def test_the_criteria_in_use_are_not_exchanged(visit, year, cast):
    other = criteria.import_set(
        "Khác",
        [CriterionRow("1", "Thu nhập")],
        valid_from=date(2021, 1, 1),
        valid_to=None,
        source="x",
        actor=SYSTEM,
        at=make.AT,
    )
    criteria.publish(other, actor=SYSTEM, at=make.AT)
    db.session.commit()
    answer = visit("rev").post(
        path(year, "/huong-dan"), guidance(year, criteria_set=other.pid), status=422
    )
    assert "không đổi bộ tiêu chí được" in answer.text
    db.session.execute(delete(AssignedFigure))
    make.pledge(cast)
    visit("rev").post(path(year, "/huong-dan"), guidance(year, criteria_set=other.pid), status=422)


@pytest.mark.parametrize("kept", ["assigned", "results", "pledge"])
def test_the_criteria_in_use_are_not_exchanged_in_two_steps_either(visit, year, cast, kept):
    """First none, then another: what was kept of the old criteria would stay behind."""
    other = criteria.import_set(
        "Khác",
        [CriterionRow("1", "Thu nhập")],
        valid_from=date(2021, 1, 1),
        valid_to=None,
        source="x",
        actor=SYSTEM,
        at=make.AT,
    )
    criteria.publish(other, actor=SYSTEM, at=make.AT)
    was = year.criteria_set
    if kept != "assigned":
        db.session.execute(delete(AssignedFigure))
    if kept == "results":
        db.session.add(
            LastResult(
                emulation_year_id=year.id,
                unit_id=cast.units["Hải Quang"],
                criterion_id=cast.criteria["1"],
                value=Decimal(3),
            )
        )
    if kept == "pledge":
        make.pledge(cast)
    db.session.commit()
    answer = visit("rev").post(
        path(year, "/huong-dan"), guidance(year, criteria_set=""), status=422
    )
    assert "không đổi bộ tiêu chí được" in answer.text
    db.session.expire_all()
    assert year.criteria_set == was
    year.criteria_set_id = None  # as an earlier release may have left it
    db.session.commit()
    chosen = GUIDANCE | {"ver": year.version_id}
    visit("rev").post(path(year, "/huong-dan"), chosen | {"criteria_set": other.pid}, status=422)
    visit("rev").post(path(year, "/huong-dan"), chosen | {"criteria_set": was.pid})
    db.session.expire_all()
    assert year.criteria_set == was


@pytest.mark.parametrize("field", ["pledge_due_on", "agreement_due_on"])
def test_a_due_day_far_from_the_year_is_refused(visit, year, field):
    rev = visit("rev")
    for typed in ("15/01/2032", "15/01/2013"):
        answer = rev.post(path(year, "/huong-dan"), guidance(year, **{field: typed}), status=422)
        assert "Chọn một ngày từ 01/01/2022 đến 31/12/2025." in answer.text
    rev.post(path(year, "/huong-dan"), guidance(year, **{field: "20/12/2022"}))
    db.session.expire_all()
    assert getattr(year, field) == date(2022, 12, 20)


def test_a_local_day_is_added_to_the_calendar(visit, year):
    rev = visit("rev")
    rev.post(
        path(year, "/ngay-ky-niem"),
        {"name": "Ngày truyền thống", "day": "27", "month": "12", "founding_year": "1990"},
    )
    assert "kỷ niệm 33 năm ngày truyền thống" in rev.get(path(year, "/quy/4")).text.replace(
        "Ngày tr", "ngày tr"
    )
    for wrong in (
        {"day": "30", "month": "2"},
        {"day": "3"},
        {"day": "999999999", "month": "999999999"},
        {"founding_year": "3000"},
    ):
        rev.post(path(year, "/ngay-ky-niem"), {"name": "Ngày sai"} | wrong, status=422)
    assert db.session.scalar(select(func.count()).where(Commemoration.name == "Ngày sai")) == 0


BLOCK = "\n".join(
    [
        "Tiêu chí\tHải Quang\tXã Hải Đông\tXã Lạ",
        "Sản phẩm OCOP\t5\t1.5\t9",
        "2. Thu nhập trên 1 ha canh tác\t1.234,5\t\t",
        "Không có\t1\t2\t3",
    ]
)


def figures(cast):
    return {
        (row.unit_id, row.criterion_id): row.value
        for row in db.session.scalars(select(AssignedFigure))
    }


def test_a_pasted_block_is_previewed_before_anything_is_written(visit, year, cast):
    before = figures(cast)
    answer = visit("rev").post(path(year, "/chi-tieu-giao"), {"block": BLOCK}, status=200)
    for said in (
        "2 số sẽ được ghi",
        "Dòng 2, cột 3",
        "Ý bạn là 1,5?",
        "cột 4: Xã Lạ",
        "dòng 4: Không có",
        "1.234,5",
    ):
        assert said in answer.text
    assert "Sản phẩm OCOP\t5\t1.5\t9" in answer.text, "the block comes back"
    assert figures(cast) == before


def test_a_confirmed_block_is_written_once(visit, year, cast):
    rev = visit("rev")
    shown = rev.post(path(year, "/chi-tieu-giao"), {"block": BLOCK}, status=200).text
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    rev.post(path(year, "/chi-tieu-giao"), {"block": BLOCK, "then": "write", "seen": seen})
    found = figures(cast)
    assert found[cast.units["Hải Quang"], cast.criteria["1"]] == 5
    assert found[cast.units["Hải Quang"], cast.criteria["2"]] == Decimal("1234.5")
    assert found[cast.units["Hải Đông"], cast.criteria["1"]] == 2, "the faulty cell changed nothing"
    answer = rev.post(path(year, "/chi-tieu-giao"), {"block": BLOCK, "then": "write"}, status=200)
    assert "0 số sẽ được ghi, 2 số không đổi" in answer.text


def test_a_figure_that_its_criterion_cannot_have_is_named(visit, year, cast):
    block = "\tHải Quang\n3\t120"
    answer = visit("rev").post(path(year, "/chi-tieu-giao"), {"block": block}, status=200)
    assert "Tỷ lệ không được quá 100 %" in answer.text


@pytest.mark.parametrize("block", ["", "xin chào", "a\tb\n1\t2", "x" * 500_000])
def test_a_block_that_says_nothing_is_refused_with_a_sentence(visit, year, block):
    answer = visit("rev").post(path(year, "/chi-tieu-giao"), {"block": block}, status=422)
    assert 'role="alert"' in answer.text
