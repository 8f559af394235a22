"""Jinja filters: numbers, dates and times as they are read in Vietnam."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Attach the filters."""
