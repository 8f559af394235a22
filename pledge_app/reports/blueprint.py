"""Every overview and every sheet is put on this one blueprint."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("reports", __name__)
