"""One of everything, for asking who is let in where: built once, copied for each question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from pledge_app.accounts import sessions
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.agreements import amendments
from pledge_app.agreements.models import Agreement
from pledge_app.campaigns import workdays
from pledge_app.campaigns.models import EmulationYear, LegalBasis
from pledge_app.criteria import operations as criteria
from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.rows import CriterionRow
from pledge_app.documents.models import Document, Envelope
from pledge_app.kernel.base import db
from pledge_app.orgs import clusters
from pledge_app.orgs.concurrent import allow_concurrent
from pledge_app.orgs.models import Body, Cluster, ClusterPaperKind, Delegation, OfficeHolding, Unit
from pledge_app.papers.intake.inspection import Upload as Inspected
from pledge_app.pledges.models import Target
from pledge_app.progress import due_reports, evidence
from pledge_app.progress import operations as progress
from pledge_app.progress.evidence_models import Evidence
from pledge_app.progress.models import ProgressReport
from pledge_app.reorganisation.models import Kind, Reorganisation
from pledge_app.web.kept_texts import KeptText
from tests import agreeing, make
from tests.cast import TODAY, Cast

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
# Who asks. "own" is the commune that the thing belongs to; the foreign ones are of another cluster
# and district.
OWN = {
    "pledge": ("lan", "hung", "van"),
    "agreement": ("dong", "dong_leader", ""),
    "report": ("ly", "ly_leader", ""),
}
ASKERS = {
    "c": "own clerk",
    "l": "own leader",
    "v": "own records clerk",
    "t": "reviewer",
    "n": "clerk of a neighbour in the cluster",
    "x": "foreign clerk and leader",
    "y": "foreign reviewer",
    "a": "administrator",
    "g": "auditor",
    "p": "nobody",
}
OTHERS = {"t": "rev", "n": "tay", "x": "xa", "y": "revxa", "a": "quan", "g": "giam", "p": None}


@dataclass(frozen=True)
class World:
    """Public ids by the name that the addresses of access_table.py use."""

    pids: dict[str, str]


def build(cast: Cast) -> World:
    """Hải Quang's pledge is sent; Hải Đông leads an agreement with Hải Tây that awaits
    signatures; Hải Lý reports: quarter I is sent, quarter II is being entered.
    """
    sent = make.pledge(cast, "Hải Quang", state="sent")
    registration = (
        db.session.query(Document).join(Envelope).filter(Envelope.subject_pid == sent.pid).one()
    )
    agreeing.rendered(registration)
    made = agreeing.agreement(cast, state="awaiting", communes=("Hải Đông", "Hải Tây"))
    entered, reported = _reports(cast)
    scan = agreeing.scan(cast, made)
    change = amendments.propose(
        made,
        _ocop(made, cast.bodies["Hải Tây"]),
        Decimal(5),
        "Hội nghị thống nhất",
        actor=make.actor(cast, "dong"),
        at=AT,
    )
    file = _evidence(cast, entered)
    others = _others(cast)
    db.session.commit()
    return World(
        {
            "pledge": sent.pid,
            "target": sent.targets[0].pid,
            "registration": registration.pid,
            "agreement": made.pid,
            "step": agreeing.step(cast, made, "Hải Đông").pid,
            "party": made.parties[0].pid,
            "paper": agreeing.paper(made).pid,
            "code": agreeing.paper(made).envelope.short_code,
            "scan": scan.pid,
            "amendment": change.pid,
            "file": file.pid,
            "entered": entered.pid,
            "line": entered.lines[0].pid,
            "reported": reported.pid,
            **others,
            **_of_the_cast(cast),
        }
    )


def _evidence(cast: Cast, entered: ProgressReport) -> Evidence:
    return evidence.attach(
        entered,
        evidence.Received(
            Inspected("application/pdf", agreeing.PDF, 1, 300, False, "application/pdf"),
            b"\xff\xd8",
            "ảnh.jpg",
            9,
            "0" * 64,
        ),
        pin="",
        actor=make.actor(cast, "ly"),
        at=AT,
    )


def _others(cast: Cast) -> dict[str, str]:
    """What is of no pledge: days, papers, people, a set that is worked on."""
    admin = make.actor(cast, "quan")
    allowed = allow_concurrent(
        db.session.get_one(Body, cast.bodies["Xa Lạ"]),
        valid_from=TODAY,
        valid_to=None,
        reason="Một cán bộ",
        actor=admin,
        at=AT,
    )
    session, _token = sessions.begin(
        db.session.get_one(User, cast.users["lan"]), at=AT, address="127.0.0.1", browser="x"
    )
    day = workdays.add_day(TODAY, works=True, note="Thông báo", actor=admin, at=AT)
    paper = clusters.add_paper(
        db.session.get_one(Cluster, cast.cluster),
        ClusterPaperKind.RULES,
        number="12/QC",
        dated=TODAY,
        issuer="UBND huyện",
        title="Quy chế",
        actor=admin,
        at=AT,
    )
    draft = criteria.import_set(
        "Bộ đang soạn",
        [CriterionRow("1", "Thu nhập")],
        valid_from=TODAY,
        valid_to=None,
        source="",
        actor=admin,
        at=AT,
    )
    kept = KeptText(user_id=cast.users["lan"], path="/giao-uoc", fields={"a": "b"}, at=AT)
    given = _delegation(cast)
    act = _reorganisation()
    db.session.add_all([kept, given, act])
    db.session.flush()
    return {
        "concurrent": allowed.pid,
        "day": day.pid,
        "kept": kept.pid,
        "session": session.pid,
        "draft_set": draft.pid,
        "cluster_paper": paper.pid,
        "reorganised": act.pid,
        "delegation": given.pid,
    }


def _delegation(cast: Cast) -> Delegation:
    return Delegation(
        holding_id=cast.holdings["hung"],
        delegate_id=db.session.get_one(User, cast.users["lan"]).person_id,
        basis="Giấy ủy quyền",
        valid_from=TODAY,
        valid_to=TODAY,
    )


def _reorganisation() -> Reorganisation:
    return Reorganisation(
        kind=Kind.RENAME,
        on_date=TODAY,
        basis="Nghị quyết",
        title="Đổi tên",
        told={},
        made_by="Ông Quản",
        made_at=AT,
    )


def _of_the_cast(cast: Cast) -> dict[str, str]:
    """What the cast has had from the beginning."""
    one = db.session.get_one
    year = one(EmulationYear, cast.year)
    published = db.session.query(CriteriaSet).filter(CriteriaSet.published_at.is_not(None))
    return {
        "cluster": one(Cluster, cast.cluster).pid,
        "year": year.pid,
        "period": year.periods[0].pid,
        "unit": one(Unit, cast.units["Hải Quang"]).pid,
        "body": one(Body, cast.bodies["Hải Quang"]).pid,
        "criteria_set": published.one().pid,
        "user": one(User, cast.users["lan"]).pid,
        "basis": db.session.query(LegalBasis).one().pid,
        "holding": one(OfficeHolding, cast.holdings["hung"]).pid,
        "grant": db.session.query(RoleGrant).filter_by(user_id=cast.users["lan"]).one().pid,
    }


def _ocop(made: Agreement, body_id: int) -> Target:
    """The first target of a party."""
    pledge = next(party.pledge for party in made.parties if party.body_id == body_id)
    assert pledge is not None
    return pledge.targets[0]


def _reports(cast: Cast) -> tuple[ProgressReport, ProgressReport]:
    """Hải Lý's report of quarter II, being entered, and of quarter I, sent."""
    running = make.pledge(cast, "Hải Lý", state="in_force")
    clerk, leader = make.actor(cast, "ly"), make.actor(cast, "ly_leader")
    first, second = (
        due_reports.open_report(running, campaign.period, at=AT)
        for campaign in running.emulation_year.campaigns[:2]
    )
    for line in first.lines:
        progress.save_line(
            line, progress.LineEntry(Decimal(0)), version=line.version, actor=clerk, at=AT
        )
    progress.submit_to_leader(first, actor=clerk, at=AT)
    progress.send_up(first, actor=leader, at=AT, today=TODAY, office="Chủ tịch")
    return second, first
