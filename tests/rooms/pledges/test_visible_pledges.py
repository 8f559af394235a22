"""Who sees which pledge: every list starts from the same question."""

from __future__ import annotations

import pytest

from pledge_app.kernel.base import db
from pledge_app.pledges import queries
from tests import make

# state → who sees the pledge of Hải Quang, apart from its own people and those who read everything
SEEN = {
    "draft": set(),
    "with_leader": set(),
    "signed_off": set(),
    "sent": {"rev", "rev2"},
    "returned": {"rev", "rev2"},
    "agreed": {"rev", "rev2", "dong", "dong_leader", "tay", "tay_leader", "ly", "ly_leader"},
}


@pytest.mark.parametrize("state", SEEN)
def test_a_pledge_is_seen_by_whom_it_concerns(app, cast, state):
    made = make.pledge(cast, state=state)
    seen = {
        who
        for who in cast.users
        if made in db.session.scalars(queries.pledges(seen_by=make.actor(cast, who))).all()
    }
    assert seen == SEEN[state] | {"lan", "hung", "van", "quan", "giam"}


def test_the_list_is_filtered_and_searched_without_diacritics(app, cast):
    for commune in ("Hải Quang", "Hải Đông"):
        make.pledge(cast, commune, state="sent")
    rev = make.actor(cast, "rev")

    def names(**asked) -> list[str]:
        return [row.body.name for row in db.session.scalars(queries.pledges(seen_by=rev, **asked))]

    assert names(text="hai dong") == ["UBND xã Hải Đông"]
    assert names(text="HẢI QUANG") == ["UBND xã Hải Quang"]
    assert names(year=2022) == [] and names(text="%") == []
    assert names(sort="-don-vi") == list(reversed(names(sort="don-vi")))
    assert names(only_own=True) == []
