"""What is asked before an agreement is frozen, each with a link to the field that answers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from pledge_app.agreements import compose
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.operations import undecided
from pledge_app.agreements.snapshot import agreement_content
from pledge_app.agreements.story import preview_fits
from pledge_app.documents.printable import text_problems
from pledge_app.kernel.errors import Problem
from pledge_app.papers.vietnamese import cited_days
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


def draft_warnings(agreement: Agreement, *, today: date) -> list[Question]:
    """Worth a look, but no reason not to freeze: the pages of the draft, and its days."""
    texts = url_for("agreements.edit", pid=agreement.pid, _anchor="paper_date")
    return [
        *_pages(agreement),
        *(Question(said, texts) for said in unlike_days(agreement, today=today)),
    ]


def _pages(agreement: Agreement) -> list[Question]:
    """What the checker found on the newest draft, if it shows the content as it is now."""
    page = url_for("agreements.show", pid=agreement.pid, _anchor="xem-truoc")
    draft = agreement.preview
    is_checked = draft is not None and draft.is_ready and draft.findings is not None
    if draft is None or not is_checked or not preview_fits(agreement, agreement_content(agreement)):
        return [
            Question(
                _(
                    "Trình bày chưa được kiểm: bản xem trước chưa có hoặc chưa theo nội dung hiện "
                    "nay. Hãy tạo bản xem trước."
                ),
                page,
            )
        ]
    return [Question(said, page) for said in draft.findings or ()]


def unlike_days(agreement: Agreement, *, today: date) -> list[str]:
    """Days that do not go together: of the paper, the year, and what is cited."""
    day, year = agreement.paper_date, agreement.cluster.year
    found = []
    if day.year not in (year - 1, year):
        found.append(
            _(
                "Ngày của văn bản (%(day)s) không thuộc năm %(before)s hoặc %(year)s.",
                day=f"{day:%d/%m/%Y}",
                before=year - 1,
                year=year,
            )
        )
    if day < today:
        found.append(_("Ngày của văn bản (%(day)s) đã qua.", day=f"{day:%d/%m/%Y}"))
    found += [
        _("Ban hành sau ngày của văn bản: %(basis)s.", basis=row.text)
        for row in agreement.bases
        if any(cited > day for cited in cited_days(row.text))
    ]
    return found


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
