"""A register against what is known on its day: every row gets a finding; what is unclear is left
out, never guessed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Forbidden
from pledge_app.orgs import comparing, queries, register_loading, units
from pledge_app.orgs.comparing import Finding
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import RegisterImport, Unit
from pledge_app.orgs.register import RowFault, UnitRow
from tests import make
from tests.cast import TODAY

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
ON, LATER = date(2020, 1, 1), date(2025, 7, 1)
HEAD = ["Cấp", "Mã", "Tên", "Mã cấp trên"]
FIRST = [
    HEAD,
    ["tỉnh", "36", "Tỉnh Nam Định", ""],
    ["huyện", "366", "Huyện Giao Thủy", "36"],
    ["xã", "14287", "Xã Giao Lạc", "366"],
    ["xã", "14290", "Xã Giao An", "366"],
]


def load(
    cast, table: list[list[str]], on: date = ON, who: str = "quan", with_changes: bool = False
) -> RegisterImport:
    return register_loading.load(
        comparing.read_register(table, comparing.known_units(on)),
        source="Danh mục thử",
        on=on,
        with_changes=with_changes,
        actor=make.actor(cast, who),
        at=AT,
        today=TODAY,
    )


def read(table: list[list[str]], on: date) -> tuple[UnitRow, ...]:
    register = comparing.read_register(table, comparing.known_units(on))
    assert register.errors == ()
    return register.rows


def findings(table: list[list[str]], on: date = LATER) -> dict[str, Finding]:
    return {
        one.row.full_name: one.finding for one in comparing.compare(read(table, on), on=on).rows
    }


def test_new_units_are_added_under_their_parents(app, cast):
    made = load(cast, FIRST)
    assert (made.added, made.changed, made.unclear) == (4, 0, 0)
    found = db.session.execute(queries.units(on=ON, text="14287")).one()
    assert (found.name, found.parent_name) == ("Xã Giao Lạc", "Huyện Giao Thủy")
    assert db.session.query(TrailEvent).filter_by(verb="register.loaded").one().data["added"] == 4


def test_a_second_time_nothing_is_new(app, cast):
    load(cast, FIRST)
    assert set(findings(FIRST).values()) == {Finding.SAME}
    with pytest.raises(DomainError, match="Không có gì mới"):
        load(cast, FIRST, on=LATER)


def test_the_zeros_that_excel_drops_come_back(app, cast):
    rows = comparing.read_register(
        [HEAD, ["Tỉnh", "1", "Thành phố Hà Nội", ""], ["xã", "70", "Phường Hoàn Kiếm", "1"]]
    ).rows
    assert [(row.code, row.parent_code) for row in rows] == [("01", None), ("00070", "01")]


def test_each_kind_of_row_gets_its_finding(app, cast):
    load(cast, FIRST)
    for unit in db.session.query(Unit).filter_by(source="Danh mục thử"):
        if unit.names[0].name == "Xã Giao Lạc":
            unit.exists_to = unit.names[0].used_to = unit.parents[0].used_to = LATER
    db.session.flush()
    table = [
        HEAD,
        FIRST[1],
        FIRST[2],
        ["xã", "14287", "Xã Hải Quang", "366"],
        ["xã", "14290", "Xã Giao An Mới", "366"],
        ["xã", "14300", "Xã Hải Mới", "366"],
    ]
    assert findings(table) == {
        "Tỉnh Nam Định": Finding.SAME,
        "Huyện Giao Thủy": Finding.SAME,
        "Xã Hải Quang": Finding.REUSED,
        "Xã Giao An Mới": Finding.CHANGED,
        "Xã Hải Mới": Finding.ADDED,
    }


def test_what_may_be_two_things_is_unclear_and_left_out(app, cast):
    load(cast, FIRST)
    table = [
        *FIRST[:3],
        ["xã", "14290", "Xã Giao Lạc", "366"],
        ["xã", "14999", "Xã Giao An", "366"],
        ["xã", "14300", "Xã Hải Mới", "366"],
    ]
    found = findings(table)
    assert (found["Xã Giao Lạc"], found["Xã Giao An"]) == (Finding.UNCLEAR, Finding.UNCLEAR)
    made = load(cast, table, on=LATER)
    assert (made.added, made.unclear) == (1, 2)


def test_a_change_is_written_as_a_dated_row_only_when_asked(app, cast):
    load(cast, FIRST)
    table = [
        HEAD,
        FIRST[1],
        FIRST[2],
        ["xã", "14290", "Xã Giao An Mới", "36"],
        ["xã", "14300", "Xã Hải Mới", "366"],
    ]
    assert load(cast, table, on=LATER).changed == 0
    assert load(cast, table, on=date(2025, 8, 1), with_changes=True).changed == 1
    db.session.expire_all()
    unit = (
        db.session.query(Unit)
        .filter_by(source="Danh mục thử")
        .filter(Unit.names.any(code="14290"))
        .one()
    )
    assert [(row.name, row.used_to) for row in unit.names] == [
        ("Xã Giao An", date(2025, 8, 1)),
        ("Xã Giao An Mới", None),
    ]
    assert queries.names_on([unit.id], date(2025, 7, 15))[unit.id] == "Xã Giao An"
    assert len(unit.parents) == 2


def test_what_the_register_does_not_have_is_told_and_stays(app, cast):
    load(cast, FIRST)
    assert comparing.compare(comparing.read_register(FIRST[:4]).rows, on=LATER).missing == [
        "Xã Giao An"
    ]


HAMLETS = [
    HEAD,
    ["xóm", "", "Xóm 1", "14287"],
    ["ấp", "", "An Hòa", "Xã Giao An"],
    ["tổ dân phố", "", "Tổ dân phố số 2", "14287"],
]


def names_below(code: str, on: date = LATER) -> list[str]:
    above = db.session.query(Unit).filter(Unit.names.any(code=code)).one()
    return [name for _id, name in queries.hamlets_of(above.id, on)]


def test_hamlets_without_codes_are_loaded_below_communes_that_are_there(app, cast):
    load(cast, FIRST)
    made = load(cast, HAMLETS, on=LATER)
    assert (made.added, made.unclear) == (3, 0)
    assert names_below("14287") == ["Tổ dân phố số 2", "Xóm 1"]
    assert names_below("14290") == ["Ấp An Hòa"]


def test_hamlets_and_their_communes_come_in_one_sheet(app, cast):
    made = load(cast, [*FIRST, ["thôn", "", "Thôn Đông", "14290"]])
    assert made.added == 5
    assert names_below("14290") == ["Thôn Đông"]


def test_the_same_hamlets_again_double_nothing(app, cast):
    load(cast, FIRST)
    load(cast, HAMLETS, on=LATER)
    again = [HEAD, ["Xóm", "", "XÓM 1", "14287"], *HAMLETS[2:]]
    assert set(findings(again).values()) == {Finding.SAME}
    with pytest.raises(DomainError, match="Không có gì mới"):
        load(cast, again, on=date(2025, 8, 1))


def test_one_hamlet_twice_in_a_sheet_is_written_once_and_said(app, cast):
    load(cast, FIRST)
    table = [HEAD, ["xóm", "", "Xóm 1", "14287"], ["xóm", "", "Xóm 1", "14287"]]
    found = comparing.compare(read(table, LATER), on=LATER).rows
    assert [(one.finding, one.said) for one in found] == [
        (Finding.ADDED, ""),
        (Finding.UNCLEAR, "trùng với dòng 2"),
    ]
    assert load(cast, table, on=LATER).added == 1


def test_a_parent_named_by_a_name_of_several_is_unclear(app, cast):
    load(cast, [*FIRST, ["huyện", "367", "Huyện Kia", "36"], ["xã", "14400", "Xã Giao An", "367"]])
    found = comparing.compare(
        read([HEAD, ["xóm", "", "Xóm 1", "Xã Giao An"]], LATER), on=LATER
    ).rows
    assert found[0].finding is Finding.UNCLEAR
    assert "có nhiều đơn vị tên Xã Giao An" in found[0].said


def test_a_hamlet_of_an_unknown_commune_is_a_faulty_row(app, cast):
    load(cast, FIRST)
    register = comparing.read_register(
        [HEAD, ["xóm", "", "Xóm 1", "99999"]], comparing.known_units(LATER)
    )
    assert [(error.line, error.fault) for error in register.errors] == [
        (2, RowFault.PARENT_UNKNOWN)
    ]


def test_a_unit_entered_without_a_code_gets_the_registers_and_is_not_doubled(app, cast):
    units.add_unit("Tỉnh Nam Định", UnitLevel.PROVINCE, actor=make.actor(cast, "quan"), at=AT)
    assert findings(FIRST)["Tỉnh Nam Định"] is Finding.CODED
    made = load(cast, FIRST)
    assert (made.added, made.changed) == (3, 1)
    found = db.session.query(Unit).filter(Unit.names.any(name="Tỉnh Nam Định")).one()
    assert found.names[0].code == "36"
    assert set(findings(FIRST).values()) == {Finding.SAME}


def test_a_district_that_stood_alone_gets_its_code_and_the_unit_above_it(app, cast):
    made = units.add_unit(
        "Huyện Giao Thủy", UnitLevel.DISTRICT, actor=make.actor(cast, "quan"), at=AT
    )
    load(cast, FIRST)
    db.session.expire_all()
    assert [row.parent.names[0].name for row in made.parents] == ["Tỉnh Nam Định"]
    assert made.names[0].code == "366"


def test_what_another_province_has_is_not_told_as_missing(app, cast):
    load(cast, FIRST)
    other = [HEAD, ["tỉnh", "37", "Tỉnh Ninh Bình", ""], ["xã", "14700", "Xã Kim Sơn", "37"]]
    assert comparing.compare(read(other, LATER), on=LATER).missing == ["Tỉnh Nam Định"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["xã", "14A", "Xã Sai", "366"], RowFault.CODE_NOT_DIGITS),
        (["xã", "14290", "Xã Lặp", "366"], RowFault.CODE_REPEATED),
        (["vùng", "1", "Vùng Sai", ""], RowFault.LEVEL_UNKNOWN),
        (["xã", "14999", "", "366"], RowFault.NAME_MISSING),
        (["xã", "14999", "Hải Sai", "366"], RowFault.TYPE_WORD_UNKNOWN),
        (["xã", "14999", "Xã Sai", "99"], RowFault.PARENT_UNKNOWN),
    ],
)
def test_a_faulty_row_is_named_by_its_line_and_nothing_is_loaded(app, cast, row, fault):
    register = comparing.read_register([*FIRST, row])
    assert [(error.line, error.fault) for error in register.errors] == [(6, fault)]
    with pytest.raises(DomainError, match="chưa nạp dòng nào"):
        load(cast, [*FIRST, row])


@pytest.mark.parametrize("who", ["lan", "rev", "giam"])
def test_only_the_administrator_loads(app, cast, who):
    with pytest.raises(Forbidden):
        load(cast, FIRST, who=who)


@pytest.mark.parametrize(
    ("name", "above", "names", "parents"),
    [("Xã Giao An Mới", "366", 2, 1), ("Xã Giao An", "36", 1, 2)],
)
def test_only_what_has_changed_gets_a_dated_row(app, cast, name, above, names, parents):
    load(cast, FIRST)
    table = [*FIRST[:4], ["xã", "14290", name, above]]
    assert load(cast, table, on=LATER, with_changes=True).changed == 1
    db.session.expire_all()
    unit = db.session.query(Unit).filter(Unit.names.any(code="14290")).one()
    assert (len(unit.names), len(unit.parents)) == (names, parents)
