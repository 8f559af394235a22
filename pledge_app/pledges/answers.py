"""What the commune says to a request of the level above, in words beside the change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.errors import Problem, check
from pledge_app.kernel.text import TextProblem, clean_text
from pledge_app.pledges.entry import may_enter, wrote
from pledge_app.pledges.models import AdditionRequest, Pledge
from pledge_app.pledges.queries import open_requests
from pledge_app.ui.typed_values import text_sentence

LONGEST_ANSWER = 2000


def field_of(request: AdditionRequest) -> str:
    """The name of its answer in the form, and the anchor of its problems."""
    return f"answer-{request.pid}"


@dataclass
class Answered:
    """What became of the answers of a form: how many are new, and what was not understood."""

    written: int = 0
    problems: list[Problem] = field(default_factory=list)


def answer_request(request: AdditionRequest, text: str, *, actor: Actor, at: datetime) -> bool:
    """Said until it is sent up again; the trail keeps every wording. False: nothing new."""
    if text == request.answer:
        return False
    pledge = may_enter(request.pledge, actor)
    check(
        request in open_requests(pledge),
        _("Yêu cầu này thuộc lần gửi trước nên không trả lời được nữa."),
    )
    request.answer, request.answered_by = text, actor.name
    request.answered_at = at
    wrote(pledge, actor)
    record(
        "pledge.request_answered",
        pledge,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
        criterion=request.target.criterion.code if request.target else "",
        answer=text,
    )
    return True


def save_answers(
    pledge: Pledge,
    typed: Mapping[str, str],
    *,
    actor: Actor,
    at: datetime,
) -> Answered:
    """Every answer of the sheet's form; what was not understood, at its field. The others are
    kept.
    """
    done = Answered()
    for request in open_requests(pledge):
        place = field_of(request)
        if place not in typed:
            continue
        try:
            text = clean_text(typed[place], LONGEST_ANSWER)
        except TextProblem as problem:
            done.problems.append(Problem(text_sentence(problem), place))
            continue
        done.written += answer_request(
            request,
            text,
            actor=actor,
            at=at,
        )
    return done
