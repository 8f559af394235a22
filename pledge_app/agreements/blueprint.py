"""Every page of agreements and their meetings is put on this one blueprint."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("agreements", __name__)
