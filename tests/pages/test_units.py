"""Units through time: a code is never an identity, and nothing is invented about successions."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from pledge_app.demo.example import load_registers
from pledge_app.kernel.base import db
from pledge_app.orgs import queries
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Unit, UnitName


@pytest.fixture
def registers(app):
    load_registers()
    db.session.commit()


def units(on: date, **kwargs):
    return db.session.execute(queries.units(on=on, **kwargs)).all()


def test_the_registers_hold_the_country_of_today_and_nam_dinh_of_2023(registers):
    today = date(2026, 1, 1)
    assert len(units(today, level=UnitLevel.PROVINCE)) == 34
    assert len(units(today, level=UnitLevel.COMMUNE)) >= 3321
    assert [
        row for row in units(today, level=UnitLevel.DISTRICT) if row.parent_name == "Tỉnh Nam Định"
    ] == []
    assert (
        len(
            [
                r
                for r in units(date(2023, 2, 10), level=UnitLevel.COMMUNE)
                if r.parent_name == "Huyện Hải Hậu" and r.code
            ]
        )
        == 34
    )


def test_loading_twice_adds_nothing(registers):
    before = db.session.query(Unit).count()
    load_registers()
    assert db.session.query(Unit).count() == before


def test_the_code_14287_is_hai_tay_in_2023_and_hai_quang_in_2025(registers):
    assert [row.name for row in units(date(2023, 2, 10), text="14287")] == ["Xã Hải Tây"]
    assert [row.name for row in units(date(2025, 7, 1), text="14287")] == ["Xã Hải Quang"]


def test_three_communes_became_hai_quang_of_ninh_binh(registers):
    newer = db.session.scalars(
        select(Unit)
        .join(UnitName)
        .where(UnitName.code == "14287", UnitName.used_from == date(2025, 7, 1))
    ).one()
    assert {
        queries.names_on([row.predecessor_id], date(2023, 1, 1))[row.predecessor_id]
        for row in queries.predecessors(newer)
    } == {"Xã Hải Đông", "Xã Hải Tây", "Xã Hải Quang"}


def test_hai_ly_ended_in_2024_and_its_page_names_its_successor(registers, visit):
    unit = db.session.scalars(select(Unit).join(UnitName).where(UnitName.code == "14290")).one()
    assert unit.exists_to == date(2024, 9, 1)
    assert "Thị trấn Cồn" in visit("lan").get(f"/don-vi/{unit.pid}").text


def test_a_commune_without_a_known_successor_says_so(registers, visit):
    unit = db.session.scalars(select(Unit).join(UnitName).where(UnitName.code == "14245")).one()
    assert "chưa rõ đơn vị kế thừa" in visit("lan").get(f"/don-vi/{unit.pid}").text


def test_units_are_found_without_diacritics_and_hamlets_stand_in_their_order(
    registers, cast, visit
):
    assert "Xã Hải Quang" in visit("lan").get("/don-vi?q=hai+quang").text
    assert [
        name for _id, name in queries.hamlets_of(cast.units["Hải Quang"], date(2023, 2, 10))
    ] == ["Xóm 1", "Xóm 2", "Xóm 10"]


def test_a_day_that_does_not_exist_is_named(visit):
    assert "30/02/2023" in visit("lan").get("/don-vi?ngay=30/02/2023", status=422).text
