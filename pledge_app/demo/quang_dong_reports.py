"""The quarterly reports of 2022 in the Quang Đông example."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from pledge_app.campaigns.models import Campaign
from pledge_app.criteria.kinds import Cadence, ValueKind
from pledge_app.demo.example import DISTRICT, SECOND, moment
from pledge_app.demo.quang_dong_cast import Cast
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.pledges.models import Pledge, Target
from pledge_app.progress import due_reports
from pledge_app.progress import operations as progress
from pledge_app.progress.models import ProgressReport
from pledge_app.reviews import operations as review

QUARTER_DAYS = {
    1: (3, 20),
    2: (6, 20),
    3: (9, 20),
    4: (11, 15),
}


class Reports(Cast):
    """Reports of every quarter, most of them confirmed."""

    def report_2022(self) -> None:
        pledges = db.session.scalars(
            select(Pledge)
            .where(Pledge.emulation_year_id == self.stage.years[2022].id)
            .order_by(Pledge.id)
        ).all()
        for campaign in self.stage.years[2022].campaigns:
            month, day = QUARTER_DAYS[campaign.quarter]
            for pledge in pledges:
                unit = self.unit_of(pledge.body_id)
                if unit in self.members or campaign.quarter < 4:
                    self._report(
                        pledge,
                        unit,
                        campaign,
                        date(2022, month, day),
                        confirm=True,
                    )
                else:
                    self._unfinished(pledge, unit, campaign)
        for pledge in pledges[:2]:
            review.close(pledge, at=moment(date(2022, 12, 28)))

    def _unfinished(self, pledge: Pledge, unit: str, campaign: Campaign) -> None:
        """The last quarter of the second cluster shows a report that is overdue, one late, one
        sent back, one that waits.
        """
        if unit == SECOND[0]:
            due_reports.open_report(pledge, campaign.period, at=moment(date(2022, 11, 5)))
        elif unit == SECOND[1]:
            self._report(
                pledge,
                unit,
                campaign,
                date(2022, 12, 2),
                confirm=True,
            )
        else:
            report = self._report(
                pledge,
                unit,
                campaign,
                date(2022, 11, 18),
                confirm=False,
            )
            if unit == SECOND[2]:
                progress.send_back(
                    report,
                    "Đề nghị giải trình số liệu ước thực hiện đến 31/12.",
                    actor=self.actor(DISTRICT, Role.REVIEWER, report.due_on),
                    at=moment(date(2022, 11, 22)),
                )

    def _report(
        self,
        pledge: Pledge,
        unit: str,
        campaign: Campaign,
        day: date,
        *,
        confirm: bool,
    ) -> ProgressReport:
        clerk = self.actor(unit, Role.CLERK, day)
        leader = self.actor(unit, Role.LEADER, day)
        report = due_reports.open_report(pledge, campaign.period, at=moment(day, 7))
        for line in report.lines:
            value = _share(line.target, campaign.quarter)
            progress.save_line(
                line,
                progress.LineEntry(value, is_estimate=campaign.quarter == 4),
                version=line.version,
                actor=clerk,
                at=moment(day),
            )
        progress.save_texts(
            report,
            done={campaign.id: "Đã phát động và tổ chức thực hiện đúng kế hoạch (minh họa)."},
            said={},
            version=report.version_id,
            actor=clerk,
            at=moment(day),
        )
        progress.submit_to_leader(report, actor=clerk, at=moment(day, 10))
        progress.send_up(
            report,
            actor=leader,
            at=moment(day, 11),
            today=day,
            office="Chủ tịch",
        )
        if confirm:
            progress.confirm(
                report,
                actor=self.actor(DISTRICT, Role.REVIEWER, day),
                at=moment(day, 15),
            )
        return report


def _share(target: Target, quarter: int) -> Decimal | None:
    """A plain illustrative course: a quarter of the goal each time, or the state growing to the
    goal.
    """
    goal = target.goal
    if goal is None:
        return None
    if target.criterion.kind is ValueKind.YES_NO:
        return Decimal(0)
    if target.criterion.cadence is Cadence.STATE:
        return (goal * (80 + 5 * quarter) / 100).quantize(Decimal("0.1")) if quarter < 4 else goal
    whole = int(goal)
    shares = [whole // 4 + (1 if n < whole % 4 else 0) for n in range(4)]
    return Decimal(shares[quarter - 1]) + (goal - whole if quarter == 4 else 0)
