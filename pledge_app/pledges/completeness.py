"""What keeps a pledge from being handed in, as sentences with links to the cells."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.criteria.words import figure_words, item_word
from pledge_app.kernel.errors import Problem
from pledge_app.pledges.goal_cells import cell_name, periods_of
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.rules import Fault, TargetFault, TargetPlain, check_target, good_states

FIELDS = {"goal": "goal", "reason": "reason_lower", "rows": "hamlets"}


def problems(pledge: Pledge) -> list[Problem]:
    """Everything that is missing or wrong; [] = it can be handed in."""
    found = [Problem(_("Bản đăng ký phải có ít nhất một chỉ tiêu."))] if not pledge.targets else []
    for target in pledge.targets:
        found += [
            Problem(
                f"{target.criterion.code}. {target.criterion.name}: {sentence(fault, target)}",
                f"{cell_at_fault(target, fault)}-{target.pid}",
            )
            for fault in check_target(as_plain(target))
        ]
    if not any(row.joins for row in pledge.campaigns):
        found.append(Problem(_("Chưa tham gia đợt thi đua nào."), "plan"))
    return found


def cell_at_fault(target: Target, fault: TargetFault) -> str:
    """The cell of the row that a fault is about."""
    if fault.field == "split":
        return cell_name(periods_of(target)[fault.place])
    return FIELDS[fault.field]


def as_plain(target: Target) -> TargetPlain:
    """The target as the rules take it."""
    criterion = target.criterion
    split = target.split
    return TargetPlain(
        direction=criterion.direction,
        cadence=criterion.cadence,
        kind=criterion.kind,
        goal=target.goal,
        assigned=target.assigned,
        reason=target.reason_lower,
        split=tuple(split.get(period.id) for period in periods_of(target)),
        rows=tuple(row.state for row in target.items),
        good=good_states(nearly_counts=criterion.nearly_counts),
    )


def sentence(fault: TargetFault, target: Target) -> str:
    """One fault of a target in words."""
    criterion = target.criterion
    items = item_word(criterion, (row.name for row in target.items))
    expected, found = (
        figure_words(value, criterion.is_yes_no).lower() for value in (fault.expected, fault.found)
    )
    return {
        Fault.GOAL_MISSING: lambda: _("chưa nhập chỉ tiêu đăng ký (để trống không phải là 0)."),
        Fault.GOAL_NEGATIVE: lambda: _("chỉ tiêu không được âm."),
        Fault.GOAL_NOT_ZERO: lambda: _("tiêu chí này giữ ở mức 0 nên chỉ tiêu phải là 0."),
        Fault.GOAL_NOT_YES_NO: lambda: _("chỉ nhận 1 (đạt) hoặc 0 (không đạt)."),
        Fault.REASON_MISSING: lambda: _("chỉ tiêu thấp hơn mức được giao nên phải ghi lý do."),
        Fault.SPLIT_INCOMPLETE: lambda: _(
            "đã chia theo quý thì phải nhập đủ bốn quý (quý không có thì nhập 0)."
        ),
        Fault.SPLIT_NEGATIVE: lambda: _("số của quý không được âm."),
        Fault.SPLIT_SUM: lambda: _(
            "tổng bốn quý là %(found)s, khác chỉ tiêu %(expected)s.",
            found=found,
            expected=expected,
        ),
        Fault.SPLIT_END: lambda: _(
            "quý cuối là %(found)s, khác chỉ tiêu %(expected)s.",
            found=found,
            expected=expected,
        ),
        Fault.ROWS_BLANK: lambda: _(
            "còn %(items)s chưa chọn mức (đạt, cơ bản đạt, chưa đạt).",
            items=items,
        ),
        Fault.ROWS_GOAL: lambda: _(
            "tỷ lệ tính từ các %(items)s đã chọn là %(expected)s %%, không phải %(found)s %%; hãy "
            "sửa mức của từng %(items)s.",
            items=items,
            expected=expected,
            found=found,
        ),
    }[fault.fault]()
