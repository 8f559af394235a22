"""What a WSGI server serves: pledge_app.wsgi:application (a factory)."""

from __future__ import annotations

import sys

from flask import Flask

from pledge_app.application import create_app
from pledge_app.upkeep.upgrade import problem


def application() -> Flask:
    """The application, unless the database is not fit to be served: then it says why and stops."""
    app = create_app()
    why = problem(app)
    if why is not None:
        sys.stderr.write(why + "\n")
        raise SystemExit(1)
    return app
