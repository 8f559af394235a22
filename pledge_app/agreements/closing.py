"""Copies and Nơi nhận of an agreement: they follow its parties until somebody words them by
hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import gettext as _

from pledge_app.agreements.models import Agreement, Party
from pledge_app.agreements.paper import AGREEMENT
from pledge_app.documents.parts import full_name_in_texts, paragraphs
from pledge_app.documents.wording import wording
from pledge_app.kernel.errors import Problem
from pledge_app.kernel.text import fold
from pledge_app.orgs.models import Body

COPIES = re.compile(r"([0-9]+)(?: \([^)]*\))? bản")
EVERYBODY = re.compile(r"(các|mỗi) (đơn vị|bên|xã|phường|thành viên)|như trên", re.IGNORECASE)


def copies_needed(agreement: Agreement) -> int:
    """One for each party, each witness who signs, the level above, and the archive."""
    return len(_members(agreement)) + len(_outside(agreement)) + 1


def proposed_copies(agreement: Agreement) -> str:
    """The sentence of the template for the parties as they are."""
    outside = [full_name_in_texts(body) for body in _outside(agreement)]
    places = {
        "năm": str(agreement.cluster.year),
        "cụm": agreement.cluster.name,
        "số bản": f"{copies_needed(agreement):02}",
        "cơ quan thẩm định": " 01 bản, ".join(outside),
    }
    return wording(AGREEMENT).filled("copies", places)


def proposed_recipients(agreement: Agreement) -> str:
    """Nơi nhận, a line each: the level above, who attests, the parties, the archive."""
    bodies = [*_outside(agreement), *(party.body for party in _members(agreement))]
    return "\n".join([*(full_name_in_texts(body) for body in bodies), "Lưu: VT"])


@contextmanager
def following(agreement: Agreement) -> Iterator[None]:
    """What was proposed for the parties before a change is proposed anew for those after it."""
    copies = proposed_copies(agreement)
    recipients = proposed_recipients(agreement)
    yield
    if agreement.copies == copies:
        agreement.copies = proposed_copies(agreement)
    if agreement.recipients == recipients:
        agreement.recipients = proposed_recipients(agreement)


def faults(agreement: Agreement) -> list[Problem]:
    """Too few copies, and parties that Nơi nhận leaves out."""
    found: list[Problem] = []
    written = COPIES.search(agreement.copies)
    needed = copies_needed(agreement)
    if written is not None and int(written[1]) < needed:
        said = _(
            "Số bản ghi %(written)s, các bên cần %(needed)s.",
            written=written[1],
            needed=f"{needed:02}",
        )
        found.append(Problem(said, "copies"))
    missing = [body.name for body in _left_out(agreement)]
    if missing:
        said = _("Nơi nhận thiếu: %(names)s.", names=", ".join(missing))
        found.append(Problem(said, "recipients"))
    return found


def _left_out(agreement: Agreement) -> list[Body]:
    """Nobody, where there is no Nơi nhận or it names the parties together."""
    if not agreement.recipients.strip() or EVERYBODY.search(agreement.recipients):
        return []
    lines = [fold(line) for line in paragraphs(agreement.recipients)]
    return [party.body for party in _members(agreement) if not _is_named(party.body, lines)]


def _is_named(body: Body, lines: list[str]) -> bool:
    names = {fold(name) for name in (body.name, body.full_name, full_name_in_texts(body))}
    return any(name in line for name in names for line in lines)


def _members(agreement: Agreement) -> list[Party]:
    return [party for party in agreement.parties if not party.is_witness]


def _outside(agreement: Agreement) -> list[Body]:
    """The level above and every witness who signs, each once; no party of the agreement."""
    signing = [party.body for party in agreement.parties if party.is_witness and party.signatories]
    members = {party.body.id for party in _members(agreement)}
    bodies = {body.id: body for body in (agreement.cluster.reviewer, *signing)}
    return [body for body in bodies.values() if body.id not in members]
