"""What is asked before an agreement is frozen, each with a link to the field that answers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from pledge_app.agreements import compose
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.operations import undecided
from pledge_app.agreements.snapshot import agreement_content
from pledge_app.documents.printable import text_problems
from pledge_app.kernel.errors import Problem
from pledge_app.pledges.models import Target
from pledge_app.pledges.rules import needs_reason

FIELDS = {
    "heading": "place",
    "opening": "purpose",
    "contents_intro": "contents",
    "criteria_intro": "standards",
}
"""Fields of the paper's content and of the form, where they are called differently."""
OF_THE_FORM = {
    "place",
    "paper_date",
    "symbol",
    "bases",
    "purpose",
    "contents",
    "standards",
    "measures",
    "organisation",
    "scoring",
    "commitment",
    "copies",
    "recipients",
}


@dataclass(frozen=True)
class Question:
    """One thing to be mended, and the address of the field; "" where it stands on no page of the
    agreement.
    """

    sentence: str
    href: str


def freezing_problems(agreement: Agreement) -> list[Problem]:
    """Everything that keeps the agreement, as it is now, from being frozen."""
    return [
        *compose.missing(agreement),
        *compose.incomplete(agreement),
        *undecided(agreement),
        *text_problems(agreement_content(agreement)),
    ]


def lower_without_reason(agreement: Agreement) -> list[Target]:
    """Goals below what was assigned later, with no reason given: a warning, since nobody undoes
    an agreed figure.
    """
    pledges = [party.pledge for party in agreement.parties if party.pledge is not None]
    targets = [target for pledge in pledges for target in pledge.targets]
    return [
        target
        for target in targets
        if not target.reason_lower
        and needs_reason(target.goal, target.assigned, target.criterion.direction)
    ]


def questions(agreement: Agreement, problems: Iterable[Problem]) -> list[Question]:
    """The problems with their links."""
    return [Question(row.sentence, _address(agreement, row.anchor)) for row in problems]


def _address(agreement: Agreement, anchor: str) -> str:
    if anchor.startswith("part") or anchor == "witnesses":
        row = anchor if anchor.startswith("party-") else None
        return url_for("agreements.list_parties", pid=agreement.pid, _anchor=row)
    field = FIELDS.get(anchor, anchor)
    if field in OF_THE_FORM:
        return url_for("agreements.edit", pid=agreement.pid, _anchor=field)
    return ""
