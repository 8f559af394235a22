"""flask import: a province of 166 communes from its sheets, tried first, all of them or nothing."""

from __future__ import annotations

import csv
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.campaigns.models import AssignedFigure, EmulationYear
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body, Cluster, OfficeHolding, Unit
from pledge_app.upkeep.import_command import PASSWORDS
from tests.rooms.upkeep.test_create_admin import GOOD

COMMUNES = [f"Xã Thử {n}" for n in range(1, 167)]
ISSUER = "UBND tỉnh Thử"
Rows = Sequence[Sequence[str]]


@pytest.fixture
def office(empty_app: Flask) -> Flask:
    """As after `create-admin`, with the province of the office."""
    arguments = ["create-admin", "--office", ISSUER, "--username", "quan"]
    asked = [*arguments, "--name", "Võ Thị An", "--password", GOOD]
    made = empty_app.test_cli_runner().invoke(args=asked)
    assert made.exit_code == 0, made.output
    return empty_app


def write(folder: Path, name: str, rows: Rows) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def committee(commune: str) -> str:
    return f"UBND xã {commune.removeprefix('Xã ')}"


def province(folder: Path, communes: Sequence[str], *, users: int = 3) -> None:
    """The sheets of a province; only `users` communes have a login, so that a test is quick."""
    units = [("xã", "", name, "Tỉnh Thử") for name in communes]
    write(folder, "don-vi", [("Cấp", "Mã", "Tên", "Mã hoặc tên cấp trên"), *units])
    head = ("Cơ quan", "Đơn vị", "Họ và tên", "Chức vụ", "Giữ chức từ ngày")
    bodies = [(committee(one), one, f"Bà {one}", "Chủ tịch", "01/07/2025") for one in communes]
    write(folder, "co-quan", [head, *bodies])
    logins = [
        (f"Bà {one}", f"xa.{n}", "Lãnh đạo ký duyệt", committee(one), "01/07/2025", "Chủ tịch")
        for n, one in enumerate(communes[:users])
    ]
    user_head = ("Họ và tên", "Tên đăng nhập", "Vai trò", "Cơ quan", "Từ ngày", "Chức vụ")
    write(folder, "nguoi-dung", [user_head, *logins])
    criteria = [("Bộ tiêu chí thử",), ("Mã", "Tiêu chí", "Đơn vị tính"), ("1", "Thu nhập", "triệu")]
    write(folder, "tieu-chi", criteria)
    years = [("Năm", "Cơ quan hướng dẫn", "Bộ tiêu chí", "Hạn gửi bản đăng ký")]
    write(folder, "nam", [*years, ("2027", ISSUER, "Bộ tiêu chí thử", "28/02/2027")])
    clusters = [
        (f"Cụm {n // 12 + 1}", "2027", ISSUER, committee(one), "" if n % 12 else "Cụm trưởng")
        for n, one in enumerate(communes)
    ]
    cluster_head = ("Cụm thi đua", "Năm", "Cơ quan hướng dẫn", "Thành viên", "Vai trò trong cụm")
    write(folder, "cum", [cluster_head, *clusters])
    figures = [(committee(one), "70") for one in communes]
    write(folder, "chi-tieu", [("", "Thu nhập"), *figures])


def run(office: Flask, folder: Path, *more: str) -> Result:
    db.session.rollback()
    return office.test_cli_runner().invoke(args=["import", str(folder), *more])


def counted() -> tuple[int, ...]:
    models = (Unit, Body, OfficeHolding, RoleGrant, EmulationYear, Cluster, AssignedFigure)
    return tuple(db.session.query(model).count() for model in models)


def test_a_province_is_tried_then_set_up_and_the_same_folder_again_changes_nothing(
    office, tmp_path
):
    province(tmp_path, COMMUNES)
    before = counted()
    tried = run(office, tmp_path, "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "co-quan: 166 dòng sẽ ghi, 0 không đổi, 0 sai." in tried.output
    assert "dòng 2: thêm cơ quan; ghi Chủ tịch: Bà Xã Thử 1" in tried.output
    assert counted() == before
    done = run(office, tmp_path)
    assert done.exit_code == 0, done.output
    assert counted() == (167, 167, 166, 4, 1, 14, 166)
    again = run(office, tmp_path)
    assert "cum: 0 dòng sẽ ghi, 166 không đổi, 0 sai." in again.output
    assert counted() == (167, 167, 166, 4, 1, 14, 166)


def test_new_users_get_a_password_that_only_the_operator_reads(office, tmp_path):
    province(tmp_path, COMMUNES[:2])
    assert run(office, tmp_path).exit_code == 0
    target = tmp_path / PASSWORDS
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert "xa.0" in target.read_text(encoding="utf-8-sig")
    made = db.session.query(User).filter_by(username="xa.0").one()
    assert made.must_change_password
    assert made.person is not None
    more = COMMUNES[:3]
    province(tmp_path, more)
    refused = run(office, tmp_path)
    assert refused.exit_code == 1
    assert "cất tệp đó đi trước" in refused.output


FAULTS: dict[str, tuple[Rows, str]] = {  # the sheet that is wrong, its rows, what is said
    "don-vi": ([("Cấp", "Mã", "Tên", "Cấp trên"), ("xã", "", "Hải", "Tỉnh Thử")], "dòng 2"),
    "co-quan": (
        [("Cơ quan", "Đơn vị"), ("UBND xã Lạ", "Xã Lạ")],
        "dòng 2: Không có đơn vị “Xã Lạ”",
    ),
    "nguoi-dung": ([("Họ và tên",), ("A",)], "thiếu cột"),
    "tieu-chi": ([("Mã", "Tiêu chí"), ("1", "Thu nhập")], "tên bộ tiêu chí"),
    "nam": (
        [("Năm", "Cơ quan hướng dẫn", "Bộ tiêu chí"), ("2027", ISSUER, "Bộ lạ")],
        "Không có bộ tiêu chí “Bộ lạ”",
    ),
    "cum": (
        [("Cụm thi đua", "Năm", "Thành viên"), ("Cụm 1", "2027", "UBND xã Lạ")],
        "Không có cơ quan “UBND xã Lạ”",
    ),
    "chi-tieu": ([("", "Thu nhập"), ("UBND xã Thử 1", "nhiều")], "SAI"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_one_faulty_row_keeps_everything_out_and_is_named(office, tmp_path, name):
    province(tmp_path, COMMUNES[:2], users=1)
    rows, said = FAULTS[name]
    write(tmp_path, name, rows)
    before = counted()
    refused = run(office, tmp_path)
    assert refused.exit_code == 1
    assert said in refused.output
    assert "Chưa ghi gì cả" in refused.output
    assert counted() == before
    assert not (tmp_path / PASSWORDS).exists()


def test_a_folder_without_sheets_and_a_sheet_that_is_none_are_refused(office, tmp_path):
    assert "không có tệp nào" in run(office, tmp_path).output
    (tmp_path / "cum.xlsx").write_bytes(b"MZ" + bytes(400))
    assert "không phải bảng Excel" in run(office, tmp_path).output
    (tmp_path / "cum.csv").write_text("a,b", encoding="utf-8")
    assert "Hãy giữ một tệp" in run(office, tmp_path).output


def test_help_names_the_sheets_in_their_order(office):
    said = office.test_cli_runner().invoke(args=["import", "--help"]).output
    names = ["don-vi", "co-quan", "nguoi-dung", "tieu-chi", "nam", "cum", "chi-tieu"]
    places = [said.index(f"{name}.xlsx") for name in names]
    assert places == sorted(places)
