"""What an earlier release called signed by clicks alone is said truly after the upgrade, and its
reports go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from pledge_app.accounts.current import actor_of
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.agreements import vouching
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.queries import round_of
from pledge_app.agreements.states import AgreementState
from pledge_app.agreements.versions import void
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.pledges.models import Pledge
from pledge_app.signing.models import SigningMark
from pledge_app.signing.states import MarkKind, RoundState
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Flask]:
    """A database of the first release: two agreements of 2022, signed by eight clicks. Not yet
    upgraded.
    """
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    app = make_app(url, tmp_path)
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision="0001")
        fill(read(OLD[0]))
        yield app
        db.session.remove()
        db.engine.dispose()


def run(sql: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(sql))


def agreements() -> list[Agreement]:
    return db.session.query(Agreement).order_by(Agreement.id).all()


def test_clicks_alone_are_confirmed_and_stay_in_force(before: Flask) -> None:
    upgrade(directory=MIGRATIONS)
    for made in agreements():
        assert made.state is AgreementState.CONFIRMED
        assert made.in_force_on == date(2022, 2, 25)
        assert made.signed_at is None
        opened = round_of(made)
        assert opened is not None and (opened.state, opened.completed_at) == (RoundState.OPEN, None)
    states = {pledge.state.value for made in agreements() for pledge in _pledges(made)}
    assert states <= {"in_force", "closed"}


def _pledges(made: Agreement) -> list[Pledge]:
    return [party.pledge for party in made.parties if party.pledge is not None]


def test_every_click_is_a_mark_with_the_name_of_who_made_it(before: Flask) -> None:
    upgrade(directory=MIGRATIONS)
    marks = db.session.query(SigningMark).all()
    assert {mark.kind for mark in marks} == {MarkKind.CONFIRMATION}
    assert len(marks) == 8 and all(mark.by_name and mark.by_id for mark in marks)


def test_what_is_in_force_cannot_be_voided_and_may_still_be_signed_on_paper(before: Flask) -> None:
    upgrade(directory=MIGRATIONS)
    made = agreements()[0]
    grant = db.session.query(RoleGrant).filter_by(body_id=made.lead_body_id, role="clerk").first()
    assert grant is not None
    lead = actor_of(db.session.get_one(User, grant.user_id), today=date(2022, 3, 1))
    with pytest.raises(DomainError):
        void(made, "Nhầm", actor=lead, at=made.frozen_at)  # type: ignore[arg-type]
    opened = round_of(made)
    assert opened is not None and vouching.waiting_for_second(made, opened.steps) == []


def test_with_ink_for_everybody_it_waits_for_the_scan_and_seen_on_a_scan_it_stays_signed(
    before: Flask,
) -> None:
    rounds = "(SELECT id FROM signing_round ORDER BY id LIMIT 1)"
    ink = "UPDATE signing_step SET signed_on_paper_on = '2022-02-25'"
    run(ink)
    run(f"UPDATE signing_step SET on_scan_at = '2022-02-26 08:00:00' WHERE round_id = {rounds}")
    upgrade(directory=MIGRATIONS)
    assert [made.state.value for made in agreements()] == ["signed", "inked"]
    first = round_of(agreements()[0])
    assert first is not None and first.state is RoundState.COMPLETE
    kinds = {mark.kind for mark in db.session.query(SigningMark)}
    assert kinds == {MarkKind.CONFIRMATION, MarkKind.INK, MarkKind.SCAN}


def test_a_figure_changed_at_the_table_before_was_no_second_sending(before: Flask) -> None:
    find = text("SELECT pid, round FROM pledge WHERE round = 1 ORDER BY id LIMIT 1")
    with db.engine.connect() as connection:
        pid = connection.execute(find).one().pid
    run(f"UPDATE pledge SET round = 2 WHERE pid = '{pid}'")
    run(f"""INSERT INTO trail_event
            (seq, at, verb, subject_kind, subject_pid, actor_name, actor_role,
            data, previous, digest) VALUES (999999, '2022-02-24 08:00:00', 'pledge.amended',
            'pledge', '{pid}', 'Ông A', 'reviewer', '{{}}', '{"0" * 64}', '{"1" * 64}')""")
    upgrade(directory=MIGRATIONS)
    pledge = db.session.query(Pledge).filter_by(pid=pid).one()
    assert (pledge.round, pledge.amendments, pledge.sendings) == (2, 1, 1)
