"""flask create-admin | import-units | check-paper: what an operator does for an office."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from pledge_app.accounts import first_office, passwords, second_factor
from pledge_app.accounts.queries import user_named
from pledge_app.kernel import clock
from pledge_app.kernel.actor import SYSTEM
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.kernel.installation import installation
from pledge_app.kernel.text import clean_line
from pledge_app.orgs import loading, naming
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import BodyKind
from pledge_app.orgs.register import RowError, RowFault, read_successions, read_units
from pledge_app.papers.decree import command as check_command
from pledge_app.upkeep.commands import needs_tables, stop

LEVELS = {
    "tinh": UnitLevel.PROVINCE,
    "huyen": UnitLevel.DISTRICT,
    "xa": UnitLevel.COMMUNE,
}
KINDS = {
    "ubnd": BodyKind.UBND,
    "so-phong-ban": BodyKind.DEPARTMENT,
    "hoi-dong-thi-dua": BodyKind.EMULATION_COUNCIL,
    "hdnd": BodyKind.COUNCIL,
    "mttq": BodyKind.MTTQ,
    "dang-uy": BodyKind.PARTY,
    "su-nghiep": BodyKind.SERVICE,
    "doanh-nghiep": BodyKind.ENTERPRISE,
    "quan-su-cong-an": BodyKind.ARMED,
    "to-chuc-khac": BodyKind.UNION,
}


@click.command("create-admin")
@click.option("--office", prompt="Tên cơ quan dùng phần mềm (ví dụ: Phòng Nội vụ huyện Châu Thành)")
@click.option("--unit", help="Đơn vị hành chính của cơ quan, ví dụ: Huyện Châu Thành.")
@click.option("--level", type=click.Choice(list(LEVELS)), help="Cấp của đơn vị đó.")
@click.option("--kind", type=click.Choice(list(KINDS)), help="Loại cơ quan.")
@click.option("--username", prompt="Tên đăng nhập của quản trị viên")
@click.option("--name", prompt="Họ và tên")
@click.password_option(
    prompt="Mật khẩu (ít nhất 12 ký tự)",
    confirmation_prompt="Nhập lại mật khẩu",
)
@with_appcontext
def create_admin(
    office: str,
    unit: str | None,
    level: str | None,
    kind: str | None,
    username: str,
    name: str,
    password: str,
) -> None:
    """Tạo quản trị viên đầu tiên, và cơ quan dùng phần mềm với cấp và loại của nó."""
    needs_tables()
    here = installation()
    if here is not None and here.is_demo:
        stop(
            "Đây là cơ sở dữ liệu chạy thử, không dùng làm dữ liệu thật được. Hãy chọn DATA_DIR "
            "khác."
        )
    office = clean_line(office)
    name = clean_line(name)
    username = clean_line(username).lower()
    if not (office and name and username):
        stop("Tên cơ quan, tên đăng nhập, họ và tên đều phải có.")
    weak = passwords.problem_with(password, names=(username, name))
    if weak is not None:
        stop(weak)
    at = clock.now()
    about = _office(
        office,
        unit,
        level,
        kind,
    )
    try:
        user = first_office.begin(
            about,
            username,
            name,
            password,
            at=at,
            today=clock.local(at).date(),
        )
    except DomainError as error:
        db.session.rollback()
        stop(error.sentence)
    db.session.commit()
    click.echo(
        f"Đã tạo quản trị viên {user.username} của {office} ({about.unit}). Đăng nhập tại "
        f"/dang-nhap; "
        "trang đầu nêu các bước bắt đầu."
    )


def _office(
    office: str,
    unit: str | None,
    level: str | None,
    kind: str | None,
) -> first_office.Office:
    """The office as said by the options; what they leave out is asked for, with what the name
    says proposed.

    Without a terminal to ask at, what the name says is taken; what it does not say must be an
    option.
    """
    in_name = naming.unit_in(office)
    known = {value: word for word, value in LEVELS.items()}
    kinds = {value: word for word, value in KINDS.items()}
    kind_in_name = naming.kind_in(office)
    unit = unit or _ask(
        "Đơn vị hành chính của cơ quan",
        "--unit",
        in_name[0] if in_name else None,
        None,
    )
    unit_name = naming.unit_in(unit) or in_name
    level = level or _ask(
        "Cấp của đơn vị",
        "--level",
        known[unit_name[1]] if unit_name else None,
        list(LEVELS),
    )
    proposed = kinds[kind_in_name] if kind_in_name is not None else None
    kind = kind or _ask(
        "Loại cơ quan",
        "--kind",
        proposed,
        list(KINDS),
    )
    return first_office.Office(
        office,
        clean_line(unit),
        LEVELS[level],
        KINDS[kind],
    )


def _ask(
    question: str,
    option: str,
    proposed: str | None,
    choices: list[str] | None,
) -> str:
    if sys.stdin.isatty():
        kind = click.Choice(choices) if choices else str
        return str(click.prompt(question, default=proposed, type=kind))
    if proposed is None:
        stop(f"Tên cơ quan chưa cho biết: {question.lower()}. Hãy thêm tùy chọn {option}.")
    return proposed


@click.command("import-units")
@click.argument(
    "file",
    type=click.Path(
        exists=True,
        dir_okay=False,
        path_type=Path,
    ),
)
@click.option(
    "--date",
    "valid_from",
    type=click.DateTime(["%d/%m/%Y"]),
    help="Ngày danh mục bắt đầu có hiệu lực, ngày/tháng/năm; bỏ trống nếu không rõ.",
)
@click.option(
    "--until",
    "valid_to",
    type=click.DateTime(["%d/%m/%Y"]),
    help="Ngày đầu tiên danh mục không còn dùng, ngày/tháng/năm.",
)
@click.option(
    "--source",
    help="Tên danh mục; mặc định là tên tệp. Nạp lại cùng tên không thêm đơn vị đã có.",
)
@click.option(
    "--successions",
    type=click.Path(
        exists=True,
        dir_okay=False,
        path_type=Path,
    ),
    help="Tệp CSV ghi đơn vị nào kế thừa đơn vị nào.",
)
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi.")
@with_appcontext
def import_units(
    file: Path,
    valid_from: datetime | None,
    valid_to: datetime | None,
    source: str | None,
    successions: Path | None,
    dry_run: bool,
) -> None:
    """Nạp danh mục đơn vị (CSV: level,code,name,parent_code)."""
    needs_tables()
    register = read_units(_lines(file))
    _name_faults(file, register.errors)
    known = read_successions(_lines(successions)) if successions else None
    if known is not None and successions is not None:
        _name_faults(successions, known.errors)
    first: date | None = valid_from.date() if valid_from else None
    last: date | None = valid_to.date() if valid_to else None
    if first and last and last <= first:
        stop("Ngày hết dùng phải sau ngày bắt đầu.")
    loaded = loading.load_units(
        register.rows,
        source=source or file.stem,
        valid_from=first,
        valid_to=last,
    )
    followed = 0
    try:
        followed = loading.load_successions(known.rows).added if known is not None else 0
    except loading.UnknownUnit as error:
        db.session.rollback()
        stop(
            f"{successions}, dòng {error.line}: không có đơn vị này vào ngày đó: {error.name}. "
            f"Chưa nạp dòng nào."
        )
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    click.echo(
        f"{'Sẽ thêm' if dry_run else 'Đã thêm'} {loaded.added} đơn vị, {loaded.known} đơn vị đã "
        f"có; {followed} quan hệ kế thừa mới."
    )


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        stop(f"{file}: không phải tệp UTF-8. Trong Excel hãy lưu dạng “CSV UTF-8”.")


def _name_faults(file: Path, errors: tuple[RowError, ...]) -> None:
    for error in errors:
        click.echo(
            f"{file}, dòng {error.line}: {FAULT_WORDS[error.fault]} {error.value}".rstrip(),
            err=True,
        )
    if errors:
        stop(f"{len(errors)} dòng có lỗi, chưa nạp dòng nào.")


FAULT_WORDS = {
    RowFault.COLUMNS_MISSING: "thiếu cột hoặc thừa ô",
    RowFault.LEVEL_UNKNOWN: "không rõ cấp",
    RowFault.CODE_NOT_DIGITS: "mã không phải chữ số",
    RowFault.CODE_REPEATED: "mã trùng trong danh mục",
    RowFault.NAME_MISSING: "thiếu tên",
    RowFault.TYPE_WORD_UNKNOWN: "tên không bắt đầu bằng loại đơn vị của cấp đó:",
    RowFault.PARENT_UNKNOWN: "cấp trên không đứng trước trong danh mục:",
    RowFault.PARENT_UNEXPECTED: "tỉnh không có cấp trên:",
    RowFault.DATE_WRONG: "ngày không đúng dạng năm-tháng-ngày:",
}


@click.command("check-paper")
@click.argument(
    "file",
    type=click.Path(
        exists=True,
        dir_okay=False,
        path_type=Path,
    ),
)
def check_paper(file: Path) -> None:
    """Kiểm tra thể thức một tệp PDF theo Nghị định 30/2020/NĐ-CP."""
    sys.exit(check_command.main(file))


@click.command("remove-second-factor")
@click.argument("username")
@with_appcontext
def remove_second_factor(username: str) -> None:
    """Gỡ xác thực hai bước của một tài khoản, khi không có hai quản trị viên khác để gỡ."""
    needs_tables()
    user = user_named(clean_line(username).lower())
    if user is None:
        stop("Không có tài khoản này.")
    at = clock.now()
    try:
        second_factor.remove(
            user,
            actor=SYSTEM,
            at=at,
            today=clock.local(at).date(),
        )
    except DomainError as error:
        db.session.rollback()
        stop(error.sentence)
    db.session.commit()
    click.echo(f"Đã gỡ xác thực hai bước của {user.username}; việc này ghi trong nhật ký.")


COMMANDS = (create_admin, remove_second_factor, import_units, check_paper)
