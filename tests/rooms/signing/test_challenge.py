"""The challenge names the step, the content and the person, and is good for ten minutes."""

from __future__ import annotations

from pledge_app.signing import challenge
from tests import agreeing


def test_it_is_answered_only_for_its_step_and_its_person(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    first, second = agreeing.opened(made).steps[:2]
    token = challenge.ask(first, "a" * 64, 7)
    assert challenge.answered(first, token, 7) == "a" * 64
    assert challenge.answered(second, token, 7) is None
    assert challenge.answered(first, token, 8) is None
    assert challenge.answered(first, token, 7, seconds=-1) is None
    for wrong in ("", "x", token[:-2], token + "x", "é" * 40):
        assert challenge.answered(first, wrong, 7) is None
