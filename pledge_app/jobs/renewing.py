"""A lease is renewed while its job's long step runs, on a connection of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from pledge_app.jobs import operations
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.kernel.database import own_writer

log = logging.getLogger(__name__)
TIMES = 3  # in every lease: one that does not get through is made up for by the next


@contextmanager
def renewing(lease: operations.Lease) -> Iterator[None]:
    """Until the block ends. A worker that is killed renews nothing, so that another takes over."""
    over = threading.Event()
    renewer = threading.Thread(
        target=_renew,
        args=(db.engine, lease, over),
        name=f"lease-{lease.job_id}",
        daemon=True,
    )
    renewer.start()
    try:
        yield
    finally:
        over.set()
        renewer.join()


def _renew(engine: Engine, lease: operations.Lease, over: threading.Event) -> None:
    while not over.wait(operations.LEASE.total_seconds() / TIMES):
        try:
            with own_writer(engine) as connection:
                operations.renew(connection, lease, at=clock.now())
        except operations.LeaseLost:
            return  # the handler is told by `hold`, before it keeps anything
        except SQLAlchemyError:
            log.exception("job %s: its lease was not renewed", lease.job_id)
