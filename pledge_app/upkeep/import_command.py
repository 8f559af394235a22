"""flask import FOLDER: an office is set up from its sheets, all of them or nothing."""

from __future__ import annotations

import csv
import os
from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from pledge_app.accounts.first_passwords import Made, first_passwords
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.tables.reading import SheetError, read_table
from pledge_app.upkeep.commands import needs_tables, stop
from pledge_app.upkeep.office_import import SHEETS, Setting, Told, carry_out, new_usernames

ENDINGS = (".xlsx", ".csv")
PASSWORDS = "mat-khau-mot-lan.csv"
LISTED = "\n".join(f"  {name}.xlsx (hoặc .csv): {about}" for name, (about, _act) in SHEETS.items())
HELP = f"""Lập dữ liệu ban đầu từ một thư mục, theo thứ tự:

\b
{LISTED}

Thiếu tệp nào thì bỏ qua tệp đó. Các tệp giống tệp mẫu tải ở trang Quản trị. Một dòng sai thì không
ghi gì cả. Mật khẩu một lần của người dùng mới được ghi vào {PASSWORDS} trong thư mục.
"""


@click.command("import", help=HELP)
@click.argument(
    "folder",
    type=click.Path(
        exists=True,
        file_okay=False,
        path_type=Path,
    ),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Chỉ thử: nêu từng dòng sẽ làm gì, không ghi.",
)
@click.option(
    "--date",
    "units_from",
    type=click.DateTime(["%d/%m/%Y"]),
    help="Ngày danh mục đơn vị bắt đầu có hiệu lực, ngày/tháng/năm; mặc định là hôm nay.",
)
@with_appcontext
def import_folder(
    folder: Path,
    dry_run: bool,
    units_from: datetime | None,
) -> None:
    """As HELP says."""
    needs_tables()
    tables = _tables(folder)
    if not tables:
        stop(f"{folder}: không có tệp nào trong số {', '.join(SHEETS)}.")
    target = folder / PASSWORDS
    wanted = new_usernames(tables.get("nguoi-dung", [])) if not dry_run else set()
    if wanted and target.exists():
        stop(f"{target} đã có. Hãy chuyển mật khẩu cho người dùng rồi cất tệp đó đi trước.")
    db.session.rollback()  # nobody waits while passwords are hashed
    at = clock.now()
    firsts = None if dry_run else first_passwords(sorted(wanted))
    today = clock.local(at).date()
    setting = Setting(
        at,
        today,
        units_from.date() if units_from else today,
        firsts,
    )
    made: list[Made] = []
    for name, table in tables.items():
        told = carry_out(name, table, setting)
        _say(name, told, dry_run=dry_run)
        if told.faults:
            db.session.rollback()
            stop("Chưa ghi gì cả. Hãy sửa các dòng trên rồi chạy lại; các tệp sau chưa xét.")
        made += told.made
    if dry_run:
        db.session.rollback()
        click.echo("Thử xong, chưa ghi gì.")
        return
    _hand_out(target, made)
    try:
        db.session.commit()
    except BaseException:
        target.unlink(missing_ok=True)  # nobody has these passwords
        raise
    click.echo("Đã ghi." + (f" Mật khẩu một lần: {target}" if made else ""))


def _tables(folder: Path) -> dict[str, list[list[str]]]:
    """The tables that are there, in the order in which they are read."""
    tables = {}
    for name in SHEETS:
        found = [folder / f"{name}{ending}" for ending in ENDINGS]
        found = [path for path in found if path.exists()]
        if len(found) > 1:
            stop(f"{folder}: có cả {name}.xlsx và {name}.csv. Hãy giữ một tệp.")
        for path in found:
            try:
                tables[name] = read_table(path.read_bytes())
            except SheetError as error:
                stop(f"{path.name}: {error.sentence}")
    return tables


def _say(
    name: str,
    told: Told,
    *,
    dry_run: bool,
) -> None:
    """What a file does, row by row in a dry run; what is wrong with it always."""
    click.echo(
        f"{name}: {len(told.does)} dòng sẽ ghi, {told.same} không đổi, {len(told.faults)} sai."
    )
    for number, sentence in told.does if dry_run and not told.faults else ():
        click.echo(f"  {_place(number)}{sentence}")
    for number, sentence in told.faults:
        click.echo(f"  SAI – {_place(number)}{sentence}", err=True)


def _place(number: int) -> str:
    return f"dòng {number}: " if number else ""


def _hand_out(target: Path, made: list[Made]) -> None:
    """The one-time passwords, for the operator's eyes only; they are stored nowhere else."""
    if not made:
        return
    handle = os.open(
        target,
        os.O_WRONLY | os.O_CREAT | os.O_EXCL,
        0o600,
    )
    with os.fdopen(
        handle,
        "w",
        encoding="utf-8-sig",
        newline="",
    ) as file:
        writer = csv.writer(file)
        writer.writerow(
            [
                "Họ và tên",
                "Tên đăng nhập",
                "Mật khẩu một lần",
            ]
        )
        writer.writerows(
            [
                one.user.name,
                one.user.username,
                one.password,
            ]
            for one in made
        )


COMMANDS = (import_folder,)
