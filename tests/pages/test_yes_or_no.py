"""A criterion that is met or not reads "Đạt" or "Không đạt" wherever its figures stand, never 1
or 0.
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import html5lib
import openpyxl
import pytest
from flask_babel import force_locale
from sqlalchemy import select

from pledge_app.agreements.story import target_label
from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.criteria.models import Criterion
from pledge_app.criteria.words import figure_cell, figure_words
from pledge_app.kernel.base import db
from pledge_app.pledges.models import Pledge
from tests import make


@pytest.fixture
def pledge(app, cast) -> Pledge:
    """Sent up; its criterion 4 is assigned, was not met last year and is to be met in quarter
    IV.
    """
    make.free_criteria()
    criterion = db.session.scalars(
        select(Criterion).where(Criterion.code == "4", Criterion.name == "Đơn thư vượt cấp")
    ).one()
    criterion.name, criterion.unit_of_measure = "Xã kiểu mẫu", "đạt/không đạt"
    criterion.kind, criterion.direction, criterion.cadence = (
        ValueKind.YES_NO,
        Direction.YES_NO,
        Cadence.STATE,
    )
    db.session.commit()
    made = make.pledge(cast, state="complete", goals={"4": "1"})
    row = of(made)
    row.assigned, row.baseline = Decimal(1), Decimal(0)
    row.put_goal(make.period_id(row, 4), Decimal(1))
    db.session.commit()
    return made


def of(made: Pledge):
    return next(row for row in made.targets if row.criterion.code == "4")


def cells(page: str) -> list[str]:
    """What the cells of the row of criterion 4 say, in their order."""
    rows = html5lib.parse(page, namespaceHTMLElements=False).iter("tr")
    row = next(
        row
        for row in rows
        if any("4. Xã kiểu mẫu" in "".join(th.itertext()) for th in row.findall("th"))
    )
    return [" ".join("".join(cell.itertext()).split()) for cell in row.findall("td")]


def test_the_clerk_reads_words_and_chooses_them(pledge, visit):
    lan = visit("lan")
    read = cells(lan.get(f"/giao-uoc/{pledge.pid}").text)
    assert read[:7] == ["Đạt", "Không đạt", "Đạt", "—", "—", "—", "Đạt"]
    typing = lan.get(f"/giao-uoc/{pledge.pid}/nhap").text
    assert cells(typing)[:2] == ["Đạt", "Không đạt"]
    assert all(
        f'<select id="{name}-{of(pledge).pid}"' in typing
        for name in ("goal", "q1", "q2", "q3", "q4")
    )


def test_the_leader_reads_what_it_becomes(pledge, visit):
    assert cells(visit("hung").get(f"/giao-uoc/{pledge.pid}/tom-tat").text)[:4] == [
        "Không đạt",
        "Đạt",
        "Đạt",
        "chuyển sang đạt",
    ]


def test_the_reviewer_reads_it_beside_the_others_and_in_what_changed(cast, pledge, visit):
    lan, hung, rev = visit("lan"), visit("hung"), visit("rev")

    def hand_up() -> None:
        lan.post(f"/giao-uoc/{pledge.pid}/trinh", {"ver": version(pledge)})
        hung.post(f"/giao-uoc/{pledge.pid}/ky-duyet", {"ver": version(pledge)})
        lan.post(f"/giao-uoc/{pledge.pid}/gui", {"ver": version(pledge)})

    hand_up()
    assert cells(rev.get(f"/tham-dinh/{pledge.pid}").text)[:4] == ["Không đạt", "Đạt", "Đạt", "Đạt"]
    table = rev.get(f"/tham-dinh/bang/{pledge.cluster.pid}").text
    assert "ĐạtKhông đạt / Đạt" in "".join(cells(table)).replace("Đạt Không", "ĐạtKhông")
    rev.post(
        f"/tham-dinh/{pledge.pid}/yeu-cau-bo-sung",
        {"ver": version(pledge), f"reason_{of(pledge).pid}": "Chưa đủ căn cứ."},
    )
    page = lan.get(f"/giao-uoc/{pledge.pid}/nhap").text
    token = page.split(f'name="ver-{of(pledge).pid}" value="')[1].split('"')[0]
    answer = lan.post(
        f"/giao-uoc/{pledge.pid}/dong/{of(pledge).pid}",
        status=200,
        json={
            "cells": {"goal": "0", "q4": "0", "reason_lower": "Thiếu vốn."},
            "ver": token,
            "tab": "t",
            "seq": 1,
        },
    )
    assert answer.get_json()["values"]["goal"] == "0", "what the select holds"
    hand_up()
    changed = " ".join(cells(rev.get(f"/tham-dinh/{pledge.pid}").text))
    assert "chỉ tiêu: Đạt → Không đạt" in changed and "quý IV: Đạt → Không đạt" in changed


def version(pledge: Pledge) -> str:
    db.session.expire_all()
    return str(pledge.version_id)


def test_the_sheet_and_the_label_say_it(pledge, visit):
    data = visit("lan").post(f"/giao-uoc/{pledge.pid}/xlsx", status=200).data
    rows = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(BytesIO(data)).worksheets[0].iter_rows()
    ]
    assert next(row for row in rows if row[0] == "4")[3:10] == [
        "Đạt",
        "Không đạt",
        "Đạt",
        None,
        None,
        None,
        "Đạt",
    ]
    assert target_label(of(pledge)).endswith("4. Xã kiểu mẫu: Đạt")


def test_only_one_and_nought_are_words(app):
    with app.test_request_context(), force_locale("vi"):
        assert [
            figure_words(value, True) for value in (Decimal(1), Decimal(0), Decimal("0.5"), None)
        ] == ["Đạt", "Không đạt", "0,5", ""]
        assert [figure_cell(value, False) for value in (Decimal(1), None)] == [Decimal(1), None]
