"""Every page of pledges is put on this one blueprint."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("pledges", __name__)
