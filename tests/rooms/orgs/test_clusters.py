"""Clusters are made for a year and a line, filled, led; a member that has pledged is not taken
out.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.orgs import cluster_queries, clusters, leads
from pledge_app.orgs.leads import Lead
from pledge_app.orgs.models import Body, Cluster, ClusterPaperKind, LeadKind, Line
from pledge_app.orgs.queries import lead_of
from tests import make
from tests.cast import COMMUNES
from tests.guards.sources import ROOT, files, text_of

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)


def body(cast, name: str) -> Body:
    return db.session.get_one(Body, cast.bodies[name])


def cluster(cast) -> Cluster:
    return db.session.get_one(Cluster, cast.cluster)


def create(
    cast,
    who: str = "quan",
    name: str = "Cụm mới",
    year: int = 2024,
    members: tuple[str, ...] = (),
    line: Line = Line.UBND,
) -> Cluster:
    return clusters.create_cluster(
        name,
        year,
        line,
        issuer=body(cast, "huyện"),
        reviewer=body(cast, "huyện"),
        members=[body(cast, one) for one in members],
        actor=make.actor(cast, who),
        at=AT,
    )


def test_a_cluster_takes_over_the_members_of_last_year(app, cast):
    made = create(cast, members=COMMUNES)
    assert [row.body.name for row in made.members] == [f"UBND xã {name}" for name in COMMUNES]
    event = db.session.query(TrailEvent).filter_by(verb="cluster.created").one()
    assert event.data["year"] == 2024


@pytest.mark.parametrize("who", ["dong", "rev", "giam"])
def test_only_the_administrator_makes_one(app, cast, who):
    with pytest.raises(Forbidden):
        create(cast, who)


def test_names_years_and_lines_are_checked(app, cast):
    for more in (
        {"name": "vùng thi đua QUANG ĐÔNG", "year": 2023},
        {"year": 1800},
        {"line": Line.MTTQ, "members": COMMUNES},
    ):
        with pytest.raises(DomainError):
            create(cast, **more)


def test_a_body_is_in_one_cluster_of_a_guidance(app, cast):
    create(cast, members=("Hải Quang",))
    with pytest.raises(DomainError, match="đã thuộc Cụm mới"):
        create(cast, name="Cụm khác", members=("Hải Quang",))


def test_an_ended_body_is_in_no_new_cluster(app, cast):
    body(cast, "Hải Tây").exists_to = date(2023, 12, 1)
    with pytest.raises(DomainError, match="không còn hoạt động"):
        create(cast, members=("Hải Tây",))


def test_members_join_in_order_and_only_those_below_are_offered(app, cast):
    made = create(cast)
    assert {row.name for row in cluster_queries.candidates(made)} == {
        f"UBND xã {name}" for name in COMMUNES
    }
    clusters.add_members(
        made,
        [body(cast, "Hải Tây"), body(cast, "Hải Lý")],
        version=made.version_id,
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    assert [(row.position, row.body.place) for row in made.members] == [
        (1, "Hải Tây"),
        (2, "Hải Lý"),
    ]
    places = {cast.bodies["Hải Lý"]: 1, cast.bodies["Hải Tây"]: 2}
    clusters.order_members(
        made, places, version=made.version_id, actor=make.actor(cast, "quan"), at=AT
    )
    assert {row.body.place: row.position for row in made.members} == {"Hải Lý": 1, "Hải Tây": 2}


def test_a_page_that_saw_other_members_is_stale(app, cast):
    made = create(cast)
    clusters.add_members(
        made, [body(cast, "Hải Tây")], version=1, actor=make.actor(cast, "quan"), at=AT
    )
    with pytest.raises(Conflict):
        clusters.add_members(
            made, [body(cast, "Hải Lý")], version=1, actor=make.actor(cast, "quan"), at=AT
        )


def test_a_member_that_pledged_or_leads_stays(app, cast):
    make.pledge(cast, "Hải Quang")
    for name, said in (
        ("Hải Quang", "đã lập bản đăng ký"),
        ("Hải Đông", "Cụm trưởng"),
        ("Xa Lạ", "không còn trong cụm"),
    ):
        with pytest.raises(DomainError, match=said):
            clusters.drop_member(
                cluster(cast), body(cast, name), version=1, actor=make.actor(cast, "quan"), at=AT
            )


def test_a_member_leaves_and_the_others_close_up(app, cast):
    clusters.drop_member(
        cluster(cast), body(cast, "Hải Tây"), version=1, actor=make.actor(cast, "quan"), at=AT
    )
    assert sorted(row.position for row in cluster(cast).members) == [1, 2, 3]
    assert db.session.query(TrailEvent).filter_by(verb="cluster.member_dropped").count() == 1


def lead(
    cast, name: str = "Hải Tây", held_from: date = date(2023, 6, 1), held_to: date | None = None
) -> Lead:
    return Lead(LeadKind.LEAD, body(cast, name), None, "Hội nghị bầu", held_from, held_to)


def test_a_new_lead_ends_the_one_before(app, cast):
    leads.set_lead(cluster(cast), lead(cast), version=1, actor=make.actor(cast, "quan"), at=AT)
    said = [
        (found.body.place if (found := lead_of(cluster(cast), on=day)) else None)
        for day in (date(2023, 5, 31), date(2023, 6, 1))
    ]
    assert said == ["Hải Đông", "Hải Tây"]


def test_leads_do_not_overlap_are_members_and_end_after_they_begin(app, cast):
    for wrong in (
        lead(cast, held_from=date(2022, 1, 1)),
        lead(cast, "Xa Lạ"),
        lead(cast, held_to=date(2023, 1, 1)),
    ):
        with pytest.raises(DomainError):
            leads.set_lead(cluster(cast), wrong, version=1, actor=make.actor(cast, "quan"), at=AT)


def test_a_lead_leaves(app, cast):
    leads.end_lead(
        cluster(cast),
        LeadKind.LEAD,
        on=date(2023, 3, 1),
        version=1,
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    assert lead_of(cluster(cast), on=date(2023, 3, 1)) is None
    with pytest.raises(DomainError, match="Không có ai"):
        leads.end_lead(
            cluster(cast),
            LeadKind.LEAD,
            on=date(2023, 4, 1),
            version=2,
            actor=make.actor(cast, "quan"),
            at=AT,
        )


def test_a_lead_whose_end_is_known_may_leave_earlier(app, cast):
    leads.set_lead(
        cluster(cast),
        lead(cast, held_to=date(2023, 12, 1)),
        version=1,
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    leads.end_lead(
        cluster(cast),
        LeadKind.LEAD,
        on=date(2023, 9, 1),
        version=2,
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    assert lead_of(cluster(cast), on=date(2023, 8, 31)) is not None
    assert lead_of(cluster(cast), on=date(2023, 9, 1)) is None


def test_the_guiding_body_stays_once_somebody_pledged(app, cast):
    make.pledge(cast, "Hải Quang")
    with pytest.raises(DomainError, match="không đổi được cơ quan hướng dẫn"):
        clusters.describe_cluster(
            cluster(cast),
            "Tên mới",
            issuer=body(cast, "huyện xa"),
            reviewer=body(cast, "huyện"),
            version=1,
            actor=make.actor(cast, "quan"),
            at=AT,
        )
    clusters.describe_cluster(
        cluster(cast),
        "Tên mới",
        issuer=body(cast, "huyện"),
        reviewer=body(cast, "huyện xa"),
        version=1,
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    assert (
        db.session.query(TrailEvent).filter_by(verb="cluster.described").one().data["after"]["name"]
        == "Tên mới"
    )


def test_the_papers_of_a_cluster_are_recorded_once_and_the_trail_keeps_what_was_dropped(app, cast):
    def add():
        return clusters.add_paper(
            cluster(cast),
            ClusterPaperKind.DIVISION,
            number="215/QĐ-UBND",
            dated=date(2023, 1, 15),
            issuer="UBND huyện",
            title="Chia cụm thi đua",
            actor=make.actor(cast, "quan"),
            at=AT,
        )

    paper = add()
    with pytest.raises(DomainError, match="đã được ghi"):
        add()
    clusters.drop_paper(paper, actor=make.actor(cast, "quan"), at=AT)
    assert (
        db.session.query(TrailEvent).filter_by(verb="cluster.paper_dropped").one().data["number"]
        == "215/QĐ-UBND"
    )


def test_who_outlasts_the_newcomer_is_not_pushed_out(app, cast):
    """An end that was set is kept: a term inside another one is refused, whoever asks."""
    leads.set_lead(
        cluster(cast),
        lead(cast, held_to=date(2023, 12, 1)),
        version=1,
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    inside = lead(cast, "Hải Tây", held_from=date(2023, 6, 1), held_to=date(2023, 7, 1))
    with pytest.raises(DomainError, match="trùng"):
        leads.appoint(cluster(cast), inside, actor=make.actor(cast, "quan"), at=AT)
    after = lead(cast, "Hải Tây", held_from=date(2023, 6, 1))
    leads.appoint(cluster(cast), after, actor=make.actor(cast, "quan"), at=AT)
    held = lead_of(cluster(cast), on=date(2023, 6, 1))
    assert held is not None and held.body.place == "Hải Tây"


def test_only_one_module_makes_a_lead():
    """Three writers had three rules; the demo's stage is no verb."""
    writers = [
        path.relative_to(ROOT).as_posix()
        for path in files("pledge_app", ".py")
        if "ClusterLead(" in text_of(path) and "demo" not in path.parts
    ]
    assert writers == ["pledge_app/orgs/leads.py", "pledge_app/orgs/models.py"]


def held(cast, day: date) -> str | None:
    row = lead_of(cluster(cast), on=day)
    return row.body.place if row is not None else None


def test_a_term_that_is_over_pushes_nobody_out(app, cast):
    """A past term recorded later must not leave the cluster without a lead today."""
    past = lead(cast, "Hải Lý", held_from=date(2022, 3, 1), held_to=date(2022, 6, 1))
    present = held(cast, date(2023, 2, 10))
    leads.appoint(cluster(cast), past, actor=make.actor(cast, "quan"), at=AT)
    assert held(cast, date(2023, 2, 10)) == present is not None
    assert held(cast, date(2022, 4, 1)) == "Hải Lý"
    inside = lead(cast, "Hải Lý", held_from=date(2023, 1, 15), held_to=date(2023, 2, 1))
    with pytest.raises(DomainError, match="trùng"):
        leads.appoint(cluster(cast), inside, actor=make.actor(cast, "quan"), at=AT)


def test_an_heir_leads_until_the_term_that_was_to_follow(app, cast):
    quan = make.actor(cast, "quan")
    row = lead_of(cluster(cast), on=date(2023, 2, 10))
    assert row is not None
    follows = lead(cast, "Hải Tây", held_from=date(2023, 9, 1))
    leads.appoint(cluster(cast), follows, actor=quan, at=AT)
    leads.succeed(
        cluster(cast),
        row.body,
        body(cast, "Hải Lý"),
        on=date(2023, 7, 1),
        basis="Nghị quyết",
        actor=quan,
        at=AT,
    )
    assert held(cast, date(2023, 8, 1)) == "Hải Lý"
    assert held(cast, date(2023, 9, 1)) == "Hải Tây"


def test_another_chairman_of_the_same_body_is_recorded(app, cast):
    quan = make.actor(cast, "quan")
    row = lead_of(cluster(cast), on=date(2023, 2, 10))
    assert row is not None
    again = Lead(LeadKind.LEAD, row.body, None, "Quyết định 99", date(2023, 6, 1), None)
    leads.appoint(cluster(cast), again, actor=quan, at=AT)
    leads.appoint(cluster(cast), again, actor=quan, at=AT)
    now = [one for one in cluster(cast).leads if one.basis == "Quyết định 99"]
    assert len(now) == 1
    assert row.held_to == date(2023, 6, 1)


def test_a_vote_on_the_day_a_term_began_replaces_it(app, cast):
    first = lead(cast, held_from=date(2023, 6, 1))
    second = lead(cast, "Hải Lý", held_from=date(2023, 6, 1))
    for one in (first, second):
        leads.appoint(cluster(cast), one, actor=make.actor(cast, "quan"), at=AT)
    assert held(cast, date(2023, 6, 1)) == "Hải Lý"
