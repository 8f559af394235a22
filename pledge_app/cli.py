"""flask demo | create-admin | upgrade | import-units | work | backup | restore | verify | check-paper."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Attach the commands."""
