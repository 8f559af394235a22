"""A campaign on screen: its days are ticked, put in order and read as one sentence before they are
saved.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from pledge_app.campaigns import chosen_days, queries
from pledge_app.campaigns.chosen_days import ChosenRow
from pledge_app.campaigns.models import Commemoration
from pledge_app.kernel.base import db
from tests.pages.years import path, year_with_days


@pytest.fixture
def year(app, cast):
    return year_with_days(cast)


def field_of(name):
    pid = db.session.scalar(select(Commemoration.pid).where(Commemoration.name == name))
    return f"day-{pid}"


def as_typed(rows):
    """Chosen days as their form sends them."""
    sent = {}
    for at, row in enumerate(rows):
        if row.is_spring:
            sent[f"spring-own-{at}"] = "1"
            continue
        sent[f"name-own-{at}"] = row.name
        sent[f"year-own-{at}"] = row.founding_year
        if row.joins:
            sent[f"join-own-{at}"] = "1"
    return sent


def campaign_form(year, quarter, **more):
    row = queries.campaign_of(year, quarter)
    return {
        "ver": row.version,
        "theme": row.theme,
        "contents": row.contents,
        "starts_on": f"{row.starts_on:%d/%m/%Y}",
        "ends_on": f"{row.ends_on:%d/%m/%Y}",
    } | more


def test_the_author_chooses_days_joins_them_and_adds_own_wordings(visit, year):
    rev = visit("rev")
    page = rev.get(path(year, "/quy/3")).text
    assert "kỷ niệm 78 năm Cách mạng tháng Tám" in page
    assert "mừng Xuân Quý Mão" in page
    rev.post(
        path(year, "/quy/3"),
        campaign_form(
            year,
            3,
            **{
                field_of("Cách mạng tháng Tám"): "1",
                field_of("Quốc khánh 02/9"): "1",
                field_of("Ngày thành lập huyện Hải Hậu"): "1",
                "year-own-0": "1993",
                "name-own-0": "ngày thành lập “xã” <b>",
            },
        ),
    )
    db.session.expire_all()
    days = chosen_days.stored_days(queries.campaign_of(year, 3), {year.issuer_body_id})
    own, first, second, district = days.rows
    rows = as_typed([first, replace(second, joins=True), district, own])
    rev.post(path(year, "/quy/3"), campaign_form(year, 3, **rows))
    db.session.expire_all()
    assert queries.phrases(queries.campaign_of(year, 3)) == [
        "kỷ niệm 78 năm Cách mạng tháng Tám và Quốc khánh 02/9",
        "kỷ niệm 135 năm ngày thành lập huyện Hải Hậu",
        "kỷ niệm 30 năm ngày thành lập “xã” <b>",
    ]
    page = rev.get(path(year, "/quy/3")).text
    assert 'value="Quốc khánh 02/9"' in page
    assert field_of("Quốc khánh 02/9") not in page, "a chosen day is not offered again"


def test_a_day_without_count_and_the_spring(visit, year):
    visit("rev").post(
        path(year, "/quy/2"),
        campaign_form(year, 2, spring="1", **{field_of("Ngày Quốc tế Lao động"): "1"}),
    )
    db.session.expire_all()
    assert queries.phrases(queries.campaign_of(year, 2)) == [
        "ngày Quốc tế Lao động",
        "mừng Xuân Quý Mão",
    ]


@pytest.mark.parametrize("other", ["1888", ""])
def test_only_days_of_one_founding_year_share_a_count(visit, year, other):
    rows = [
        ChosenRow("Cách mạng tháng Tám", "1945"),
        ChosenRow("ngày khác", other, joins=True),
    ]
    answer = visit("rev").post(
        path(year, "/quy/3"),
        campaign_form(year, 3, theme="Chủ đề giữ lại", **as_typed(rows)),
        status=422,
    )
    assert "không cùng năm gốc" in answer.text
    assert "Chủ đề giữ lại" in answer.text
    assert 'value="Cách mạng tháng Tám"' in answer.text


def test_a_row_is_moved_or_dropped_and_the_sentence_shown_before_anything_is_saved(visit, year):
    rows = as_typed([ChosenRow("ngày A"), ChosenRow("ngày B", "1993"), ChosenRow(is_spring=True)])
    rev = visit("rev")
    for then, said in (
        ("show", "ngày A, kỷ niệm 30 năm ngày B, mừng Xuân Quý Mão"),
        ("up-1", "kỷ niệm 30 năm ngày B, ngày A, mừng Xuân Quý Mão"),
        ("down-1", "ngày A, mừng Xuân Quý Mão, kỷ niệm 30 năm ngày B"),
        ("drop-0", "kỷ niệm 30 năm ngày B, mừng Xuân Quý Mão"),
        ("up-0", "ngày A, kỷ niệm 30 năm ngày B, mừng Xuân Quý Mão"),
        ("up-9", "ngày A, kỷ niệm 30 năm ngày B, mừng Xuân Quý Mão"),
    ):
        page = rev.post(
            path(year, "/quy/2"),
            campaign_form(year, 2, then=then, **rows),
            status=200,
        ).text
        assert f"Chào mừng {said}." in page, then
    db.session.expire_all()
    assert queries.campaign_of(year, 2).anniversaries == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("starts_on", "31/12/2023"),
        ("ends_on", "30/02/2023"),
        ("year-own-0", "1945"),
        ("year-own-0", "x"),
    ],
)
def test_a_faulty_campaign_is_not_saved(visit, year, field, typed):
    visit("rev").post(
        path(year, "/quy/2"),
        campaign_form(year, 2, theme="Mới", spring="1") | {field: typed},
        status=422,
    )
    db.session.expire_all()
    assert queries.campaign_of(year, 2).theme == ""


def test_a_stale_campaign_is_refused_and_kept(visit, year):
    form = campaign_form(year, 2, theme="Lần hai")
    visit("rev").post(path(year, "/quy/2"), form | {"theme": "Lần một"})
    answer = visit("rev2").post(path(year, "/quy/2"), form, status=409)
    assert "Lần hai" in answer.text
