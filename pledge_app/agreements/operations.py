"""Verbs of the joint agreement."""

from __future__ import annotations

from datetime import datetime
from typing import Any


def document_ready(document: Any, *, at: datetime) -> None:
    """The frozen paper was rendered and stored: the agreement awaits its signatures."""


def round_completed(signing_round: Any, *, at: datetime) -> None:
    """The last party signed: the agreement is signed, its pledges are in force."""
