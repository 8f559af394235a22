"""What a person once was narrows for whom they are the second person beside a signature, and
never widens it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.agreements import policy
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.orgs import concurrent
from pledge_app.orgs.models import Body, Delegation, OfficeHolding
from tests import agreeing, make
from tests.agreeing import AT
from tests.cast import COMMUNES, TODAY, Cast
from tests.conftest import ON_POSTGRESQL
from tests.rooms.agreements.test_vouching import EVERYBODY, alone, may, role

ONCE = {"since": date(2022, 1, 1), "to": date(2022, 6, 1)}
"""A role that ended long ago."""
ENDED = (date(2020, 1, 1), date(2020, 1, 2))


@pytest.mark.parametrize("when", [ONCE, {"since": date(2030, 1, 1)}])
def test_a_reviewer_who_belonged_to_every_commune_signs_for_none(app, cast, when):
    """A history at every body makes nobody a second official: with other bodies there, none is."""
    made = agreeing.agreement(cast, state="awaiting")
    for commune in agreeing.LEADERS:
        role(cast, "rev", Role.CLERK, commune, **when)
    concurrent.allow_concurrent(
        db.session.get_one(Body, cast.bodies["huyện"]),
        valid_from=TODAY,
        valid_to=None,
        reason="Một cán bộ",
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    begun = when["since"] <= TODAY
    for commune in agreeing.LEADERS:
        allowed = may(cast, made, commune, "rev")
        assert not allowed & {"rev", "rev2"}
        assert bool(allowed) is not begun


def test_of_two_communes_the_reviewer_who_once_worked_at_one_leaves_its_mark_to_nobody(
    app, cast, visit
):
    made = agreeing.agreement(cast, state="awaiting", communes=("Hải Đông", "Hải Tây"))
    role(cast, "rev", Role.CLERK, "Hải Đông", **ONCE)
    assert may(cast, made, "Hải Tây", "rev") == set()
    assert may(cast, made, "Hải Đông", "rev") == {"tay", "tay_leader"}
    assert may(cast, made, "Hải Đông", "tay") == {"rev2"}
    scan = agreeing.scan(cast, made, "rev")
    page = visit("rev2").get(f"/giao-uoc-cum/{made.pid}/ban-quet/{scan.pid}").text
    assert "ví dụ cán bộ khác của cơ quan thẩm định" in page


def test_who_left_the_signing_commune_is_no_stranger_to_its_mark(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    role(cast, "lan", Role.LEADER, "Hải Lý", since=date(2022, 1, 1), to=TODAY)
    assert "lan" not in may(cast, made, "Hải Lý", "dong")
    assert "lan" not in may(cast, made, "Hải Tây", "ly")
    assert "lan" in may(cast, made, "Hải Tây", "dong")


def test_the_delegate_and_who_holds_an_office_at_the_commune_do_not_vouch_for_it(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    lan, hung = (db.session.get_one(User, cast.users[who]) for who in ("lan", "hung"))
    assert lan.person_id is not None and hung.person_id is not None
    lent = Delegation(
        holding_id=cast.holdings["ly_leader"],
        delegate_id=lan.person_id,
        valid_from=date(2022, 1, 1),
        valid_to=date(2022, 2, 1),
        basis="Văn bản ủy quyền",
    )
    office = OfficeHolding(
        person_id=hung.person_id,
        body_id=cast.bodies["Hải Lý"],
        title="Phó Chủ tịch",
        held_from=date(2022, 1, 1),
        held_to=date(2022, 2, 1),
    )
    db.session.add_all([lent, office])
    db.session.commit()
    assert not may(cast, made, "Hải Lý", "rev") & {"lan", "hung"}
    assert {"lan", "hung"} <= may(cast, made, "Hải Tây", "rev")


def test_what_a_person_held_with_an_older_login_counts(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    older = User(username="lan.cu", name="Bà Lan", disabled_at=AT)
    older.person = db.session.get_one(User, cast.users["lan"]).person
    older.grants = [
        RoleGrant(role=Role.CLERK, body_id=cast.bodies["Hải Lý"], held_from=date(2021, 1, 1))
    ]
    db.session.add(older)
    db.session.commit()
    assert "lan" not in may(cast, made, "Hải Lý", "rev")


def held(cast: Cast) -> st.SearchStrategy[list[tuple[str, Role, tuple[date, date | None]]]]:
    """Roles somebody could be given besides: where, as what, from when to when."""
    times = [
        (date(2020, 1, 1), date(2020, 1, 2)),
        (date(2022, 1, 1), None),
        (date(2030, 1, 1), None),
    ]
    one = st.tuples(
        st.sampled_from((*agreeing.LEADERS, "huyện", "Xa Lạ")),
        st.sampled_from((Role.CLERK, Role.LEADER, Role.RECORDS, Role.REVIEWER)),
        st.sampled_from(times),
    )
    return st.lists(one, min_size=1, max_size=6)


@pytest.mark.skipif(ON_POSTGRESQL, reason="a rule about what was read, the same on both")
@pytest.mark.parametrize("communes", [("Hải Đông",), ("Hải Đông", "Hải Tây"), COMMUNES])
def test_a_further_role_never_turns_a_no_into_a_yes(app, cast, communes):
    """Whoever could act for the agreement before: more roles of either person only ever narrow."""
    made = agreeing.agreement(cast, state="awaiting", communes=communes)
    acting = [who for who in EVERYBODY if who not in ("xa", "revxa", "quan", "giam", "van")]
    acting = [
        who
        for who in acting
        if policy.member_of(make.actor(cast, who), made) or who in ("rev", "rev2")
    ]

    everywhere = [(body, Role.CLERK, ENDED) for body in (*agreeing.LEADERS, "huyện")]

    @settings(max_examples=8, deadline=None, derandomize=True)
    @example("rev", "rev2", everywhere, True)
    @given(st.sampled_from(acting), st.sampled_from(acting), held(cast), st.booleans())
    def narrows(first: str, second: str, more: list[Any], to_first: bool) -> None:
        before = {name for name in communes if second in may(cast, made, name, first)}
        given_to = first if to_first else second
        for body, what, (since, to) in more:
            user, where = cast.users[given_to], cast.bodies[body]
            db.session.add(
                RoleGrant(user_id=user, role=what, body_id=where, held_from=since, held_to=to)
            )
        db.session.flush()
        after = {name for name in communes if second in may(cast, made, name, first)}
        db.session.rollback()
        assert after <= before

    narrows()


def test_where_one_body_is_everything_the_delegate_of_who_signs_does_not_vouch(app, cast):
    made = alone(cast)
    role(cast, "van", Role.CLERK, "Hải Đông")
    delegate = db.session.get_one(User, cast.users["van"]).person_id
    assert delegate is not None
    db.session.add(
        Delegation(
            holding_id=cast.holdings["dong_leader"],
            delegate_id=delegate,
            valid_from=TODAY,
            valid_to=TODAY,
            basis="Văn bản ủy quyền",
        )
    )
    db.session.commit()
    assert may(cast, made, "Hải Đông", "dong") == set()
