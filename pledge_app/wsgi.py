"""What is served: pledge_app.wsgi:server by granian, or :application by a WSGI server behind one
that buffers requests. Both are factories.
"""

from __future__ import annotations

import sys

from flask import Flask

from pledge_app.application import create_app
from pledge_app.upkeep.upgrade import problem
from pledge_app.web.serving import Buffered


def application() -> Flask:
    """The application, unless the database is not fit to be served: then it says why and stops."""
    app = create_app()
    why = problem(app)
    if why is not None:
        sys.stderr.write(why + "\n")
        raise SystemExit(1)
    return app


def server() -> Buffered:
    """The application, handed only requests that are whole. As `application`."""
    return Buffered(application().wsgi_app)
