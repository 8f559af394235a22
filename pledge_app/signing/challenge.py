"""What the page asked somebody to confirm: bound to the step, the content, the person, and ten
minutes.

A signed token and not a row, since the page that shows it only reads; a step is confirmed once, so
a token is spent with it, and a void round or another content makes it worthless.
"""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from pledge_app.signing.models import SigningStep

SECONDS = 600


def ask(step: SigningStep, content_sha256: str, user_id: int) -> str:
    """The challenge that stands in the page."""
    return _signer().dumps([step.pid, content_sha256, user_id])


def answered(step: SigningStep, token: str, user_id: int, *, seconds: int = SECONDS) -> str | None:
    """The content that was shown, or None: another step, another person, altered, or older than
    `seconds`.
    """
    try:
        pid, content_sha256, whose = _signer().loads(token, max_age=seconds)
    except (BadData, ValueError, TypeError):
        return None
    return str(content_sha256) if (pid, whose) == (step.pid, user_id) else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="signing.challenge")
