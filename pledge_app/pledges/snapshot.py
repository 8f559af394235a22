"""A pledge as plain data: what was sent up in a round, and the content of its registration
paper.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict, cast

from pledge_app.criteria.tree import by_group
from pledge_app.documents import parts
from pledge_app.documents.wording import wording
from pledge_app.kernel.canonical import exact_text
from pledge_app.kernel.roman import roman
from pledge_app.orgs.models import Line
from pledge_app.orgs.queries import council_beside
from pledge_app.pledges.goal_cells import period_number, stored_goals
from pledge_app.pledges.models import Pledge, PledgeCampaign, Target
from pledge_app.pledges.paper import (
    REGISTRATION,
    RegistrationCampaign,
    RegistrationContent,
    RegistrationGroup,
)


class SentItem(TypedDict):
    """One counted row as it was sent."""

    name: str
    state: str | None
    by_quarter: int | None


class SentTarget(TypedDict):
    """One target as it was sent; besides, the goal of each period under the name of its cell."""

    id: str
    code: str
    name: str
    goal: str | None
    reason_lower: str
    measures: str
    hamlets: list[SentItem]


class SentCampaign(TypedDict):
    """One campaign as the unit joins it."""

    quarter: int
    name: str
    joins: bool
    objective: str


class SentTitle(TypedDict):
    """One title that is registered for."""

    name: str
    holder: str


class SentContent(TypedDict):
    """What is sent up in one round."""

    targets: list[SentTarget]
    campaigns: list[SentCampaign]
    titles: list[SentTitle]
    resolution: str


def snapshot(pledge: Pledge) -> SentContent:
    """What the commune promises, to be compared from round to round (pledges/changes.py)."""
    return {
        "targets": [_target(row) for row in pledge.targets],
        "campaigns": [
            {
                "quarter": row.campaign.quarter,
                "name": f"Đợt thi đua quý {roman(row.campaign.quarter)}",
                "joins": row.joins,
                "objective": row.objective,
            }
            for row in sorted(pledge.campaigns, key=lambda row: row.campaign.quarter)
        ],
        "titles": [{"name": row.title, "holder": row.holder} for row in pledge.titles],
        "resolution": pledge.resolution,
    }


def _target(row: Target) -> SentTarget:
    figures = {
        name: None if value is None else exact_text(value)
        for name, value in stored_goals(row).items()
    }
    target = {
        "id": row.criterion.pid,
        "code": row.criterion.code,
        "name": row.criterion.name,
        **figures,
        "reason_lower": row.reason_lower,
        "measures": row.measures,
        "hamlets": [
            {
                "name": item.name,
                "state": item.state.value if item.state else None,
                "by_quarter": period_number(row, item.period_id),
            }
            for item in row.items
        ],
    }
    return cast(SentTarget, target)


def registration(pledge: Pledge, *, today: date) -> RegistrationContent:
    """The content of the paper that goes up."""
    year, body = pledge.emulation_year, pledge.body
    words = wording(REGISTRATION)
    addressee = _addressee(pledge)
    places = {
        "năm": str(year.year),
        "cơ quan": parts.full_name_in_texts(body),
        "ký hiệu": body.symbol,
        "nơi nhận": addressee,
    }
    is_front = pledge.cluster.line is Line.MTTQ
    closing = words.filled("closing", places)
    return {
        **parts.frame(
            REGISTRATION,
            year=year.year,
            type_name=words.filled("type_name", places),
            subject=f"Năm {year.year}",
            title=f"Bản đăng ký thi đua năm {year.year} - {body.name}",
            author=body.full_name,
            heading=parts.head_of(
                body,
                words.filled("symbol", places) if body.symbol else "",
                today.year,
            ),
            bases=_bases(pledge),
            opening=parts.paragraphs(words.filled("opening", places)),
            recipients=["Như trên", parts.archive_line(body)],
            illustrative=pledge.is_illustrative,
        ),
        "addressed_to": [addressee],
        "movements": parts.paragraphs(
            words.filled("movements_front" if is_front else "movements", places)
        ),
        "campaigns": [
            _campaign(row)
            for row in sorted(pledge.campaigns, key=lambda r: r.campaign.quarter)
            if row.joins
        ],
        "groups": _groups(pledge),
        "target_notes": _notes(pledge),
        "measures": [
            f"{row.criterion.name}: {line}"
            for row in pledge.targets
            for line in parts.paragraphs(row.measures)
        ],
        "titles": [
            {"name": row.title, "candidate": row.holder, "note": ""} for row in pledge.titles
        ],
        "closing": f"{closing.rstrip('./ ')}./." if closing else "",
        "signatories": [parts.head_signs(body, today)],
    }


def registered(title: str, holder: str) -> str:
    """A title in quotation marks as the Law writes it, and for whom: "“Tập thể lao động xuất
    sắc” (UBND xã)".
    """
    named = title if title.startswith(("“", "Bằng khen", "Giấy khen")) else f"“{title}”"
    return f"{named} ({holder})" if holder else named


def _addressee(pledge: Pledge) -> str:
    """The Council of the level above; the board itself on the Front's line, and where no Council
    is recorded.
    """
    reviewer = pledge.cluster.reviewer
    if pledge.cluster.line is Line.MTTQ:
        return reviewer.full_name
    council = council_beside(reviewer)
    return council.full_name if council else reviewer.full_name


def _bases(pledge: Pledge) -> list[str]:
    bases = parts.guidance_basis(pledge.emulation_year)
    if pledge.resolution:
        bases.append(f"Căn cứ {pledge.resolution}")
    return bases


def _campaign(row: PledgeCampaign) -> RegistrationCampaign:
    campaign = row.campaign
    return {
        "name": parts.campaign_name(campaign),
        "objective": row.objective or "; ".join(parts.paragraphs(campaign.contents)),
        "launched": campaign.starts_on.isoformat(),
        "closed": campaign.ends_on.isoformat(),
    }


def grouped(pledge: Pledge) -> list[tuple[str, str, list[Target]]]:
    """(code, name, targets) of each group of the criteria set, in its order."""
    chosen = pledge.emulation_year.criteria_set
    criteria = chosen.criteria if chosen is not None else []
    groups = by_group(pledge.targets, lambda target: target.criterion, criteria)
    return [(branch.code, branch.name, targets) for branch, targets in groups]


def _groups(pledge: Pledge) -> list[RegistrationGroup]:
    return [
        {
            "code": code,
            "name": name,
            "rows": [
                {
                    "code": row.criterion.code,
                    "name": row.criterion.name,
                    "unit": row.criterion.unit_of_measure,
                    "before": parts.said_figure(row.criterion.kind, row.baseline),
                    "goal": parts.said_goal(row.criterion, row.goal),
                    "assigned": parts.said_figure(row.criterion.kind, row.assigned),
                    "reason": row.reason_lower,
                    "note": "",
                }
                for row in rows
            ],
        }
        for code, name, rows in grouped(pledge)
    ]


def _notes(pledge: Pledge) -> list[str]:
    words = {"reached": "đạt", "nearly": "cơ bản đạt", "not_reached": "chưa đạt"}
    return [
        f"{row.criterion.name}: "
        + "; ".join(f"{h.name}: {words[h.state.value]}" for h in row.items if h.state)
        for row in pledge.targets
        if any(h.state for h in row.items)
    ]
