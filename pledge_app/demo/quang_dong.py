"""The Quang Đông example, part 2: pledges, agreements and reports, each brought where it is by
its verbs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from pledge_app.accounts.current import actor_of
from pledge_app.agreements import operations as agreements
from pledge_app.agreements import signing
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.queries import round_of
from pledge_app.campaigns import operations as years
from pledge_app.campaigns.models import Campaign
from pledge_app.criteria.kinds import Cadence, ValueKind
from pledge_app.demo.example import DISTRICT, SECOND, Stage, Told, illustrative, moment, seed
from pledge_app.documents.models import Document
from pledge_app.documents.operations import store
from pledge_app.documents.work import render_document
from pledge_app.jobs.models import Job
from pledge_app.jobs.operations import close
from pledge_app.kernel.actor import SYSTEM, Actor, Role
from pledge_app.kernel.base import db
from pledge_app.meetings import minutes
from pledge_app.meetings.models import Attendance, MeetingPlan
from pledge_app.orgs.models import Cluster
from pledge_app.papers.intake.inspection import Upload as Scan
from pledge_app.pledges import entry, operations, starting
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.rules import RowState
from pledge_app.progress import operations as progress
from pledge_app.progress.models import ProgressReport
from pledge_app.reviews import operations as review

QUARTER_DAYS = {1: (3, 20), 2: (6, 20), 3: (9, 20), 4: (11, 15)}


class Story:
    """Tells the years 2022 and 2023 with the people of the stage."""

    def __init__(self, stage: Stage, tell: Callable[[str], None]) -> None:
        self.stage = stage
        self.tell = tell
        self.told = seed()
        self.made_up = illustrative()
        self.members: list[str] = self.told["cluster"]["members"]

    def actor(self, unit: str, role: Role, on: date) -> Actor:
        """Who holds `role` at the unit's UBND."""
        return actor_of(self.stage.users[unit, role], today=on)

    def run(self) -> None:
        """2022 is done and signed; 2023 has one pledge in each state of its first weeks."""
        self.tell("Năm 2022 (minh họa) …")
        for unit in (*self.members, *SECOND):
            self._agreed(unit, 2022, date(2022, 2, 12))
        for name, year in (c for c in self.stage.clusters if c[1] == 2022):
            self._signed(self.stage.clusters[name, year], date(2022, 2, 25))
        self._reports_of_2022()
        self.tell("Năm 2023 …")
        self._assign_2023()
        day = date(2023, 2, 8)
        for unit in self.members[1:]:
            self._agreed(unit, 2023, day)
        self._returned(self.members[0], day)
        self._second_cluster_2023(day)
        self._plan_of_2023()
        db.session.commit()

    def _plan_of_2023(self) -> None:
        """The meeting that the report tells of: its guest and its words; day and place are
        illustrative.
        """
        planned = self.made_up["meeting"]
        told = self.told
        leader = self.stage.users[planned["lead"], Role.LEADER].name
        db.session.add(
            MeetingPlan(
                cluster=self.stage.clusters[told["cluster"]["name"], told["year"]],
                on_date=planned["date"],
                begins=f"{planned['starts_at']:%H giờ %M}",
                place=planned["place"],
                chair_name=leader,
                secretary_name=self.stage.users[planned["lead"], Role.CLERK].name,
                items=[],
                guests="\n".join(
                    f"{one['name']}; {one['title'].replace(', ', '; ', 1)}"
                    for one in told["mentioned"]
                ),
                news_closing=told["text"]["closing"],
                news_author=told["author"],
            )
        )

    # pledges

    def _pledge(self, unit: str, year: int, day: date) -> Pledge:
        clerk = self.actor(unit, Role.CLERK, day)
        pledge = starting.start_pledge(
            self.stage.ubnd(unit), self.stage.years[year], actor=clerk, at=moment(day), today=day
        )
        self._fill(
            pledge,
            unit,
            year,
            clerk,
            day,
        )
        return pledge

    def _fill(self, pledge: Pledge, unit: str, year: int, clerk: Actor, day: date) -> None:
        rows = {row["criterion"]: row for row in self.made_up["target"] if row["unit"] == unit}
        column = "goal" if year == self.told["year"] else "last_year"
        hamlets = {
            row["name"]: row[column] for row in self.made_up["hamlet"] if row["unit"] == unit
        }
        for target in pledge.targets:
            if target.criterion.kind is ValueKind.COUNTED_ROWS:
                states = {row.id: (RowState(hamlets[row.name]), 4) for row in target.items}
                if states:
                    entry.save_items(
                        target,
                        states,
                        actor=clerk,
                        at=moment(day),
                    )
            entry.save_row(
                target,
                self._entry(target, rows[target.criterion.code], year),
                version=target.version,
                actor=clerk,
                at=moment(day),
            )
        objectives = {
            row["quarter"]: row["text"] for row in self.made_up["objective"] if row["unit"] == unit
        }
        titles = [
            (row["name"], row["candidate"]) for row in self.made_up["title"] if row["unit"] == unit
        ]
        entry.save_plan(
            pledge,
            joins={
                row.campaign_id: (True, objectives.get(row.campaign.quarter, ""))
                for row in pledge.campaigns
            },
            titles=titles or [("Tập thể Lao động tiên tiến", "UBND xã")],
            resolution="",
            version=pledge.version_id,
            actor=clerk,
            at=moment(day),
        )

    def _entry(self, target: Target, row: Told, year: int) -> entry.RowEntry:
        """This year's figures; for 2022 last year's, so that what 2022 reached is 2023's last
        year.
        """
        if year == self.told["year"]:
            quarters = tuple(_number(text) for text in row["quarters"])
            return entry.RowEntry(_number(row["goal"]), quarters, row["reason"])  # type: ignore[arg-type]
        if target.criterion.kind is ValueKind.YES_NO:
            return entry.RowEntry(Decimal(1))  # the communes aimed at it, and did not get there
        return entry.RowEntry(_number(row["last_year"]))

    def _agreed(self, unit: str, year: int, day: date) -> Pledge:
        pledge = self._sent(unit, year, day)
        review.approve(
            pledge,
            version=pledge.version_id,
            actor=self.actor(DISTRICT, Role.REVIEWER, day),
            at=moment(day, 15),
        )
        return pledge

    def _sent(self, unit: str, year: int, day: date) -> Pledge:
        pledge = self._pledge(unit, year, day)
        self._send(pledge, unit, day)
        return pledge

    def _send(self, pledge: Pledge, unit: str, day: date) -> None:
        operations.submit_to_leader(
            pledge, actor=self.actor(unit, Role.CLERK, day), at=moment(day, 10)
        )
        operations.sign_off(
            pledge, actor=self.actor(unit, Role.LEADER, day), at=moment(day, 11), office="Chủ tịch"
        )
        operations.send_up(
            pledge, actor=self.actor(unit, Role.CLERK, day), at=moment(day, 14), today=day
        )

    def _returned(self, unit: str, day: date) -> None:
        """Six cells are still to be entered anew: this is where the visitor begins."""
        pledge = self._sent(unit, 2023, day)
        by_code = {target.criterion.code: target for target in pledge.targets}
        review.send_back(
            pledge,
            [
                review.Ask(
                    "Đề nghị chia chỉ tiêu theo từng quý sát thực tế hơn: đang chia đều cho bốn "
                    "quý.",
                    by_code["1.1"],
                ),
                review.Ask(
                    "Đề nghị bổ sung diện tích chuyển đổi theo kế hoạch vụ Mùa.", by_code["1.2"]
                ),
            ],
            version=pledge.version_id,
            actor=self.actor(DISTRICT, Role.REVIEWER, day),
            at=moment(date(2023, 2, 9), 16),
        )

    def _second_cluster_2023(self, day: date) -> None:
        self._pledge(SECOND[0], 2023, day)
        waiting = self._pledge(SECOND[1], 2023, day)
        operations.submit_to_leader(
            waiting, actor=self.actor(SECOND[1], Role.CLERK, day), at=moment(day, 10)
        )
        for unit in SECOND[2:]:
            self._sent(unit, 2023, day)

    def _assign_2023(self) -> None:
        year = self.stage.years[2023]
        codes = (
            {row.code: row.id for row in year.criteria_set.criteria} if year.criteria_set else {}
        )
        years.assign_figures(
            year,
            [
                (
                    self.stage.units[row["unit"]].id,
                    codes[row["criterion"]],
                    Decimal(row["assigned"]),
                )
                for row in self.made_up["target"]
                if row["assigned"]
            ],
            actor=SYSTEM,
            at=moment(date(2023, 2, 7)),
        )

    # agreements

    def _signed(self, cluster: Cluster, day: date) -> Agreement:
        lead = self.actor(self._unit(cluster.leads[0].body_id), Role.CLERK, day)
        agreement = agreements.start_agreement(
            cluster,
            actor=lead,
            at=moment(day),
            today=day,
        )
        agreements.save_texts(
            agreement,
            self.words(agreement),
            bases=[agreements.BasisLine(row.text, row.legal_basis_id) for row in agreement.bases],
            paper_date=day,
            show_qr=True,
            version=agreement.version_id,
            actor=lead,
            at=moment(day),
        )
        document = agreements.freeze(
            agreement, version=agreement.version_id, actor=lead, at=moment(day, 10)
        )
        db.session.commit()
        self.tell(f"  đang tạo văn bản: {cluster.name} {cluster.year}")
        render_document({"document": document.pid})
        job = db.session.scalar(select(Job).where(Job.key == f"render:{document.pid}"))
        if job is not None:
            close(job, at=moment(day, 11))
        opened = round_of(agreement)
        assert opened is not None
        for step in opened.steps:
            unit = self._unit(step.body_id)
            signing.confirm(
                agreement,
                step,
                content_sha256=document.envelope.content_sha256,
                actor=self.actor(unit, Role.LEADER, day),
                at=moment(day, 15),
                today=day,
            )
        self._on_paper(
            agreement,
            document,
            day,
            lead,
        )
        self._met(agreement, day, lead)
        db.session.commit()
        return agreement

    def _on_paper(self, agreement: Agreement, document: Document, day: date, lead: Actor) -> None:
        """The wet signatures: the lead records them, the level above was there; then the scan
        (here: the print).
        """
        opened = round_of(agreement)
        assert opened is not None and document.file_sha256 is not None
        reviewer = self.actor(DISTRICT, Role.REVIEWER, day)
        for step in opened.steps:
            signing.sign_on_paper(
                agreement, step, on=day, actor=lead, at=moment(day, 15), today=day
            )
        signing.attest(
            agreement,
            opened.steps,
            actor=reviewer,
            at=moment(day, 15),
        )
        pdf = "application/pdf"
        scan = Scan(
            pdf,
            store().read(document.file_sha256),
            document.pages or 1,
            300,
            False,
            pdf,
        )
        name = "Bản ký (minh họa).pdf"
        kept = signing.upload_scan(
            agreement,
            scan,
            name,
            actor=lead,
            at=moment(day, 15),
        )
        seen = opened.steps
        signing.confirm_scan(
            agreement,
            kept,
            seen,
            on=day,
            actor=reviewer,
            at=moment(day, 15),
        )

    def _met(self, agreement: Agreement, day: date, lead: Actor) -> None:
        """The meeting of 2022 and its minutes."""
        chair, secretary = (
            self.stage.users[self._unit(agreement.lead_body_id), role].name
            for role in (Role.LEADER, Role.CLERK)
        )
        values = {
            "place": f"Hội trường UBND xã {agreement.lead_body.place}",
            "on_date": day,
            "begins": "08 giờ 00",
            "ends": "10 giờ 30",
            "agenda": "Đọc dự thảo bản giao ước; thảo luận; ký giao ước.",
            "proceedings": "Các đơn vị nhất trí với nội dung bản giao ước (minh họa).",
            "votes_for": len(agreement.parties),
            "votes_against": 0,
            "votes_abstained": None,
            "chair_name": chair,
            "secretary_name": secretary,
            "next_lead_body_id": None,
            "next_deputy_body_id": None,
        }
        there = [
            minutes.AttendeeLine(
                signatory.name, f"{signatory.title} {party.body.name}", "", Attendance.PRESENT
            )
            for party in agreement.parties
            for signatory in party.signatories
        ]
        held = minutes.record_meeting(
            agreement, values, there, version=0, actor=lead, at=moment(day, 16), today=day
        )
        minutes.close_meeting(
            held,
            version=held.version_id,
            actor=lead,
            at=moment(day, 17),
        )

    def _unit(self, body_id: int) -> str:
        return next(unit for (unit, _kind), body in self.stage.bodies.items() if body.id == body_id)

    def words(self, agreement: Agreement) -> Told:
        """2022, illustrative: the report's words about purpose and standards with that year in
        them, so that the agreement of 2023, which takes last year's words over, begins with
        the report's own.
        """
        told = (
            self.told["text"]
            if agreement.cluster.name == self.told["cluster"]["name"]
            else self.made_up["text"]
        )
        year = f"năm {self.told['year']}"
        contents = told["contents"] or agreement.contents.splitlines()
        words = {
            "purpose": [told["purpose"]],
            "contents": contents,
            "standards": told["standards"],
            "measures": [row["text"] for row in self.made_up["measure"]],
            "organisation": [row["text"] for row in self.made_up["organisation"]],
        }
        return {
            "place": agreement.lead_body.place,
            "copies": agreement.copies,
            "recipients": agreement.recipients,
            **{
                name: "\n".join(lines).replace(year, f"năm {agreement.cluster.year}")
                for name, lines in words.items()
            },
        }

    # reports

    def _reports_of_2022(self) -> None:
        pledges = db.session.scalars(
            select(Pledge)
            .where(Pledge.emulation_year_id == self.stage.years[2022].id)
            .order_by(Pledge.id)
        ).all()
        for campaign in self.stage.years[2022].campaigns:
            month, day = QUARTER_DAYS[campaign.quarter]
            for pledge in pledges:
                unit = self._unit(pledge.body_id)
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
            progress.open_report(pledge, campaign.period, at=moment(date(2022, 11, 5)))
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
        self, pledge: Pledge, unit: str, campaign: Campaign, day: date, *, confirm: bool
    ) -> ProgressReport:
        clerk = self.actor(unit, Role.CLERK, day)
        leader = self.actor(unit, Role.LEADER, day)
        report = progress.open_report(pledge, campaign.period, at=moment(day, 7))
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
            difficulties="",
            proposals="",
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
                report, actor=self.actor(DISTRICT, Role.REVIEWER, day), at=moment(day, 15)
            )
        return report


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


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
