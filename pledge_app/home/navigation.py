"""What stands around every page: office, navigation, year, line, unit, bell, business date."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Attach the context of the layout."""
