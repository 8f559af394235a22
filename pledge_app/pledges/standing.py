"""How the paper of a registration stands today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from pledge_app.documents import parts
from pledge_app.documents.models import Document
from pledge_app.documents.operations import frozen_content
from pledge_app.documents.standing import Standing
from pledge_app.kernel.base import db
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState

S = PledgeState
KEPT = {S.AGREED, S.IN_FORCE, S.CLOSED}


def registration_standing(document: Document) -> Standing:
    """The newest registration of its pledge: sent, asked about, taken back, agreed, or agreed
    and amended.
    """
    envelope = document.envelope
    pledge = db.session.scalar(select(Pledge).where(Pledge.pid == envelope.subject_pid))
    if pledge is None:
        return Standing.VOID
    if pledge.state is S.SENT:
        return Standing.SENT
    if pledge.state in KEPT or (pledge.state is S.DISCONTINUED and pledge.agreed_at is not None):
        same = _goals_printed(frozen_content(envelope)) == _goals_now(pledge)
        return Standing.RECORDED if same else Standing.AMENDED
    if pledge.state is S.DISCONTINUED:
        return Standing.ENDED
    asked = any(request.round == pledge.round for request in pledge.requests)
    return Standing.RETURNED if asked else Standing.WITHDRAWN


def _goals_printed(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(row["name"], row["goal"]) for group in content["groups"] for row in group["rows"]]


def _goals_now(pledge: Pledge) -> list[tuple[str, str]]:
    return [
        (row.criterion.name, parts.said_goal(row.criterion, row.goal)) for row in pledge.targets
    ]
