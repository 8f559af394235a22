"""The restore drill: a backup comes back into an empty directory, is verified and served, and
somebody logs in there.

Only the copy is touched: it gets a user of its own for the login, and is thrown away afterwards.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
from sqlalchemy.engine import make_url

from pledge_app.accounts import passwords
from pledge_app.config import Settings
from pledge_app.kernel.base import new_pid
from pledge_app.upkeep.errors import UpkeepError
from pledge_app.upkeep.restore import DATABASE, restore
from pledge_app.upkeep.serving import HOST

ROOT = Path(__file__).resolve().parents[2]
WHO = "dien-tap-khoi-phuc"
PATIENCE = 60.0  # seconds until the copy answers
OWN_SETTINGS = ("DATABASE_URL", "PUBLIC_URL", "TRUSTED_HOSTS", "PORT", "SECRET_KEY")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def drill(place: Path, settings: Settings, tell: Callable[[str], None]) -> None:
    """Restore the backup `place`, verify it, serve it, log in. Raises UpkeepError at the first
    step that fails.
    """
    if make_url(settings.database_url).get_backend_name() != "sqlite":
        raise UpkeepError(
            "Diễn tập tự động chỉ làm với SQLite. Với PostgreSQL hãy tạo cơ sở dữ liệu trống rồi "
            "làm theo docs/operations.md, mục Restore."
        )
    with tempfile.TemporaryDirectory(prefix="pledge-drill-") as folder:
        into = Path(folder) / "restored"
        manifest = restore(place, into, settings)
        tell(f"Đã khôi phục bản sao lưu lúc {manifest['made_at']} vào thư mục trống.")
        _run(into, "upgrade")
        _run(into, "verify")
        tell(f"Đã kiểm tra nhật ký và {manifest['counts']['files']} tệp: toàn vẹn.")
        password = _enrol(into / DATABASE)
        with _served(into) as address:
            _log_in(address, password)
        tell("Đã đăng nhập vào bản khôi phục và mở được trang đầu.")


def _environment(into: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
    return {**kept, "DATA_DIR": str(into)}


def _run(into: Path, command: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "flask",
            "--app",
            "pledge_app.application",
            command,
        ],
        cwd=ROOT,
        env=_environment(into),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise UpkeepError(f"{command}: {(done.stderr or done.stdout).strip()}")


def _enrol(database: Path) -> str:
    """A user with the office's administrator role, in the copy only; the password."""
    password = secrets.token_urlsafe(24)
    with closing(sqlite.connect(str(database))) as copy, copy:
        granted = copy.execute(
            "SELECT body_id FROM role_grant WHERE role = 'admin' ORDER BY id DESC"
        ).fetchone()
        if granted is None:
            raise UpkeepError("bản sao lưu không có quản trị viên nào")
        user = copy.execute(
            "INSERT INTO app_user (username, name, search_key, sort_key, email, password_hash, "
            "must_change_password, pid) VALUES (?, ?, '', '', '', ?, 0, ?)",
            (WHO, "Diễn tập khôi phục", passwords.hash_password(password), new_pid()),
        ).lastrowid
        copy.execute(
            "INSERT INTO role_grant (user_id, body_id, role, held_from, pid) VALUES (?, ?, "
            "'admin', ?, ?)",
            (user, granted[0], date(2000, 1, 1).isoformat(), new_pid()),
        )
    return password


@contextmanager
def _served(into: Path) -> Iterator[str]:
    """The copy on a free port of this machine, stopped by its own process."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "rsgi",
            "--factory",
            "--host",
            HOST,
            "--port",
            str(port),
            "--log-level",
            "warning",
            "pledge_app.wsgi:server",
        ],
        cwd=ROOT,
        env=_environment(into),
    )
    try:
        until = time.monotonic() + PATIENCE
        while server.poll() is None and time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex((HOST, port)) == 0:
                    break
            time.sleep(0.1)
        else:
            raise UpkeepError("máy chủ của bản khôi phục không khởi động được")
        yield f"http://{HOST}:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _log_in(address: str, password: str) -> None:
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    try:
        page = browser.open(f"{address}/dang-nhap", timeout=PATIENCE).read().decode()
        token = TOKEN.search(page)
        form = {
            "csrf_token": token.group(1) if token else "",
            "username": WHO,
            "password": password,
        }
        answer = browser.open(
            f"{address}/dang-nhap",
            urllib.parse.urlencode(form).encode(),
            timeout=PATIENCE,
        )
        first = answer.read().decode()
    except (urllib.error.URLError, OSError) as error:
        raise UpkeepError(f"không đăng nhập được vào bản khôi phục: {error}") from error
    if urllib.parse.urlsplit(answer.url).path != "/" or "Diễn tập khôi phục" not in first:
        raise UpkeepError("không đăng nhập được vào bản khôi phục: trang đầu không mở")
