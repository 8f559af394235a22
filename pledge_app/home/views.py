"""Pages that mix rooms: the dashboard, search, navigation."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("home", __name__)
