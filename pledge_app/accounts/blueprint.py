"""The blueprint of the accounts, on which its modules put their pages."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("accounts", __name__)
