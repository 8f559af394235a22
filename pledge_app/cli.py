"""flask demo | create-admin | upgrade | import-units | work | backup | restore | verify | check-paper."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from pledge_app.accounts import passwords
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.audit.operations import record
from pledge_app.config import Settings
from pledge_app.documents import check_command
from pledge_app.kernel import clock
from pledge_app.kernel.actor import SYSTEM, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import Installation, installation
from pledge_app.orgs import loading
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Body, BodyKind, Unit, UnitName
from pledge_app.orgs.register import read_units
from pledge_app.upkeep import backup as backups
from pledge_app.upkeep import demo as demos
from pledge_app.upkeep import work as worker
from pledge_app.upkeep.upgrade import problem
from pledge_app.upkeep.upgrade import upgrade as bring_up


def init_app(app: Flask) -> None:
    """Attach the commands."""
    for command in (demo, create_admin, upgrade, import_units, work, backup, restore, verify, check_paper):
        app.cli.add_command(command)


def settings() -> Settings:
    """The settings of the running application."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def stop(sentence: str) -> None:
    """Say what is wrong and end with an error."""
    click.echo(sentence, err=True)
    sys.exit(1)


@click.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--reset", is_flag=True, help="Xóa dữ liệu chạy thử và nạp lại từ đầu.")
@click.option("--load-only", is_flag=True, help="Chỉ nạp dữ liệu, không phục vụ.")
@with_appcontext
def demo(port: int, reset: bool, load_only: bool) -> None:
    """Nạp ví dụ vùng Quang Đông 2023 rồi phục vụ trên 127.0.0.1."""
    try:
        demos.prepare(reset=reset, tell=click.echo)
        if not load_only:
            sys.exit(demos.serve(port))
    except (backups.UpkeepError, demos.PortTaken) as error:
        stop(str(error))


@click.command("create-admin")
@click.option("--office", prompt="Tên cơ quan dùng phần mềm")
@click.option("--username", prompt="Tên đăng nhập của quản trị viên")
@click.option("--name", prompt="Họ và tên")
@click.password_option(prompt="Mật khẩu (ít nhất 12 ký tự)", confirmation_prompt="Nhập lại mật khẩu")
@with_appcontext
def create_admin(office: str, username: str, name: str, password: str) -> None:
    """Tạo quản trị viên đầu tiên của một cơ sở dữ liệu thật."""
    here = installation()
    if here is not None and here.is_demo:
        stop("Đây là cơ sở dữ liệu chạy thử, không dùng làm dữ liệu thật được. Hãy chọn DATA_DIR khác.")
    weak = passwords.problem_with(password, names=(username, name))
    if weak is not None:
        stop(weak)
    if db.session.scalar(select(User.id).where(User.username == username.lower())) is not None:
        stop(f"Tên đăng nhập {username} đã có.")
    at, today = clock.now(), clock.local(clock.now()).date()
    if here is None:
        db.session.add(Installation(id=1, is_demo=False, office_name=office, business_date=None))
    unit = Unit(level=UnitLevel.COMMUNE, source="create-admin", exists_from=today)
    unit.names = [UnitName(name=office, search_key=office.casefold(), sort_key=office.casefold())]
    db.session.add(unit)
    db.session.flush()
    body = Body(unit_id=unit.id, kind=BodyKind.UBND, name=office, full_name=office)
    user = User(username=username.lower(), name=name, password_hash=passwords.hash_password(password))
    user.grants = [RoleGrant(role=Role.ADMIN, body=body, held_from=today)]
    db.session.add(user)
    db.session.flush()
    record("user.created", user, actor=SYSTEM, at=at, username=user.username, first=True)
    db.session.commit()
    click.echo(f"Đã tạo quản trị viên {user.username}. Đăng nhập tại /dang-nhap.")


@click.command()
@with_appcontext
def upgrade() -> None:
    """Sao lưu, rồi nâng cơ sở dữ liệu lên phiên bản của phần mềm."""
    try:
        click.echo(bring_up())
    except backups.UpkeepError as error:
        stop(str(error))


@click.command("import-units")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="Tên danh mục, ví dụ: Việt Nam 01/7/2025")
@click.option("--from", "valid_from", type=click.DateTime(["%d/%m/%Y"]), help="Ngày bắt đầu, dd/mm/yyyy")
@click.option("--to", "valid_to", type=click.DateTime(["%d/%m/%Y"]), help="Ngày không còn dùng, dd/mm/yyyy")
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi.")
@with_appcontext
def import_units(file: Path, source: str, valid_from: datetime | None, valid_to: datetime | None,
                 dry_run: bool) -> None:
    """Nạp danh mục đơn vị (CSV: level,code,name,parent_code)."""
    register = read_units(file.read_text(encoding="utf-8").splitlines())
    for error in register.errors:
        click.echo(f"dòng {error.line}: {error.fault.value} {error.value}", err=True)
    if register.errors:
        stop(f"{len(register.errors)} dòng có lỗi, chưa nạp dòng nào.")
    first: date | None = valid_from.date() if valid_from else None
    last: date | None = valid_to.date() if valid_to else None
    loaded = loading.load_units(register.rows, source=source, valid_from=first, valid_to=last)
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    click.echo(f"{'Sẽ thêm' if dry_run else 'Đã thêm'} {loaded.added} đơn vị, {loaded.known} đơn vị đã có.")


@click.command()
@click.option("--once", is_flag=True, help="Làm hết việc đang chờ rồi dừng.")
@with_appcontext
def work(once: bool) -> None:
    """Tiến trình nền duy nhất: tạo văn bản, mở báo cáo, sao lưu hằng đêm."""
    why = problem(current_app._get_current_object())  # type: ignore[attr-defined]
    if why is not None:
        stop(why)
    worker.work(once=once)


@click.command()
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), required=False)
@with_appcontext
def backup(directory: Path | None) -> None:
    """Sao lưu vào DIRECTORY (mặc định DATA_DIR/backups) và kiểm tra bản sao."""
    try:
        click.echo(f"Đã sao lưu và kiểm tra: "
                   f"{backups.back_up(directory or settings().data_dir / 'backups', at=clock.now())}")
    except backups.UpkeepError as error:
        stop(str(error))


@click.command()
@click.argument("place", metavar="BACKUP", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--into", required=True, type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def restore(place: Path, into: Path) -> None:
    """Khôi phục BACKUP vào một thư mục trống (DATA_DIR mới)."""
    try:
        manifest = backups.restore(place, into, settings())
    except backups.UpkeepError as error:
        stop(str(error))
    else:
        click.echo(f"Đã khôi phục bản sao lưu lúc {manifest['made_at']} vào {into}. "
                   f"Chạy tiếp: DATA_DIR={into} flask --app pledge_app verify")


@click.command()
@with_appcontext
def verify() -> None:
    """Kiểm tra chuỗi nhật ký, gói nội dung và mọi tệp đã lưu."""
    bad = list(backups.verify())
    for sentence in bad:
        click.echo(sentence, err=True)
    if bad:
        sys.exit(1)
    click.echo("Dữ liệu toàn vẹn.")


@click.command("check-paper")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_paper(file: Path) -> None:
    """Kiểm tra thể thức một tệp PDF theo Nghị định 30/2020/NĐ-CP."""
    sys.exit(check_command.main(file))
