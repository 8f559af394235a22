"""flask check-port | upgrade | work | backup | restore | restore-drill | verify"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import with_appcontext

from pledge_app.audit.anchors import of_receipt
from pledge_app.audit.sentences import sentence
from pledge_app.config import Settings
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.upkeep import anchoring, serving, verifying, worker
from pledge_app.upkeep import backup as backups
from pledge_app.upkeep import drill as drills
from pledge_app.upkeep import restore as restores
from pledge_app.upkeep.errors import UpkeepError
from pledge_app.upkeep.upgrade import problem, revision
from pledge_app.upkeep.upgrade import upgrade as bring_up


def settings() -> Settings:
    """The settings of the running application."""
    configured: Settings = current_app.config["SETTINGS"]
    return configured


def stop(sentence: str) -> NoReturn:
    """Say what is wrong and end with an error."""
    click.echo(sentence, err=True)
    sys.exit(1)


def needs_tables() -> None:
    """Stop unless the database was upgraded once."""
    if revision() is None:
        stop("Cơ sở dữ liệu còn trống. Hãy chạy: flask --app pledge_app.application upgrade")
    db.session.rollback()


@click.command("check-port")
@click.option(
    "--port",
    type=int,
    default=None,
    help="Mặc định: PORT trong cài đặt.",
)
@with_appcontext
def check_port(port: int | None) -> None:
    """Báo lỗi nếu cổng đang có chương trình khác dùng: hai máy chủ trên một cổng sẽ thay nhau
    trả lời.
    """
    chosen = settings().port if port is None else port
    try:
        serving.check_port(chosen)
    except serving.PortTaken:
        stop(
            f"Cổng {chosen} đang có chương trình khác dùng nên máy chủ chưa được khởi động. Hãy "
            f"dừng chương trình đó "
            "(có thể là bản cũ chưa tắt hẳn) hoặc đổi PORT."
        )


@click.command()
@with_appcontext
def upgrade() -> None:
    """Sao lưu, rồi nâng cơ sở dữ liệu lên phiên bản của phần mềm."""
    try:
        click.echo(bring_up())
    except UpkeepError as error:
        stop(str(error))


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
    needs_tables()
    try:
        click.echo(
            f"Đã sao lưu và kiểm tra: "
            f"{backups.back_up(directory or settings().data_dir / 'backups', at=clock.now())}"
        )
    except UpkeepError as error:
        stop(str(error))


@click.command()
@click.argument(
    "place",
    metavar="BACKUP",
    type=click.Path(
        exists=True,
        file_okay=False,
        path_type=Path,
    ),
)
@click.option("--into", required=True, type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def restore(place: Path, into: Path) -> None:
    """Khôi phục BACKUP vào một thư mục trống (DATA_DIR mới)."""
    try:
        manifest = restores.restore(place, into, settings())
    except UpkeepError as error:
        stop(str(error))
    else:
        click.echo(
            f"Đã khôi phục bản sao lưu lúc {manifest['made_at']} vào {into}. "
            f"Chạy tiếp: DATA_DIR={into} flask --app pledge_app.application verify"
        )


@click.command("restore-drill")
@click.argument(
    "place",
    metavar="[BACKUP]",
    type=click.Path(
        exists=True,
        file_okay=False,
        path_type=Path,
    ),
    required=False,
)
@with_appcontext
def restore_drill(place: Path | None) -> None:
    """Diễn tập: khôi phục bản sao lưu (mặc định: bản mới nhất) vào chỗ trống, kiểm tra, phục vụ,
    đăng nhập.
    """
    needs_tables()
    target = settings().backup_dir
    try:
        chosen = place or backups.newest(target) or backups.back_up(target, at=clock.now())
        click.echo(f"Bản sao lưu: {chosen}")
        db.session.remove()
        drills.drill(chosen, settings(), click.echo)
    except UpkeepError as error:
        stop(f"Diễn tập không đạt: {error}")
    click.echo("Diễn tập đạt.")


@click.command()
@click.option("--anchors", is_flag=True, help="Đối chiếu với các mốc nhật ký trong FILES.")
@click.option("--receipt", help="Tìm bản ghi của một biên nhận (16 chữ số).")
@click.argument(
    "files",
    nargs=-1,
    type=click.Path(exists=True, path_type=Path),
)
@with_appcontext
def verify(anchors: bool, receipt: str | None, files: tuple[Path, ...]) -> None:
    """Đối chiếu nhật ký, gói nội dung, tệp, số, bản quét, dấu ghi chữ ký, số liệu với nhau.

    FILES: các mốc nhật ký đã giữ ở nơi khác (tệp hằng ngày, thư đã lưu, bản sao lưu).
    """
    needs_tables()
    if anchors and not files:
        stop("Hãy nêu các tệp giữ mốc nhật ký: flask verify --anchors TỆP…")
    bad = [f"[{found.check}] {found.sentence}" for found in verifying.findings()]
    bad += [f"[anchors] {said}" for said in anchoring.compared(list(files))]
    if receipt is not None:
        bad += _unknown_receipt(receipt)
    for said in bad:
        click.echo(said, err=True)
    if bad:
        sys.exit(1)
    click.echo("Dữ liệu toàn vẹn.")


def _unknown_receipt(receipt: str) -> list[str]:
    """Say which event a receipt is of; what is wrong where it is of none."""
    event = of_receipt(receipt)
    if event is None:
        return [f"[receipt] biên nhận {receipt}: nhật ký không có bản ghi này"]
    at = clock.local(event.at)
    click.echo(f"Biên nhận {receipt}: bản ghi số {event.seq}, {at:%H:%M %d/%m/%Y}.")
    click.echo(f"{event.actor_name} {sentence(event.verb, event.data)}")
    return []


COMMANDS = (check_port, upgrade, work, backup, restore, restore_drill, verify)
