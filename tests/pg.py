"""A private PostgreSQL for the tests: one cluster per test run, thrown away at its end.

The first process that asks starts it (as the user `postgres` when we are root, for PostgreSQL
refuses root); the workers of pytest-xdist share it through a file lock; the last one to leave stops
it by its process id. A run that was killed leaves a cluster behind; the next run finds that all its
users are dead and removes it.
"""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

BINARIES = Path(os.environ.get("PG_BIN", "/usr/lib/postgresql/15/bin"))
RUN = os.environ.get(
    "PYTEST_XDIST_TESTRUNUID", str(os.getpid())
)  # the same in all workers of one run
REGISTER = Path(tempfile.gettempdir()) / f"pledge-pg-{os.getuid()}.json"
START_SECONDS = 60
KEPT_DATABASES = 4
MEMORY = Path("/dev/shm")
"""Where copying a database costs no disk, when there is room for the copies that are kept."""
MEMORY_BYTES = 2 << 30
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=4GB",
    "shared_buffers=64MB",
    "jit=off",
    "autovacuum=off",
    "timezone=UTC",
    "logging_collector=off",
    "max_connections=80",
)

_made: deque[str] = deque()


def postgres_url() -> str:
    """The URL of the cluster's own database; starts the cluster when it is not running."""
    return _url(_cluster(), "postgres")


def fresh_database(template: str | None = None, *, keep: bool = False) -> str:
    """The URL of a new database, empty or a copy of the one named `template` (nobody may be
    connected to it).

    The last few copies stay; older ones are dropped so that a long run does not fill the disk,
    unless `keep`.
    """
    name = f"test_{os.getpid()}_{secrets.token_hex(4)}"
    with psycopg.connect(_plain(postgres_url()), autocommit=True) as connection:
        connection.execute(
            sql.SQL(
                "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
            ).format(  # half the time of the default here
                sql.Identifier(name), sql.Identifier(template or "template0")
            )
        )
        if template is not None and not keep:
            _made.append(name)
        while len(_made) > KEPT_DATABASES:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                    sql.Identifier(_made.popleft())
                )
            )
    return _url(_cluster(), name)


@cache
def _cluster() -> dict[str, Any]:
    """Join the cluster of this run, or start it."""
    with _register() as runs:
        _remove_dead(runs)
        cluster = runs.get(RUN) or _start()
        cluster["users"] = sorted({*cluster["users"], os.getpid()})
        runs[RUN] = cluster
    atexit.register(_leave, os.getpid())
    return cluster


def _leave(pid: int) -> None:
    if pid != os.getpid():  # a fork of us ends
        return
    with _register() as runs:
        if RUN in runs:
            runs[RUN]["users"] = [user for user in runs[RUN]["users"] if user != pid]
        _remove_dead(runs)


def _remove_dead(runs: dict[str, Any]) -> None:
    for run in [run for run, cluster in runs.items() if not any(map(_alive, cluster["users"]))]:
        _stop(runs.pop(run))


@contextmanager
def _register() -> Iterator[dict[str, Any]]:
    """The clusters of all runs of this user, locked while we look."""
    with os.fdopen(os.open(REGISTER, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        runs = json.loads(file.read() or "{}")
        try:
            yield runs
        finally:
            file.seek(0)
            file.truncate()
            json.dump(runs, file)


def _start() -> dict[str, Any]:
    if not (BINARIES / "initdb").exists():
        raise RuntimeError(
            f"no PostgreSQL in {BINARIES}: apt-get install postgresql-15, or set PG_BIN"
        )
    folder = Path(tempfile.mkdtemp(prefix="pledge-pg-", dir=_quick_folder()))
    password = _initialise(folder)
    port = _free_port()
    settings = [
        *FAST,
        "listen_addresses=127.0.0.1",
        f"port={port}",
        f"unix_socket_directories={folder}",
    ]
    command: list[str | Path] = [
        BINARIES / "postgres",
        "-D",
        folder / "data",
        *(part for text in settings for part in ("-c", text)),
    ]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
            **_unprivileged(),
        )
    cluster = {
        "folder": str(folder),
        "pid": server.pid,
        "port": port,
        "users": [],
        "password": password,
    }
    try:
        _wait(cluster, server)
    except BaseException:
        _stop(cluster)
        raise
    return cluster


def _quick_folder() -> Path | None:
    """Memory, or None for the usual place of temporary files."""
    try:
        free = shutil.disk_usage(MEMORY).free
    except OSError:
        return None
    return MEMORY if free >= MEMORY_BYTES and os.access(MEMORY, os.W_OK) else None


def _initialise(folder: Path) -> str:
    """Make the files of a new server in `folder`; return the password of its user postgres."""
    password = folder / "password"
    password.write_text(secrets.token_hex(16), encoding="ascii")
    _give_away(folder, password)
    command: list[str | Path] = [
        BINARIES / "initdb",
        "-D",
        folder / "data",
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-A",
        "password",
        f"--pwfile={password}",
        "--no-sync",
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, **_unprivileged())
    return password.read_text(encoding="ascii")


def _wait(cluster: dict[str, Any], server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(_plain(_url(cluster, "postgres")), connect_timeout=5).close()
            return
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > until:
                log = (Path(cluster["folder"]) / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start: {log[-2000:]}") from error
            time.sleep(0.05)


def _stop(cluster: dict[str, Any]) -> None:
    """At once: nothing in it is worth keeping. The pid is trusted only while it holds our data
    directory.
    """
    pid, folder = cluster["pid"], Path(cluster["folder"])
    with suppress(OSError, ValueError):
        if int((folder / "data" / "postmaster.pid").read_text().split()[0]) == pid:
            os.kill(pid, signal.SIGQUIT)
    until = time.monotonic() + 10
    while (
        (folder / "data" / "postmaster.pid").exists() and _alive(pid) and time.monotonic() < until
    ):
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        time.sleep(0.02)
    shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> dict[str, Any]:
    return (
        {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    )


def _give_away(*paths: Path) -> None:
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        for path in paths:
            os.chown(path, owner.pw_uid, owner.pw_gid)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _url(cluster: dict[str, Any], name: str) -> str:
    return f"postgresql+psycopg://postgres:{cluster['password']}@127.0.0.1:{cluster['port']}/{name}"


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
