"""A register against what is known on its day: every row gets a finding; what is unclear is left out, never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Forbidden
from pledge_app.orgs import comparing, queries
from pledge_app.orgs.comparing import Finding
from pledge_app.orgs.models import RegisterImport, Unit
from pledge_app.orgs.register import RowFault
from tests import make

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
ON, LATER = date(2020, 1, 1), date(2025, 7, 1)
HEAD = ["Cấp", "Mã", "Tên", "Mã cấp trên"]
FIRST = [HEAD, ["tỉnh", "36", "Tỉnh Nam Định", ""], ["huyện", "366", "Huyện Hải Hậu", "36"],
         ["xã", "14287", "Xã Hải Tây", "366"], ["xã", "14290", "Xã Hải Đông", "366"]]


def load(cast, table: list[list[str]], on: date = ON, who: str = "quan", with_changes: bool = False) -> RegisterImport:
    return comparing.load(comparing.read_register(table), source="Danh mục thử", on=on, with_changes=with_changes,
                          actor=make.actor(cast, who), at=AT)


def findings(table: list[list[str]], on: date = LATER) -> dict[str, Finding]:
    return {one.row.full_name: one.finding for one in comparing.compare(comparing.read_register(table).rows, on=on).rows}


def test_new_units_are_added_under_their_parents(app, cast):
    made = load(cast, FIRST)
    assert (made.added, made.changed, made.unclear) == (4, 0, 0)
    found = db.session.execute(queries.units(on=ON, text="14287")).one()
    assert (found.name, found.parent_name) == ("Xã Hải Tây", "Huyện Hải Hậu")
    assert db.session.query(TrailEvent).filter_by(verb="register.loaded").one().data["added"] == 4


def test_a_second_time_nothing_is_new(app, cast):
    load(cast, FIRST)
    assert set(findings(FIRST).values()) == {Finding.SAME}
    with pytest.raises(DomainError, match="Không có gì mới"):
        load(cast, FIRST, on=LATER)


def test_the_zeros_that_excel_drops_come_back(app, cast):
    rows = comparing.read_register([HEAD, ["Tỉnh", "1", "Thành phố Hà Nội", ""], ["xã", "70", "Phường Hoàn Kiếm", "1"]]).rows
    assert [(row.code, row.parent_code) for row in rows] == [("01", None), ("00070", "01")]


def test_each_kind_of_row_gets_its_finding(app, cast):
    load(cast, FIRST)
    for unit in db.session.query(Unit).filter_by(source="Danh mục thử"):
        if unit.names[0].name == "Xã Hải Tây":
            unit.exists_to = unit.names[0].used_to = unit.parents[0].used_to = LATER
    db.session.flush()
    table = [HEAD, FIRST[1], FIRST[2], ["xã", "14287", "Xã Hải Quang", "366"], ["xã", "14290", "Xã Hải Đông Mới", "366"],
             ["xã", "14300", "Xã Hải Mới", "366"]]
    assert findings(table) == {
        "Tỉnh Nam Định": Finding.SAME, "Huyện Hải Hậu": Finding.SAME, "Xã Hải Quang": Finding.REUSED,
        "Xã Hải Đông Mới": Finding.CHANGED, "Xã Hải Mới": Finding.ADDED}


def test_what_may_be_two_things_is_unclear_and_left_out(app, cast):
    load(cast, FIRST)
    table = [*FIRST[:3], ["xã", "14290", "Xã Hải Tây", "366"], ["xã", "14999", "Xã Hải Đông", "366"], ["xã", "14300", "Xã Hải Mới", "366"]]
    found = findings(table)
    assert (found["Xã Hải Tây"], found["Xã Hải Đông"]) == (Finding.UNCLEAR, Finding.UNCLEAR)
    made = load(cast, table, on=LATER)
    assert (made.added, made.unclear) == (1, 2)


def test_a_change_is_written_as_a_dated_row_only_when_asked(app, cast):
    load(cast, FIRST)
    table = [HEAD, FIRST[1], FIRST[2], ["xã", "14290", "Xã Hải Đông Mới", "36"], ["xã", "14300", "Xã Hải Mới", "366"]]
    assert load(cast, table, on=LATER).changed == 0
    assert load(cast, table, on=date(2025, 8, 1), with_changes=True).changed == 1
    db.session.expire_all()
    unit = db.session.query(Unit).filter_by(source="Danh mục thử").filter(Unit.names.any(code="14290")).one()
    assert [(row.name, row.used_to) for row in unit.names] == [("Xã Hải Đông", date(2025, 8, 1)), ("Xã Hải Đông Mới", None)]
    assert queries.names_on([unit.id], date(2025, 7, 15))[unit.id] == "Xã Hải Đông"
    assert len(unit.parents) == 2


def test_what_the_register_does_not_have_is_told_and_stays(app, cast):
    load(cast, FIRST)
    assert comparing.compare(comparing.read_register(FIRST[:4]).rows, on=LATER).missing == ["Xã Hải Đông"]


@pytest.mark.parametrize(("row", "fault"), [
    (["xã", "14A", "Xã Sai", "366"], RowFault.CODE_NOT_DIGITS), (["xã", "14290", "Xã Lặp", "366"], RowFault.CODE_REPEATED),
    (["làng", "1", "Làng Sai", ""], RowFault.LEVEL_UNKNOWN), (["xã", "14999", "", "366"], RowFault.NAME_MISSING),
    (["xã", "14999", "Hải Sai", "366"], RowFault.TYPE_WORD_UNKNOWN), (["xã", "14999", "Xã Sai", "99"], RowFault.PARENT_UNKNOWN)])
def test_a_faulty_row_is_named_by_its_line_and_nothing_is_loaded(app, cast, row, fault):
    register = comparing.read_register([*FIRST, row])
    assert [(error.line, error.fault) for error in register.errors] == [(6, fault)]
    with pytest.raises(DomainError, match="chưa nạp dòng nào"):
        load(cast, [*FIRST, row])


@pytest.mark.parametrize("who", ["lan", "rev", "giam"])
def test_only_the_administrator_loads(app, cast, who):
    with pytest.raises(Forbidden):
        load(cast, FIRST, who=who)
