"""A worker of its own process, for the tests. It does jobs until somebody ends it.

python -m tests.rooms.jobs.worker_process URL DIRECTORY NAME SECONDS_OF_A_LEASE
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from pledge_app.jobs import operations
from pledge_app.jobs.worker import run_next
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from tests.conftest import make_app

LONG_STEP = 2.5  # leases: nobody takes a job over whose worker lives


def effect(payload: dict[str, Any]) -> None:
    """Write one line, in the transaction that asks whether the job is still this worker's."""
    time.sleep(0.02)
    _write(payload["n"])


def long_step(payload: dict[str, Any]) -> None:
    """Says nothing for longer than a lease."""
    time.sleep(operations.LEASE.total_seconds() * LONG_STEP)
    _write(payload["n"])


def hang(payload: dict[str, Any]) -> None:
    """The first who has it says so and hangs, holding its lease, until it is killed."""
    marker = Path(payload["marker"])
    try:
        with marker.open("x") as began:
            began.write(str(os.getpid()))
    except FileExistsError:
        _write(payload["n"])
        return
    time.sleep(600)


def _write(number: int) -> None:
    operations.hold(at=clock.now())
    db.session.execute(
        text("INSERT INTO effect (n, worker) VALUES (:n, :worker)"),
        {"n": number, "worker": sys.argv[3]},
    )
    db.session.commit()


HANDLERS = {"test.effect": effect, "test.long": long_step, "test.hang": hang}


def main() -> None:
    """Work until killed, or until whoever started us is gone."""
    url, directory, _name, lease = sys.argv[1:]
    operations.LEASE = timedelta(seconds=float(lease))
    parent = os.getppid()
    with make_app(url, Path(directory)).app_context():
        while os.getppid() == parent:
            if not run_next(HANDLERS, {}):
                time.sleep(0.05)
            db.session.remove()


if __name__ == "__main__":
    main()
