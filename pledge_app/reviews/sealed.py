"""What the trail seals of a pledge when it is sent up or amended, until it comes back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.checks import Sealed
from pledge_app.pledges.models import (
    Pledge,
    PledgeCampaign,
    PledgeSnapshot,
    Target,
    TargetGoal,
    TargetItem,
    TitleRegistration,
)

FIXES = frozenset({"pledge.sent_up", "pledge.amended"})
OPENS = frozenset({"pledge.withdrawn", "pledge.sent_back"})

SNAPSHOTS = Sealed(
    Pledge,
    PledgeSnapshot,
    ("round", "content", "content_sha256", "taken_at"),
    _l("nội dung đã gửi của bản đăng ký"),
    (PledgeSnapshot.pledge_id == Pledge.id,),
    by=FIXES,
    is_always_sealed=True,
)
TARGETS = Sealed(
    Pledge,
    Target,
    ("criterion_id", "position", "goal", "reason_lower", "measures"),
    _l("chỉ tiêu đã gửi"),
    (Target.pledge_id == Pledge.id,),
    by=FIXES,
    lifted_by=OPENS,
)
GOALS = Sealed(
    Pledge,
    TargetGoal,
    ("target_id", "period_id", "value"),
    _l("chỉ tiêu từng kỳ đã gửi"),
    (TargetGoal.target_id == Target.id, Target.pledge_id == Pledge.id),
    by=FIXES,
    lifted_by=OPENS,
)
ITEMS = Sealed(
    Pledge,
    TargetItem,
    ("target_id", "item_id", "position", "name", "state", "period_id"),
    _l("danh mục đếm đã gửi"),
    (TargetItem.target_id == Target.id, Target.pledge_id == Pledge.id),
    by=FIXES,
    lifted_by=OPENS,
)
CAMPAIGNS = Sealed(
    Pledge,
    PledgeCampaign,
    ("campaign_id", "joins", "objective"),
    _l("đợt thi đua đã gửi"),
    (PledgeCampaign.pledge_id == Pledge.id,),
    by=FIXES,
    lifted_by=OPENS,
)
TITLES = Sealed(
    Pledge,
    TitleRegistration,
    ("position", "title", "holder"),
    _l("danh hiệu đã đăng ký"),
    (TitleRegistration.pledge_id == Pledge.id,),
    by=FIXES,
    lifted_by=OPENS,
)
ALL = (SNAPSHOTS, TARGETS, GOALS, ITEMS, CAMPAIGNS, TITLES)
