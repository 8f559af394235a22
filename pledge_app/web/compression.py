"""Pages, styles and scripts go out compressed to whoever takes gzip, also where no nginx stands
in front.
"""

from __future__ import annotations

from flask import Flask, Response, request
from flask_compress import Compress

_gzip = Compress()


def init_app(app: Flask) -> None:
    """Attach it; what and how is in config.Settings.flask."""
    _gzip.init_app(app)
    app.after_request(compressed)


def compressed(response: Response) -> Response:
    """Whole answers only: a part of a file and an answer without body stay as they are, and so
    does every answer for who refuses gzip ("gzip;q=0"), which the library would overlook.
    """
    response.vary.add("Accept-Encoding")
    takes = request.accept_encodings.quality("gzip") > 0
    whole = response.status_code == 200 and request.method != "OPTIONS"
    return _gzip.after_request(response) if takes and whole else response
