"""Single units: added, listed below another, a wrong level put right; nothing is doubled."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Forbidden
from pledge_app.orgs import queries, units
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Unit
from tests import make
from tests.cast import TODAY

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)


def commune(cast) -> Unit:
    return db.session.get_one(Unit, cast.units["Hải Quang"])


def add(
    cast,
    *names: str,
    who: str = "quan",
    level: UnitLevel = UnitLevel.HAMLET,
    parent: Unit | None = None,
) -> int:
    return units.add_below(
        parent or commune(cast), level, names, actor=make.actor(cast, who), at=AT, today=TODAY
    )


def below(cast) -> list[str]:
    return [name for _id, name in queries.hamlets_of(cast.units["Hải Quang"], TODAY)]


def test_hamlets_of_a_list_stand_below_their_commune_in_order(app, cast):
    assert add(cast, "Xóm 11", "Xóm 3") == 2
    assert below(cast) == ["Xóm 1", "Xóm 2", "Xóm 3", "Xóm 10", "Xóm 11"]
    event = db.session.query(TrailEvent).filter_by(verb="unit.listed_below").one()
    assert (event.data["n"], event.data["names"]) == (2, ["Xóm 11", "Xóm 3"])


def test_those_that_are_there_are_passed_over_however_they_are_spelt(app, cast):
    assert add(cast, "XÓM 1", "Xóm Hoà", "Xóm Hòa") == 1
    assert below(cast) == ["Xóm 1", "Xóm 2", "Xóm 10", "Xóm Hoà"]
    with pytest.raises(DomainError, match="Không có đơn vị nào mới"):
        add(cast, "Xóm Hòa")


def test_a_pasted_list_is_understood_line_by_line(app, cast):
    text = "1. Ấp An Hòa\n2)\tAn Thạnh\n\n- Xóm 1\n3\tấp An Hòa\nTổ dân phố số 2"
    found = units.read_names(commune(cast), UnitLevel.HAMLET, "Ấp", text, on=TODAY)
    assert [(one.line, one.name, one.does) for one in found] == [
        (1, "Ấp An Hòa", "new"),
        (2, "Ấp An Thạnh", "new"),
        (4, "Xóm 1", "known"),
        (5, "ấp An Hòa", "twice"),
        (6, "Tổ dân phố số 2", "new"),
    ]


def test_a_name_too_long_is_wrong(app, cast):
    found = units.read_names(commune(cast), UnitLevel.HAMLET, "Ấp", "Ấp " + "a" * 200, on=TODAY)
    assert [one.does for one in found] == ["wrong"]


@pytest.mark.parametrize("who", ["lan", "rev", "giam"])
def test_only_the_administrator_adds(app, cast, who):
    with pytest.raises(Forbidden):
        add(cast, "Xóm 3", who=who)
    with pytest.raises(Forbidden):
        units.add_unit("Huyện Mới", UnitLevel.DISTRICT, actor=make.actor(cast, who), at=AT)
    with pytest.raises(Forbidden):
        units.correct_level(commune(cast), UnitLevel.DISTRICT, actor=make.actor(cast, who), at=AT)


def test_communes_are_listed_below_a_district_and_hamlets_are_not(app, cast):
    district = db.session.get_one(Unit, cast.units["Hải Hậu"])
    assert add(cast, "Xã Hải Mới", "Thị trấn Cồn", level=UnitLevel.COMMUNE, parent=district) == 2
    with pytest.raises(DomainError, match="không đứng ngay dưới"):
        add(cast, "Xóm 1", parent=district)


def test_an_ended_unit_takes_none(app, cast):
    commune(cast).exists_to = TODAY
    with pytest.raises(DomainError, match="không còn tồn tại"):
        add(cast, "Xóm 3")


def test_a_unit_alone_has_its_type_in_its_name_and_is_not_doubled(app, cast):
    quan = make.actor(cast, "quan")
    made = units.add_unit("Tỉnh Ninh Bình", UnitLevel.PROVINCE, code="37", actor=quan, at=AT)
    assert (made.names[0].code, made.exists_from) == ("37", None)
    with pytest.raises(DomainError, match="Đã có đơn vị tên này"):
        units.add_unit("TỈNH NINH BÌNH", UnitLevel.PROVINCE, actor=quan, at=AT)
    with pytest.raises(DomainError, match="bắt đầu bằng loại"):
        units.add_unit("Ninh Bình", UnitLevel.PROVINCE, actor=quan, at=AT)
    with pytest.raises(DomainError, match="chỉ gồm chữ số"):
        units.add_unit("Tỉnh Hà Nam", UnitLevel.PROVINCE, code="A", actor=quan, at=AT)


def test_a_wrong_level_is_put_right_where_nothing_contradicts(app, cast):
    quan = make.actor(cast, "quan")
    made = units.add_unit("Thành phố Hoa Lư", UnitLevel.PROVINCE, actor=quan, at=AT)
    units.correct_level(made, UnitLevel.DISTRICT, actor=quan, at=AT)
    assert made.level is UnitLevel.DISTRICT
    assert (
        db.session.query(TrailEvent).filter_by(verb="unit.level_corrected").one().data["before"]
        == "province"
    )
    with pytest.raises(DomainError, match="bắt đầu bằng loại"):
        units.correct_level(made, UnitLevel.COMMUNE, actor=quan, at=AT)


def test_a_level_that_units_above_or_below_or_the_register_contradict_stays(app, cast):
    quan = make.actor(cast, "quan")
    district = db.session.get_one(Unit, cast.units["Hải Hậu"])
    district.names[0].name = "Thành phố Hải Hậu"
    units.correct_level(district, UnitLevel.PROVINCE, actor=quan, at=AT)
    units.correct_level(district, UnitLevel.DISTRICT, actor=quan, at=AT)
    commune(cast).names[0].name = "Thành phố Hải Quang"
    with pytest.raises(DomainError, match="không hợp với cấp này"):
        units.correct_level(commune(cast), UnitLevel.DISTRICT, actor=quan, at=AT)
    coded = units.add_unit("Thành phố Huế", UnitLevel.PROVINCE, code="46", actor=quan, at=AT)
    with pytest.raises(DomainError, match="theo danh mục"):
        units.correct_level(coded, UnitLevel.DISTRICT, actor=quan, at=AT)


def test_from_when_they_exist_may_be_said(app, cast):
    units.add_below(
        commune(cast),
        UnitLevel.HAMLET,
        ["Xóm 3"],
        opening=units.Opening(date(2023, 6, 1)),
        actor=make.actor(cast, "quan"),
        at=AT,
        today=TODAY,
    )
    assert "Xóm 3" not in below(cast)
    assert "Xóm 3" in [
        name for _id, name in queries.hamlets_of(cast.units["Hải Quang"], date(2023, 6, 1))
    ]
