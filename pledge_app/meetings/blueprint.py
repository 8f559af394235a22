"""The address space of the meeting's pages."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("meetings", __name__)
