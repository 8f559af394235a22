"""Verbs on legal bases: recorded, put right, replaced. Which one may stand on a paper is judged
by its in-force dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from pledge_app.audit.operations import record
from pledge_app.campaigns.models import LegalBasis
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, NotFound, Problem, check
from pledge_app.kernel.text import fold, same_name_key
from pledge_app.kernel.versions import check_version
from pledge_app.orgs.models import Line
from pledge_app.orgs.policy import administer
from pledge_app.orgs.queries import valid_on

KINDS = (
    "luật",
    "pháp lệnh",
    "nghị định",
    "thông tư",
    "quyết định",
    "nghị quyết",
    "kế hoạch",
    "văn bản khác",
)


@dataclass(frozen=True)
class Wording:
    """A basis as it is cited; `in_force_to` is the first day on which it no longer holds."""

    citation: str
    kind: str
    in_force_from: date
    in_force_to: date | None
    note: str = ""
    cited_order: int | None = None
    """Its place among the bases that a new agreement proposes; None: it proposes it not."""
    line: Line | None = None
    """Proposed by this line's agreements only; None: by both."""


def add_basis(wording: Wording, *, actor: Actor, at: datetime) -> LegalBasis:
    """A new legal basis in the register."""
    administer(actor)
    _check(wording, None)
    basis = LegalBasis(**asdict(wording))
    db.session.add(basis)
    db.session.flush()
    record(
        "basis.added",
        basis,
        actor=actor,
        at=at,
        citation=basis.citation,
    )
    return basis


def correct_basis(
    basis: LegalBasis,
    wording: Wording,
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Citation, dates or note put right; papers already frozen keep their wording."""
    administer(actor)
    check_version(basis.version_id, version)
    _check(wording, basis)
    typed = asdict(wording)
    before = {name: getattr(basis, name) for name in typed if getattr(basis, name) != typed[name]}
    for name in before:
        setattr(basis, name, typed[name])
    if before:
        record(
            "basis.corrected",
            basis,
            actor=actor,
            at=at,
            citation=basis.citation,
            before=_plain(before),
            after=_plain({name: typed[name] for name in before}),
        )


def replace_basis(
    basis: LegalBasis,
    wording: Wording,
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> LegalBasis:
    """A newer basis takes its place: the old one ends on the day the new one begins and names
    it.
    """
    administer(actor)
    check_version(basis.version_id, version)
    if basis.replaced_by_id is not None:
        raise Conflict(_("Căn cứ này đã có văn bản thay thế. Hãy mở văn bản thay thế để sửa."))
    check(
        wording.in_force_from > basis.in_force_from,
        _("Văn bản thay thế phải có hiệu lực sau văn bản bị thay thế."),
        [
            Problem(
                _("Văn bản cũ có hiệu lực từ %(day)s.", day=f"{basis.in_force_from:%d/%m/%Y}"),
                "in_force_from",
            )
        ],
    )
    newer = add_basis(wording, actor=actor, at=at)
    basis.replaced_by = newer
    if basis.in_force_to is None or basis.in_force_to > wording.in_force_from:
        basis.in_force_to = wording.in_force_from
    record(
        "basis.replaced",
        basis,
        actor=actor,
        at=at,
        citation=basis.citation,
        by=newer.citation,
        on=basis.in_force_to,
    )
    return newer


def find_basis(pid: str) -> LegalBasis:
    """The basis of a public id; raises NotFound."""
    row = db.session.scalar(select(LegalBasis).where(LegalBasis.pid == pid))
    if row is None:
        raise NotFound(_("Không có căn cứ này."))
    return row


def cited_bases(line: Line, on: date) -> list[LegalBasis]:
    """What a new agreement of the line proposes: the register's bases that are to be cited and
    are in force on the day, in their order.
    """
    rows = db.session.scalars(
        select(LegalBasis)
        .where(
            LegalBasis.cited_order.is_not(None),
            or_(LegalBasis.line.is_(None), LegalBasis.line == line),
            valid_on(LegalBasis.in_force_from, LegalBasis.in_force_to, on),
        )
        .order_by(LegalBasis.cited_order, LegalBasis.in_force_from, LegalBasis.id)
    )
    return list(rows)


def bases(text: str = "", *, on: date | None = None, kind: str = "") -> Select[LegalBasis]:
    """The register, newest first; `on`: only what is in force that day."""
    chosen = (
        select(LegalBasis)
        .options(joinedload(LegalBasis.replaced_by))
        .order_by(LegalBasis.in_force_from.desc(), LegalBasis.id.desc())
    )
    if on is not None:
        chosen = chosen.where(valid_on(LegalBasis.in_force_from, LegalBasis.in_force_to, on))
    if kind:
        chosen = chosen.where(LegalBasis.kind == kind)
    if text:
        key = fold(text)
        rows = db.session.execute(select(LegalBasis.id, LegalBasis.citation, LegalBasis.note))
        # a register of some dozens
        ids = [row.id for row in rows if key in fold(f"{row.citation} {row.note}")]
        chosen = chosen.where(LegalBasis.id.in_(ids))
    return chosen


def _check(wording: Wording, own: LegalBasis | None) -> None:
    check(
        wording.kind in KINDS,
        _("Hãy chọn loại văn bản."),
        [Problem(_("Hãy chọn loại văn bản."), "kind")],
    )
    check(
        wording.in_force_to is None or wording.in_force_to > wording.in_force_from,
        _("Ngày hết hiệu lực phải sau ngày có hiệu lực."),
        [Problem(_("Ngày hết hiệu lực đứng trước ngày có hiệu lực."), "in_force_to")],
    )
    key = same_name_key(wording.citation)
    others = db.session.scalars(select(LegalBasis).where(LegalBasis.id != (own.id if own else 0)))
    check(
        all(same_name_key(other.citation) != key for other in others),
        _("Căn cứ này đã có trong danh mục."),
        [Problem(_("Một căn cứ khác đã ghi đúng như vậy."), "citation")],
    )


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }
