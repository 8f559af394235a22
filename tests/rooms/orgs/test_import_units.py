"""Registers of units become dated rows; a code is never an identity; no succession is invented."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from pledge_app.demo.example import DATA, REFORM, load_registers
from pledge_app.kernel.base import db
from pledge_app.orgs import loading
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Succession, Unit, UnitName, UnitParent
from pledge_app.orgs.register import read_successions, read_units


def lines(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").splitlines()


def load_2025() -> loading.Loaded:
    return loading.load_units(
        read_units(lines("units_vietnam_2025.csv")).rows,
        source="Việt Nam 01/7/2025",
        valid_from=REFORM,
        valid_to=None,
    )


def count(source: str, level: UnitLevel) -> int:
    return db.session.query(Unit).filter_by(source=source, level=level).count()


def test_the_whole_country_is_there_within_seconds(app):
    begun = time.monotonic()
    assert load_2025() == loading.Loaded(added=34 + 3321, known=0)
    assert time.monotonic() - begun < 10
    assert count("Việt Nam 01/7/2025", UnitLevel.PROVINCE) == 34
    assert count("Việt Nam 01/7/2025", UnitLevel.COMMUNE) == 3321
    assert count("Việt Nam 01/7/2025", UnitLevel.DISTRICT) == 0


def test_a_second_run_adds_nothing(app):
    load_registers()
    before = [db.session.query(table).count() for table in (Unit, UnitName, UnitParent, Succession)]
    load_registers()
    assert [
        db.session.query(table).count() for table in (Unit, UnitName, UnitParent, Succession)
    ] == before


def test_rows_can_be_added_after_a_bulk_load(app):
    """PostgreSQL's sequence was caught up."""
    load_2025()
    db.session.commit()
    commune = loading.unit_named("Xã Hải Quang", "Tỉnh Ninh Bình", on=REFORM)
    assert loading.add_hamlet("Xóm 1", commune, source="thử").id > commune.id


def test_one_code_two_units(app):
    load_registers()
    found = (
        db.session.query(Unit)
        .join(UnitName)
        .filter(UnitName.code == "14287")
        .order_by(Unit.exists_to)
        .all()
    )
    assert {(unit.names[0].name, unit.exists_from, unit.exists_to) for unit in found} == {
        ("Xã Hải Tây", None, REFORM),
        ("Xã Hải Quang", REFORM, None),
    }


def test_successors_are_those_of_the_sources_and_no_others(app):
    load_registers()
    known = {
        (link.predecessor.names[0].name, link.successor.names[0].name, link.on_date)
        for link in db.session.query(Succession)
    }
    assert known == {
        ("Xã Hải Lý", "Thị trấn Cồn", date(2024, 9, 1)),
        ("Xã Hải Chính", "Thị trấn Cồn", date(2024, 9, 1)),
        ("Xã Hải Đông", "Xã Hải Quang", REFORM),
        ("Xã Hải Tây", "Xã Hải Quang", REFORM),
        ("Xã Hải Quang", "Xã Hải Quang", REFORM),
        ("Thị trấn Cồn", "Xã Hải Tiến", REFORM),
        ("Xã Hải Sơn", "Xã Hải Tiến", REFORM),
        ("Xã Hải Tân", "Xã Hải Tiến", REFORM),
    }


def test_a_predecessor_ends_on_the_day(app):
    load_registers()
    ly = db.session.query(Unit).join(UnitName).filter(UnitName.code == "14290").one()
    assert (ly.exists_to, ly.names[0].used_to, ly.parents[0].used_to) == (date(2024, 9, 1),) * 3
    found = loading._find("Xã Hải Lý", "Huyện Hải Hậu", date(2024, 8, 31), newer=True, code="14290")
    assert found is ly
    assert (
        loading._find("Xã Hải Lý", "Huyện Hải Hậu", date(2024, 9, 1), newer=True, code="14290")
        is None
    )


def test_a_succession_of_an_unknown_unit_is_named(app):
    load_registers()
    header, row = (
        lines("successions.csv")[2],
        lines("successions.csv")[3].replace("Xã Hải Lý", "Xã Không Có"),
    )
    with pytest.raises(loading.UnknownUnit) as refused:
        loading.load_successions(read_successions([header, row]).rows)
    assert (refused.value.line, refused.value.name) == (2, "Xã Không Có")


@pytest.fixture
def command(app):
    """`flask import-units …`."""

    def run(*arguments: object):
        db.session.commit()
        return app.test_cli_runner().invoke(args=["import-units", *map(str, arguments)])

    return run


def test_the_command_loads_and_tells_how_many(command):
    done = command(
        DATA / "units_nam_dinh_2023.csv", "--until", "01/07/2025", "--source", "Nam Định 2023"
    )
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Đã thêm ")
    again = command(
        DATA / "units_nam_dinh_2023.csv", "--until", "01/07/2025", "--source", "Nam Định 2023"
    )
    assert again.output.startswith("Đã thêm 0 đơn vị")


def test_a_dry_run_writes_nothing(command):
    done = command(DATA / "units_vietnam_2025.csv", "--date", "01/07/2025", "--dry-run")
    assert done.output.startswith("Sẽ thêm 3355 đơn vị")
    assert count("units_vietnam_2025", UnitLevel.PROVINCE) == 0


def test_successions_come_with_the_command(command):
    command(DATA / "units_nam_dinh_2023.csv", "--until", "01/07/2025")
    done = command(
        DATA / "units_vietnam_2025.csv",
        "--date",
        "01/07/2025",
        "--successions",
        DATA / "successions.csv",
    )
    assert done.exit_code == 0, done.output
    assert "8 quan hệ kế thừa mới" in done.output


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("level,code,name,parent_code\ntinh,01,Tỉnh A,\n", "dòng 2: không rõ cấp tinh"),
        ("level,code,name,parent_code\nprovince,1e3,Tỉnh A,\n", "mã không phải chữ số 1e3"),
        (
            "level,code,name,parent_code\nprovince,01,Tỉnh A,\nprovince,01,Tỉnh B,\n",
            "dòng 3: mã trùng",
        ),
        ("ma,ten\n01,A\n", "thiếu cột"),
    ],
)
def test_a_faulty_row_is_named_and_nothing_is_loaded(command, tmp_path: Path, text: str, says: str):
    file = tmp_path / "units.csv"
    file.write_text(text, encoding="utf-8")
    done = command(file)
    assert done.exit_code == 1
    assert says in done.output
    assert db.session.query(Unit).filter_by(source="units").count() == 0


def test_an_old_encoding_is_refused_with_advice(command, tmp_path: Path):
    file = tmp_path / "units.csv"
    file.write_bytes(
        "level,code,name,parent_code\nprovince,01,Tỉnh Ð,\n".encode("latin-1", "replace")
        + b"\xd0\n"
    )
    done = command(file)
    assert done.exit_code == 1
    assert "CSV UTF-8" in done.output
