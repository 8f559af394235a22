"""The address space of the agreement's pages."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("agreements", __name__)
