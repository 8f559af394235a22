"""The blueprint of the level above, and who reads its pages."""

from __future__ import annotations

from flask import Blueprint

from pledge_app.kernel.actor import Role

bp = Blueprint("reviews", __name__)
READERS = (Role.REVIEWER, Role.AUDITOR, Role.ADMIN)
