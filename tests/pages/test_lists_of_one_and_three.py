"""A list asks the database the same literal number of times for one thing and for three."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from pledge_app.agreements import operations as agreements
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.versions import new_version
from pledge_app.kernel.base import db
from tests import agreeing, make, scale
from tests.cast import Cast
from tests.rooms.progress.reports import report_of

NAMES = ("Hải Quang", "Hải Tây", "Hải Lý")
Grow = Callable[[Cast], Iterable[list[str]]]
"""Gives what the list must show: one address, and after that three."""


def pledges(cast: Cast) -> Iterable[list[str]]:
    shown = []
    for name in NAMES:
        shown.append(f"/giao-uoc/{make.pledge(cast, name, state='sent').pid}")
        yield shown


def queue(cast: Cast) -> Iterable[list[str]]:
    for shown in pledges(cast):
        yield [path.replace("/giao-uoc/", "/tham-dinh/") for path in shown]


def versions(cast: Cast) -> Iterable[list[str]]:
    first = agreeing.agreement(cast, state="draft", communes=("Hải Đông",))
    shown = [f"/giao-uoc-cum/{first.pid}"]
    yield shown
    for _twice in range(2):
        lead = make.actor(cast, "dong")
        made = db.session.query(Agreement).order_by(Agreement.version.desc()).first()
        assert made is not None
        agreements.freeze(made, version=made.version_id, actor=lead, at=agreeing.AT)
        newer = new_version(made, "Sửa lời", actor=lead, at=agreeing.AT)
        db.session.commit()
        shown.append(f"/giao-uoc-cum/{newer.pid}")
        yield shown


def reports(cast: Cast) -> Iterable[list[str]]:
    shown = []
    for name in NAMES:
        shown.append(f"/bao-cao-quy/{report_of(cast, name).pid}")
        yield shown


LISTS: dict[str, tuple[str, str, Grow, int]] = {
    "pledges": ("giam", "/giao-uoc", pledges, 12),
    "queue": ("rev", "/tham-dinh", queue, 15),
    "agreements": ("giam", "/giao-uoc-cum", versions, 11),
    "reports": ("giam", "/bao-cao-quy", reports, 17),
}
"""By name: who opens which page, what it lists, and how many statements that takes."""


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_three_as_for_one(app, cast, visit, name):
    who, path, grow, statements = LISTS[name]
    asked = {}
    for count, shown in enumerate(grow(cast), 1):
        page = visit(who).get(path).text
        assert all(address in page for address in shown), (count, shown)
        asked[count] = scale.statements(app, cast.users[who], path)
    assert asked == {1: statements, 2: statements, 3: statements}


SEARCHES = {
    "units": ("/don-vi?q=Hải Quang", "Xã Hải Quang", "/don-vi?q=Xóm", "Xóm 10"),
    "users": ("/quan-tri/nguoi-dung?q=Lan", "Bà Lan", "/quan-tri/nguoi-dung", "Ông Hùng"),
}
"""By name: a page that finds one, and a page that finds many of the same."""


@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_asks_as_often_for_many_as_for_one(app, cast, visit, name):
    one, only, many, another = SEARCHES[name]
    few, more = (visit("quan").get(path).text for path in (one, many))
    assert only in few and another not in few
    assert another in more
    asked = [scale.statements(app, cast.users["quan"], path) for path in (one, many)]
    assert asked[0] == asked[1]
