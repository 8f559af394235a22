"""Indicators: which one a row of a set measures, joined and split when the software or an office
took two for one, or one for two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, or_, select, true

from pledge_app.audit.operations import record
from pledge_app.criteria import events
from pledge_app.criteria.matching import Known, Row, match
from pledge_app.criteria.models import CriteriaSet, Criterion, Indicator
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Forbidden, check
from pledge_app.kernel.versions import overtaken
from pledge_app.orgs.models import Line
from pledge_app.orgs.policy import administers


def measured_by(criteria_set_id: int) -> list[Known]:
    """The rows of a set and the indicators that they measure."""
    return [_known(row) for row in _rows(Criterion.criteria_set_id == criteria_set_id)]


def continued(draft: CriteriaSet, line: Line | None) -> list[list[Known]]:
    """What a draft of `line` goes on with, the nearest first: itself as it stood and the version
    before, each only where it was of that line, for the lines measure apart.
    """
    nearest = (draft, _version_before(draft))
    return [measured_by(one.id) for one in nearest if one is not None and one.line is line]


def indicators_for(
    draft: CriteriaSet,
    rows: Sequence[Row],
    own: Sequence[Sequence[Known]],
) -> list[Indicator]:
    """The indicator of each row of a draft, found or new. `own`: as in matching.match.

    One that was found keeps its name: what a draft calls it is said when the draft is published.
    """
    of_line: ColumnElement[bool] = true()
    if draft.line is not None:
        of_line = or_(Indicator.line == draft.line, Indicator.line.is_(None))
    others = [_known(row) for row in _rows(of_line)]
    numbers = match(rows, own, others)
    known = {
        one.id: one
        for one in db.session.scalars(
            select(Indicator).where(Indicator.id.in_({number for number in numbers if number}))
        )
    }
    indicators = []
    for row, number in zip(rows, numbers, strict=True):
        if number is None:
            indicators.append(
                Indicator(
                    line=draft.line,
                    name=row.name,
                    is_group=row.is_group,
                )
            )
        else:
            indicators.append(known[number])
    return indicators


def drop_unused(known: Iterable[Known]) -> None:
    """Of these indicators those go that no row measures any more."""
    db.session.flush()
    db.session.execute(
        delete(Indicator).where(
            Indicator.id.in_({row.indicator_id for row in known}),
            Indicator.id.not_in(select(Criterion.indicator_id)),
        )
    )


def join(
    kept: Indicator,
    other: Indicator,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """From here the two are one: what was measured as `other` is part of the history of `kept`.

    Published sets say what they said; begun pledges get the results that are now found for them.
    """
    _administer(actor)
    check(kept is not other, _("Hãy chọn hai chỉ số khác nhau."))
    check(
        kept.is_group == other.is_group,
        _("Một bên là nhóm, một bên là tiêu chí nên không gộp được."),
    )
    check(
        kept.line is None or other.line is None or kept.line is other.line,
        _("Hai chỉ số thuộc hai hệ khác nhau nên không gộp được."),
    )
    both = {row.criteria_set_id for row in kept.criteria} & {
        row.criteria_set_id for row in other.criteria
    }
    check(
        not both,
        _(
            "Có bộ tiêu chí dùng cả hai chỉ số: %(sets)s. Trong một bộ, mỗi chỉ số chỉ có một lần.",
            sets=", ".join(_set_names(both)),
        ),
    )
    record(
        "indicator.joined",
        kept,
        actor=actor,
        at=at,
        name=kept.name,
        other=other.name,
        other_pid=other.pid,
        criteria=[row.pid for row in other.criteria],
    )
    kept.line = kept.line if kept.line is other.line else None
    for row in list(other.criteria):
        row.indicator = kept
    db.session.flush()
    db.session.delete(other)
    db.session.flush()
    _history_changed([kept], actor=actor, at=at)


def split(
    indicator: Indicator,
    criteria: Collection[Criterion],
    *,
    actor: Actor,
    at: datetime,
) -> Indicator:
    """These rows measure something else than the rest; gives the indicator that is theirs now."""
    _administer(actor)
    if any(row.indicator_id != indicator.id for row in criteria):
        raise overtaken()
    check(criteria, _("Hãy chọn ít nhất một tiêu chí để tách ra."))
    check(
        len(set(criteria)) < len(indicator.criteria),
        _("Phải còn ít nhất một tiêu chí ở lại chỉ số này."),
    )
    newest = max(criteria, key=lambda row: (row.criteria_set.valid_from, row.id))
    separate = Indicator(
        line=indicator.line,
        name=newest.name,
        is_group=indicator.is_group,
    )
    db.session.add(separate)
    for row in criteria:
        row.indicator = separate
    db.session.flush()
    db.session.expire(indicator, ["criteria"])
    record(
        "indicator.split",
        indicator,
        actor=actor,
        at=at,
        name=indicator.name,
        other=separate.name,
        other_pid=separate.pid,
        criteria=[row.pid for row in criteria],
    )
    _history_changed([indicator, separate], actor=actor, at=at)
    return separate


def _history_changed(indicators: Sequence[Indicator], *, actor: Actor, at: datetime) -> None:
    set_ids = {row.criteria_set_id for one in indicators for row in one.criteria}
    events.HISTORY_CHANGED(set_ids, actor=actor, at=at)


def _version_before(draft: CriteriaSet) -> CriteriaSet | None:
    """The newest other version of the set."""
    return db.session.scalars(
        select(CriteriaSet)
        .where(CriteriaSet.name == draft.name, CriteriaSet.id != draft.id)
        .order_by(CriteriaSet.version.desc())
    ).first()


def _rows(condition: ColumnElement[bool]) -> Iterable[Criterion]:
    return db.session.scalars(
        select(Criterion).join(Criterion.indicator).where(condition).order_by(Criterion.id)
    )


def _known(row: Criterion) -> Known:
    return Known(
        row.code,
        row.name,
        row.is_group,
        row.unit_of_measure,
        row.indicator_id,
    )


def _set_names(ids: Collection[int]) -> list[str]:
    return list(
        db.session.scalars(
            select(CriteriaSet.name).where(CriteriaSet.id.in_(ids)).order_by(CriteriaSet.name)
        )
    )


def _administer(actor: Actor) -> None:
    if not administers(actor):
        raise Forbidden(_("Chỉ quản trị viên được gộp, tách chỉ số. Dữ liệu chưa thay đổi."))
