"""The Quang Đông example as a story: pledges, agreements and reports, each brought where it is by
its verbs.
"""

from __future__ import annotations

from datetime import date

from pledge_app.demo.example import SECOND
from pledge_app.demo.quang_dong_agreements import Agreements
from pledge_app.demo.quang_dong_cast import Cast
from pledge_app.demo.quang_dong_pledges import Pledges
from pledge_app.demo.quang_dong_reports import Reports
from pledge_app.kernel.base import db


class Story(Cast):
    """Tells the years 2022 and 2023 with the people of the stage."""

    def run(self) -> None:
        """2022 is done and signed; 2023 has one pledge in each state of its first weeks."""
        pledges = Pledges(self.stage, self.tell)
        agreements = Agreements(self.stage, self.tell)
        reports = Reports(self.stage, self.tell)
        self.tell("Năm 2022 (minh họa) …")
        for unit in (*self.members, *SECOND):
            pledges.agree(unit, 2022, date(2022, 2, 12))
        for (_name, year), cluster in list(self.stage.clusters.items()):
            if year == 2022:
                agreements.sign(cluster, date(2022, 2, 25))
        reports.report_2022()
        self.tell("Năm 2023 …")
        pledges.assign_2023()
        day = date(2023, 2, 8)
        for unit in self.members[1:]:
            pledges.agree(unit, 2023, day)
        pledges.send_back(self.members[0], day)
        pledges.fill_second_cluster(day)
        agreements.plan_2023()
        db.session.commit()
