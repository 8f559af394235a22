"""What goes to standard error (with systemd: to the journal). One line each, never what somebody
typed.
"""

from __future__ import annotations

import logging
import sys

from flask import has_request_context, request
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

SHAPE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LONGEST = 200  # characters of a path


class OneLine(logging.Formatter):
    """A message is one line, whatever it names; only the traceback of a fault of ours has more."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in record.message)
        return super().formatMessage(record)


def init_app() -> None:
    """The application's own messages from INFO on, once for a process."""
    ours = logging.getLogger("pledge_app")
    ours.setLevel(logging.INFO)
    if not any(isinstance(handler.formatter, OneLine) for handler in ours.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(OneLine(SHAPE))
        ours.addHandler(handler)


def asker() -> str:
    """Who asks, from where and for what, as a line of the log says it. The path goes without its
    question mark.
    """
    if not has_request_context():
        return "who=- from=-"
    return f"{request.method} {request.path[:LONGEST]!r} who={_who()} from={request.remote_addr}"


def _who() -> str:
    try:
        return str(current_user.user.username) if current_user.is_authenticated else "-"
    except SQLAlchemyError:  # the database may be what failed
        return "?"
