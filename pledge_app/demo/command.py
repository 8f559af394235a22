"""`flask demo`: the example, loaded once, then served. A real database refuses it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.engine import make_url

from pledge_app.config import Settings
from pledge_app.demo.quang_dong import Story
from pledge_app.demo.staging import set_stage
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import installation
from pledge_app.upkeep import serving, worker
from pledge_app.upkeep.commands import stop
from pledge_app.upkeep.errors import UpkeepError
from pledge_app.upkeep.serving import PortTaken, check_port
from pledge_app.upkeep.upgrade import revision, upgrade


def prepare(*, reset: bool, tell: Callable[[str], None]) -> None:
    """Migrate and load; a second run keeps the data."""
    db.session.rollback()
    here = installation() if revision() is not None else None
    is_real = here is not None and not here.is_demo
    db.session.remove()  # the read must not hold the lock that the upgrade needs
    if is_real:
        raise UpkeepError(
            "Đây là cơ sở dữ liệu thật; bản chạy thử không được dùng chung. Hãy đặt DATA_DIR khác."
        )
    if reset:
        if worker.is_alive():
            raise UpkeepError(
                "Bản chạy thử này đang chạy. Hãy dừng nó (Ctrl+C) rồi nạp lại từ đầu."
            )
        _forget()
    tell(upgrade())
    if installation() is not None:
        tell("Dữ liệu chạy thử đã có, giữ nguyên.")
        return
    tell("Nạp ví dụ vùng Quang Đông 2023 …")
    try:
        Story(set_stage(), tell).run()
    except BaseException:
        db.session.remove()
        _forget()  # half an example is no example
        raise
    tell("Tạo các văn bản của ví dụ (khoảng một phút) …")
    worker.drain(lambda done: tell(f"  {done} văn bản") if done % 10 == 0 else None)


def serve(port: int) -> int:
    """Serve until stopped."""
    db.session.remove()
    db.engine.dispose()
    return serving.serve(port, Path(current_app.root_path).parent)


def _forget() -> None:
    """Remove the demo's own files: its database, its store. Never anything else of the
    directory.
    """
    settings: Settings = current_app.config["SETTINGS"]
    if make_url(settings.database_url).get_backend_name() != "sqlite":
        raise UpkeepError(
            "Chỉ xóa được dữ liệu chạy thử trên SQLite; với PostgreSQL hãy tạo cơ sở dữ liệu mới."
        )
    db.session.remove()
    db.engine.dispose()
    for name in ("pledge.sqlite", "pledge.sqlite-wal", "pledge.sqlite-shm", "worker.alive"):
        (settings.data_dir / name).unlink(missing_ok=True)
    shutil.rmtree(settings.data_dir / "store", ignore_errors=True)


@click.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--reset", is_flag=True, help="Xóa dữ liệu chạy thử và nạp lại từ đầu.")
@click.option("--load-only", is_flag=True, help="Chỉ nạp dữ liệu, không phục vụ.")
@with_appcontext
def demo(port: int, reset: bool, load_only: bool) -> None:
    """Nạp ví dụ vùng Quang Đông 2023 rồi phục vụ trên 127.0.0.1."""
    try:
        if not load_only:
            check_port(port)  # before anything is loaded or thrown away
        prepare(reset=reset, tell=click.echo)
        if not load_only:
            sys.exit(serve(port))
    except (UpkeepError, PortTaken) as error:
        stop(str(error))
