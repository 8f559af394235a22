"""The agreements of 2022 and the meetings of the Quang Đông example."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from pledge_app.agreements import operations as agreements
from pledge_app.agreements import signing
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.queries import round_of
from pledge_app.demo.example import DISTRICT, Told, moment
from pledge_app.demo.quang_dong_cast import Cast
from pledge_app.documents.models import Document
from pledge_app.documents.operations import store
from pledge_app.documents.work import render_document
from pledge_app.jobs.models import Job
from pledge_app.jobs.operations import close
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.meetings import minutes
from pledge_app.meetings.models import Attendance, MeetingPlan
from pledge_app.orgs.models import Cluster
from pledge_app.papers.intake.inspection import Upload as Scan


class Agreements(Cast):
    """Agreements that are signed, and the meetings where that happens."""

    def sign(self, cluster: Cluster, day: date) -> Agreement:
        lead = self.actor(self.unit_of(cluster.leads[0].body_id), Role.CLERK, day)
        agreement = agreements.start_agreement(
            cluster,
            actor=lead,
            at=moment(day),
            today=day,
        )
        agreements.save_texts(
            agreement,
            self._words(agreement),
            bases=[agreements.BasisLine(row.text, row.legal_basis_id) for row in agreement.bases],
            paper_date=day,
            show_qr=True,
            version=agreement.version_id,
            actor=lead,
            at=moment(day),
        )
        document = agreements.freeze(
            agreement,
            version=agreement.version_id,
            actor=lead,
            at=moment(day, 10),
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
            unit = self.unit_of(step.body_id)
            signing.confirm(
                agreement,
                step,
                content_sha256=document.envelope.content_sha256,
                actor=self.actor(unit, Role.LEADER, day),
                at=moment(day, 15),
                today=day,
            )
        self._sign_on_paper(
            agreement,
            document,
            day,
            lead,
        )
        self._meet(agreement, day, lead)
        db.session.commit()
        return agreement

    def _sign_on_paper(
        self,
        agreement: Agreement,
        document: Document,
        day: date,
        lead: Actor,
    ) -> None:
        """The wet signatures: the lead records them, the level above was there; then the scan
        (here: the print).
        """
        opened = round_of(agreement)
        assert opened is not None and document.file_sha256 is not None
        reviewer = self.actor(DISTRICT, Role.REVIEWER, day)
        for step in opened.steps:
            signing.sign_on_paper(
                agreement,
                step,
                on=day,
                actor=lead,
                at=moment(day, 15),
                today=day,
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

    def _meet(self, agreement: Agreement, day: date, lead: Actor) -> None:
        """The meeting of 2022 and its minutes."""
        chair, secretary = (
            self.stage.users[self.unit_of(agreement.lead_body_id), role].name
            for role in (Role.LEADER, Role.CLERK)
        )
        values: minutes.MeetingValues = {
            "title": "",
            "place": f"Hội trường UBND xã {agreement.lead_body.place}",
            "on_date": day,
            "begins": "08 giờ 00",
            "ends": "10 giờ 30",
            "agenda": "Đọc dự thảo bản giao ước; thảo luận; ký giao ước.",
            "proceedings": "Các đơn vị nhất trí với nội dung bản giao ước (minh họa).",
            "votes_for": len(agreement.parties),
            "votes_against": 0,
            "votes_abstained": None,
            "other_votes": [],
            "chair_name": chair,
            "second_chair_name": "",
            "secretary_name": secretary,
            "next_lead_body_id": None,
            "next_deputy_body_id": None,
        }
        there = [
            minutes.AttendeeLine(
                signatory.name,
                f"{signatory.title} {party.body.name}",
                "",
                Attendance.PRESENT,
            )
            for party in agreement.parties
            for signatory in party.signatories
        ]
        meeting = minutes.record_meeting(
            agreement,
            values,
            there,
            version=0,
            actor=lead,
            at=moment(day, 16),
            today=day,
        )
        minutes.close_meeting(
            meeting,
            version=meeting.version_id,
            actor=lead,
            at=moment(day, 17),
        )

    def _words(self, agreement: Agreement) -> Told:
        """2022, illustrative: the report's words about purpose and standards with that year in
        them, so that the agreement of 2023, which takes last year's words over, begins with
        the report's own.
        """
        texts = (
            self.told["text"]
            if agreement.cluster.name == self.told["cluster"]["name"]
            else self.made_up["text"]
        )
        year = f"năm {self.told['year']}"
        contents = texts["contents"] or agreement.contents.splitlines()
        words = {
            "purpose": [texts["purpose"]],
            "contents": contents,
            "standards": texts["standards"],
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

    def plan_2023(self) -> None:
        """The meeting that the report tells of: its guest and its words; day and place are
        illustrative.
        """
        planned = self.made_up["meeting"]
        facts = self.told
        leader = self.stage.users[planned["lead"], Role.LEADER].name
        db.session.add(
            MeetingPlan(
                cluster=self.stage.clusters[facts["cluster"]["name"], facts["year"]],
                on_date=planned["date"],
                begins=f"{planned['starts_at']:%H giờ %M}",
                place=planned["place"],
                chair_name=leader,
                secretary_name=self.stage.users[planned["lead"], Role.CLERK].name,
                items=[],
                guests="\n".join(
                    f"{one['name']}; {one['title'].replace(', ', '; ', 1)}"
                    for one in facts["mentioned"]
                ),
                news_closing=facts["text"]["closing"],
                news_author=facts["author"],
            )
        )
