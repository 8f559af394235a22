"""Login, sessions, users and their roles."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("accounts", __name__)
