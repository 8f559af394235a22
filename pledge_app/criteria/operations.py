"""Verbs on criteria sets: draft, save, publish, renew, discard. A published set never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from pledge_app.audit.operations import record
from pledge_app.criteria.indicators import continued, drop_unused, indicators_for, measured_by
from pledge_app.criteria.kinds import (
    FIGURE_KINDS,
    Direction,
)
from pledge_app.criteria.matching import Known
from pledge_app.criteria.matching import Row as SetRow
from pledge_app.criteria.models import CriteriaSet, Criterion
from pledge_app.criteria.policy import makes_sets
from pledge_app.criteria.rows import DEEPEST, CriterionRow, levels_of
from pledge_app.criteria.states import SetState
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.kernel.text import same_name_key
from pledge_app.kernel.versions import check_version
from pledge_app.orgs.models import Line


def import_set(
    name: str,
    rows: Sequence[CriterionRow],
    *,
    valid_from: date,
    valid_to: date | None,
    source: str,
    actor: Actor,
    at: datetime,
    line: Line | None = None,
) -> CriteriaSet:
    """A new set as a draft. Rows are in their printed order, parents first.

    Each row goes on with the indicator that sets of the line have for it, else with a new one.
    """
    _administer(actor)
    check(
        not _is_taken(name, None),
        _("Đã có bộ tiêu chí tên này. Hãy đặt tên khác, hoặc mở bộ đó và lập phiên bản mới."),
        [Problem(_("Tên này đã có."), "name")],
    )
    _check_dates(valid_from, valid_to)
    draft = CriteriaSet(
        name=name,
        version=1,
        valid_from=valid_from,
        valid_to=valid_to,
        source=source,
        line=line,
    )
    _write(draft, rows, own=[])
    record(
        "criteria.imported",
        draft,
        actor=actor,
        at=at,
        name=name,
        version=1,
        rows=len(rows),
    )
    return draft


def save_draft(
    draft: CriteriaSet,
    name: str,
    rows: Sequence[CriterionRow],
    *,
    valid_from: date,
    valid_to: date | None,
    source: str,
    version: int,
    actor: Actor,
    at: datetime,
    line: Line | None = None,
) -> None:
    """The draft as it now stands in the form; its rows are written anew, nobody points to them
    yet. A row that is still there keeps its indicator, unless the draft is now of another line.
    """
    _administer(actor)
    _same_draft(draft, version)
    _check_draft_name(draft, name)
    _check_dates(valid_from, valid_to)
    measured = measured_by(draft.id)
    own = continued(draft, line)
    draft.name = name
    draft.valid_from = valid_from
    draft.valid_to = valid_to
    draft.source = source
    draft.line = line
    draft.version_id = draft.version_id + 1
    _empty(draft)
    _write(draft, rows, own=own)
    drop_unused(measured)
    record(
        "criteria.saved",
        draft,
        actor=actor,
        at=at,
        name=name,
        version=draft.version,
        rows=len(rows),
    )


def _check_draft_name(draft: CriteriaSet, name: str) -> None:
    if draft.version > 1:
        check(
            name == draft.name,
            _("Phiên bản mới giữ tên của bộ tiêu chí. Muốn tên khác, hãy lập bộ mới."),
            [Problem(_("Giữ tên %(name)s.", name=draft.name), "name")],
        )
    else:
        check(
            not _is_taken(name, draft),
            _("Đã có bộ tiêu chí tên này. Hãy đặt tên khác."),
            [Problem(_("Tên này đã có."), "name")],
        )


def publish(
    chosen: CriteriaSet,
    *,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> None:
    """From here the set can be chosen for a year and is never changed; what its rows measure is
    called as it says. `version`: of the page that asked.
    """
    _administer(actor)
    if chosen.published_at is not None:
        raise Conflict(_("Bộ tiêu chí này đã ban hành."))
    if version is not None:
        _same_draft(chosen, version)
    frames = [row for row in chosen.criteria if row.is_frame]
    check(
        not frames,
        _(
            "Còn %(n)s tiêu chí là khung, mới có tên. Hãy sửa bản nháp: ghi đơn vị tính, hoặc "
            "chọn kiểu số liệu “Đạt / không đạt”, rồi ban hành.",
            n=len(frames),
        ),
    )
    chosen.move("publish", actor=actor)
    chosen.published_at = at
    chosen.version_id = chosen.version_id + 1
    for row in chosen.criteria:
        row.indicator.name = row.name
    record(
        "criteria.published",
        chosen,
        actor=actor,
        at=at,
        name=chosen.name,
        version=chosen.version,
    )


def renew(published: CriteriaSet, *, actor: Actor, at: datetime) -> CriteriaSet:
    """A draft of the next version, copied from a published set; the published one stays as it
    is.
    """
    _administer(actor)
    if published.published_at is None:
        raise Conflict(_("Bộ tiêu chí này còn là bản nháp: hãy sửa ngay bản nháp."))
    newest = db.session.scalars(
        select(CriteriaSet)
        .where(CriteriaSet.name == published.name)
        .order_by(CriteriaSet.version.desc())
    ).first()
    if newest is not None and newest.state is SetState.DRAFT:
        raise Conflict(
            _("Bộ này đã có bản nháp của phiên bản %(n)s. Hãy sửa bản nháp đó.", n=newest.version)
        )
    number = (newest.version if newest is not None else published.version) + 1
    draft = CriteriaSet(
        name=published.name,
        version=number,
        valid_from=published.valid_from,
        valid_to=published.valid_to,
        source=published.source,
        line=published.line,
    )
    _write(draft, rows_of(published), own=[measured_by(published.id)])
    record(
        "criteria.renewed",
        draft,
        actor=actor,
        at=at,
        name=draft.name,
        version=number,
        of=published.version,
    )
    return draft


def discard(
    draft: CriteriaSet,
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """The draft and its rows go; what the trail says of it stays."""
    _administer(actor)
    _same_draft(draft, version)
    record(
        "criteria.discarded",
        draft,
        actor=actor,
        at=at,
        name=draft.name,
        version=draft.version,
    )
    measured = measured_by(draft.id)
    _empty(draft)
    db.session.delete(draft)
    drop_unused(measured)


def rows_of(chosen: CriteriaSet) -> list[CriterionRow]:
    """The rows of a set as plain values, in their order."""
    codes = {row.id: row.code for row in chosen.criteria}
    return [
        CriterionRow(
            code=row.code,
            name=row.name,
            parent=codes.get(row.parent_id or 0, ""),
            is_group=row.is_group,
            unit_of_measure=row.unit_of_measure,
            kind=row.kind,
            direction=row.direction,
            cadence=row.cadence,
            max_points=row.max_points,
            is_illustrative=row.is_illustrative,
            is_frame=row.is_frame,
            note=row.note,
            counts=row.counts,
            card=row.own_card,
        )
        for row in chosen.criteria
    ]


def _empty(draft: CriteriaSet) -> None:
    """Without its rows: a draft's are nobody's yet. They name each other, so the names of the
    groups go first.
    """
    own = Criterion.criteria_set_id == draft.id
    db.session.execute(update(Criterion).where(own).values(parent_id=None))
    db.session.execute(delete(Criterion).where(own))
    db.session.expire(draft, ["criteria"])


def _write(
    draft: CriteriaSet,
    rows: Sequence[CriterionRow],
    *,
    own: Sequence[Sequence[Known]],
) -> None:
    check(any(not row.is_group for row in rows), _("Bộ tiêu chí phải có ít nhất một tiêu chí."))
    check(
        len({row.code for row in rows}) == len(rows),
        _("Mã tiêu chí không được trùng nhau trong một bộ."),
    )
    check(
        max(levels_of(rows).values()) <= DEEPEST,
        _("Bộ tiêu chí có nhiều nhất bốn cấp."),
    )
    db.session.add(draft)
    db.session.flush()
    ids: dict[str, int] = {}
    indicators = indicators_for(draft, [_criterion_text(row) for row in rows], own)
    for position, (row, indicator) in enumerate(zip(rows, indicators, strict=True), 1):
        check(
            not row.parent or row.parent in ids,
            _("Tiêu chí %(code)s đứng trước nhóm của nó.", code=row.code),
        )
        check(
            row.figure_kind in FIGURE_KINDS,
            _("Tiêu chí %(code)s đếm theo một loại chưa biết.", code=row.code),
        )
        check(
            not row.card.is_strict or row.direction in (Direction.HIGHER, Direction.LOWER),
            _("Tiêu chí %(code)s không có mức để phải hơn hoặc phải dưới.", code=row.code),
        )
        criterion = _criterion(draft, row, position)
        criterion.indicator = indicator
        criterion.parent_id = ids.get(row.parent)
        db.session.add(criterion)
        db.session.flush()
        ids[row.code] = criterion.id
    db.session.expire(draft, ["criteria"])


def _criterion_text(row: CriterionRow) -> SetRow:
    return SetRow(
        row.code,
        row.name,
        row.is_group,
        row.unit_of_measure,
    )


def _criterion(draft: CriteriaSet, row: CriterionRow, position: int) -> Criterion:
    is_frame = row.still_frame and not row.is_group
    return Criterion(
        criteria_set_id=draft.id,
        position=position,
        code=row.code,
        name=row.name,
        is_group=row.is_group,
        unit_of_measure=row.unit_of_measure,
        kind=row.kind,
        direction=row.direction,
        cadence=row.cadence,
        max_points=row.max_points,
        is_illustrative=row.is_illustrative,
        is_frame=is_frame,
        note=row.note,
        counts=row.counts,
        **asdict(row.card),
    )


def _is_taken(name: str, own: CriteriaSet | None) -> bool:
    """Whether another set bears the name; "HÒA" and "HOÀ" are one name."""
    rows = db.session.execute(select(CriteriaSet.id, CriteriaSet.name))
    key = same_name_key(name)
    return any(
        same_name_key(other) == key for number, other in rows if own is None or number != own.id
    )


def _same_draft(draft: CriteriaSet, version: int) -> None:
    if draft.state is not SetState.DRAFT:
        raise Conflict(
            _("Bộ tiêu chí này đã ban hành nên không sửa, không xóa được. Hãy lập phiên bản mới.")
        )
    check_version(draft.version_id, version)


def _check_dates(valid_from: date, valid_to: date | None) -> None:
    check(
        valid_to is None or valid_to >= valid_from,
        _("Ngày cuối áp dụng phải sau ngày đầu."),
        [Problem(_("Ngày này đứng trước ngày đầu áp dụng."), "valid_to")],
    )


def _administer(actor: Actor) -> None:
    if not makes_sets(actor):
        raise Forbidden(
            _("Chỉ quản trị viên được nhập và ban hành bộ tiêu chí. Dữ liệu chưa thay đổi.")
        )
