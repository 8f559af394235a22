"""A new room touches its own folder: what it registers is served, told, shown and done, and no line
of the program names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from pledge_app.application import ROOMS
from pledge_app.jobs.models import Duty, Job, JobState
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.kernel.database import set_reading
from pledge_app.kernel.room import JobKind, Room, Rooms, rooms
from pledge_app.orgs.models import Body
from pledge_app.upkeep import worker
from tests.conftest import make_app
from tests.new_room.room import Points, new_room
from tests.site import Visitor


@pytest.fixture
def points() -> Points:
    return Points()


@pytest.fixture
def grown(app: Flask, points: Points) -> Iterator[Flask]:
    """The application on the same database, with one room more."""
    settings = app.config["SETTINGS"]
    application = make_app(settings.database_url, settings.data_dir, (*ROOMS, new_room(points)))
    set_reading(False)
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def lan(grown: Flask, cast) -> Visitor:
    return Visitor(grown, cast.users["lan"])


@pytest.fixture
def page(lan: Visitor) -> str:
    """The address of the new room's page for Lan's body."""
    return str(lan.get("/diem", 303).headers["Location"])


def test_its_page_has_its_badge_filter_and_words(lan, page):
    shown = lan.get(page).text
    assert "Đã chấm điểm" in shown
    assert "★★★ tối đa 1.000 điểm hôm nay 0 điểm" in shown


def test_its_entry_stands_in_the_navigation_in_its_place_and_is_current(lan, page):
    shown = lan.get(page).text
    entry = shown.index(">Chấm điểm<", shown.index("<nav"))
    assert shown.index("Bản giao ước cụm") < entry < shown.index("Báo cáo quý")
    assert 'aria-current="page"' in shown[shown.rindex("<a", 0, entry) : entry]


def test_its_entry_is_for_those_that_it_names(grown, cast):
    assert ">Chấm điểm<" not in Visitor(grown, cast.users["quan"]).get("/").text


def test_what_it_records_is_told_in_its_sentence(lan, page):
    lan.post(page)
    assert "cho 1 điểm" in lan.get(page).text


def test_its_task_is_my_work_with_its_button(lan, page):
    shown = lan.get("/").text
    assert "Tự chấm điểm" in shown
    assert f'href="{page}">Chấm điểm' in shown


def test_what_it_awaits_is_due_for_those_who_owe_and_for_those_who_wait(grown, lan, cast):
    mine = lan.get("/viec-den-han").text
    assert "Tự chấm điểm" in mine
    assert "Họp bình xét" in mine
    assert "Gửi bảng điểm" not in mine
    owed = Visitor(grown, cast.users["rev"]).get("/viec-den-han").text
    assert "Gửi bảng điểm" in owed
    assert "Họp bình xét" not in owed


def test_its_help_stands_beside_its_page(lan, page):
    assert 'href="/huong-dan/nguoi-phu-trach#viec-cua-toi"' in lan.get(page).text


def test_the_worker_does_its_job(lan, page, points):
    lan.post(page)
    assert worker.do_next_job()
    body = db.session.query(Body).filter_by(pid=page.rpartition("/")[2]).one()
    assert points.counted == [body.id]
    assert db.session.query(Job).one().state is JobState.DONE


def test_it_hears_that_its_job_was_given_up(lan, page, points):
    points.is_failing = True
    lan.post(page)
    for _attempt in range(3):
        assert worker.do_next_job()
        db.session.query(Job).one().run_after = now() - timedelta(seconds=1)
        db.session.commit()
    assert points.given_up == ["OSError: no paper"]


def test_the_worker_does_its_duty_once_a_day(grown, points):
    at = now()
    worker.do_duties(at, rooms().duties)
    worker.do_duties(at, rooms().duties)
    assert points.days == [at]
    assert db.session.get_one(Duty, "points").error == ""


def test_without_it_nothing_of_it_is_known(app, visit):
    visit("lan").get("/diem", 404)
    assert "points.given" not in rooms().sentences
    assert "points" not in rooms().badges


@pytest.mark.parametrize(
    ("first", "second", "claimed"),
    [
        (Room("a"), Room("a"), "room a"),
        (Room("a", sentences={"x.y": str}), Room("b", sentences={"x.y": str}), "sentence x.y"),
        (Room("a", badges={"x": {}}), Room("b", badges={"x": {}}), "badge x"),
        (Room("a", jobs=(JobKind("x", print),)), Room("b", jobs=(JobKind("x", print),)), "job x"),
        (Room("a", guides={"x": "g#s"}), Room("b", guides={"x": "g#t"}), "guide x"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_two_rooms_cannot_say_the_same_thing(first, second, claimed):
    with pytest.raises(ValueError, match=f"two rooms register the {claimed}"):
        Rooms((first, second))
