"""What was sent up, round by round. The level above reads this, never a draft that is being
typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import cast

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, or_, select

from pledge_app.criteria.models import Criterion
from pledge_app.criteria.words import figure_words
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import plain
from pledge_app.kernel.roman import roman
from pledge_app.pledges.changes import Change, Plain, changes
from pledge_app.pledges.goal_cells import GOAL, cell_name
from pledge_app.pledges.models import AdditionRequest, Pledge, PledgeSnapshot
from pledge_app.pledges.rules import RowState
from pledge_app.pledges.snapshot import SentContent, SentItem, SentTarget, snapshot
from pledge_app.pledges.states import PledgeState

S = PledgeState


def stands() -> ColumnElement[bool]:
    """The newest round of a pledge stands: it waits, was agreed, or was asked about and is being
    answered.

    What was withdrawn before anybody asked does not: the commune took it back.
    """
    asked = (
        select(AdditionRequest.id)
        .where(AdditionRequest.pledge_id == Pledge.id, AdditionRequest.round == Pledge.round)
        .exists()
    )
    return or_(
        Pledge.state.in_((S.SENT, S.AGREED, S.IN_FORCE, S.CLOSED)),
        and_(Pledge.round > 0, asked),
        and_(Pledge.state == S.DISCONTINUED, Pledge.agreed_at.is_not(None)),
    )


def content_of(pledge: Pledge) -> SentContent | None:
    """What stands of this pledge, or None while nothing does."""
    content = db.session.scalar(
        select(PledgeSnapshot.content)
        .join(Pledge, Pledge.id == PledgeSnapshot.pledge_id)
        .where(Pledge.id == pledge.id, PledgeSnapshot.round == Pledge.round, stands())
    )
    return None if content is None else identified(content, criteria_of_pledge(pledge))


def last_sent(pledge: Pledge) -> SentContent | None:
    """The content of the newest round, or None before the first sending."""
    content = db.session.scalar(
        select(PledgeSnapshot.content)
        .where(PledgeSnapshot.pledge_id == pledge.id)
        .order_by(PledgeSnapshot.round.desc())
        .limit(1)
    )
    return None if content is None else identified(content, criteria_of_pledge(pledge))


def contents_in(cluster_id: int, criteria: Iterable[Criterion]) -> dict[int, SentContent]:
    """By body id: what stands of each member of a cluster; `criteria` of its year."""
    known = list(criteria)
    rows = db.session.execute(
        select(Pledge.body_id, PledgeSnapshot.content)
        .join(
            PledgeSnapshot,
            and_(PledgeSnapshot.pledge_id == Pledge.id, PledgeSnapshot.round == Pledge.round),
        )
        .where(Pledge.cluster_id == cluster_id, stands())
    )
    return {row.body_id: identified(row.content, known) for row in rows}


def criteria_of_pledge(pledge: Pledge) -> list[Criterion]:
    """The criteria of its targets."""
    return [target.criterion for target in pledge.targets]


def identified(content: Mapping[str, object], criteria: Iterable[Criterion]) -> SentContent:
    """The content with the public id of its criterion in each target.

    What was sent before there were indicators names a criterion by its code alone, which was
    unique in its set.
    """
    stored = cast(SentContent, content)
    if all("id" in row for row in stored["targets"]):
        return stored
    pids = {row.code: row.pid for row in criteria}
    targets = [_with_id(row, pids) for row in stored["targets"]]
    return {**stored, "targets": targets}


def _with_id(row: SentTarget, pids: Mapping[str, str]) -> SentTarget:
    return cast(SentTarget, {"id": pids.get(row["code"], ""), **row})


def goals_of(content: SentContent) -> dict[str, Decimal | None]:
    """By public id of the criterion: the goals of one sending, as `identified` gives it."""
    return {row["id"]: figure(row["goal"]) for row in content["targets"]}


def goal_in(row: SentTarget, cell: str) -> Decimal | None:
    """The goal in one cell of a sent row; None also where the sending did not know the cell."""
    value = dict(row).get(cell)
    return None if value is None else Decimal(str(value))


def figure(text: str | None) -> Decimal | None:
    """A figure of a snapshot; blank is not zero."""
    return Decimal(text) if text is not None else None


def asked_before(pledge: Pledge) -> int | None:
    """The last round before this one that the level above sent back; None: it reads the pledge
    for the first time.
    """
    return max((row.round for row in pledge.requests if row.round < pledge.round), default=None)


@dataclass(frozen=True)
class Difference:
    """One change between two rounds in words. `criterion`: its public id, "" outside the
    targets.
    """

    criterion: str
    what: str
    before: str
    after: str


def differences(pledge: Pledge) -> list[Difference]:
    """What changed since the round that was sent back; [] when none was."""
    base = asked_before(pledge)
    if base is None:
        return []
    criteria = criteria_of_pledge(pledge)
    contents = {
        row.round: identified(row.content, criteria)
        for row in db.session.scalars(
            select(PledgeSnapshot).where(
                PledgeSnapshot.pledge_id == pledge.id,
                PledgeSnapshot.round.in_((base, pledge.round)),
            )
        )
    }
    return _in_words(
        pledge,
        contents[base],
        contents[pledge.round],
    )


def since_signing(pledge: Pledge) -> list[Difference] | None:
    """What changed since the leader last signed; None before the first signature.

    Once it is signed again: since it was last sent up, so that the page still says what was signed.
    """
    signed = None if pledge.signed_off_at is not None else pledge.signed_content
    before = last_sent(pledge) if signed is None else signed
    return (
        None
        if before is None
        else _in_words(
            pledge,
            before,
            plain(snapshot(pledge)),
        )
    )


def _in_words(pledge: Pledge, before: Plain, after: Plain) -> list[Difference]:
    yes_no = {target.criterion.pid for target in pledge.targets if target.criterion.is_yes_no}
    goals = goal_words(pledge)
    return [_worded(change, yes_no, goals) for change in changes(before, after)]


def goal_words(pledge: Pledge) -> dict[str, str]:
    """By cell: what the goal of the year and that of each period is called in a sentence."""
    periods = pledge.emulation_year.goal_periods
    return {GOAL: _("chỉ tiêu")} | {cell_name(period): str(period.name) for period in periods}


def _worded(change: Change, yes_no: set[str], goals: Mapping[str, str]) -> Difference:
    path = change.path
    is_target = path[0] == "targets" and len(path) > 1
    name = path[-1]
    words = {**goals, **_field_words()}
    if is_target:
        what = words.get(name, _("tiêu chí"))
        if len(path) > 3 and path[2] == "hamlets":
            what = f"{path[3]}: {words.get(name, _('danh mục'))}"
    else:
        parts = [
            change.label or words.get(path[0], ""),
            words.get(name, "") if len(path) > 1 else "",
        ]
        what = ": ".join(part for part in parts if part)
        if path[0] == "titles" and len(path) == 2:
            what = words["titles"]
    criterion = path[1] if is_target else ""
    is_yes_no = criterion in yes_no
    is_goal = name in goals
    return Difference(
        criterion,
        what,
        _shown(
            name,
            change.before,
            is_yes_no,
            is_goal,
        ),
        _shown(
            name,
            change.after,
            is_yes_no,
            is_goal,
        ),
    )


def _field_words() -> dict[str, str]:
    return {
        "reason_lower": _("lý do thấp hơn mức giao"),
        "measures": _("biện pháp"),
        "state": _("mức"),
        "by_quarter": _("quý đạt"),
        "joins": _("tham gia"),
        "objective": _("mục tiêu"),
        "holder": _("tập thể, cá nhân"),
        "titles": _("danh hiệu đăng ký"),
        "campaigns": _("đợt thi đua"),
        "resolution": _("nghị quyết"),
    }


def _shown(name: str, value: object, is_yes_no: bool, is_goal: bool) -> str:
    """A value of a snapshot as it is read; "" for blank."""
    if value is None or value == "":
        return ""
    if isinstance(value, Mapping):
        return " – ".join(str(value[key]) for key in ("name", "holder") if value.get(key))
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if is_goal:
        try:
            return figure_words(Decimal(str(value)), is_yes_no)
        except InvalidOperation:
            return str(value)
    if name == "by_quarter":
        return roman(int(str(value)))
    return state_words().get(str(value), str(value)) if name == "state" else str(value)


def state_words() -> dict[str, str]:
    """The states of a counted row."""
    return {
        RowState.REACHED.value: _("đạt"),
        RowState.NEARLY.value: _("cơ bản đạt"),
        RowState.NOT_REACHED.value: _("chưa đạt"),
    }


def counted(rows: Sequence[SentItem], items: str) -> str:
    """ "2 đạt, 1 cơ bản đạt trên 3 xóm"; "" without rows. `items`: the word for what is counted."""
    if not rows:
        return ""
    parts = []
    for state, word in state_words().items():
        n = sum(row["state"] == state for row in rows)
        if n:
            parts.append(f"{n} {word}")
    return _(
        "%(parts)s trên %(all)s %(items)s",
        parts=", ".join(parts) or "0",
        all=len(rows),
        items=items,
    )
