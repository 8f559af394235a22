"""The short version of `make faults`: each flow is killed once, files and papers are cut off,
two clerks meet.
"""

from __future__ import annotations

import random

import pytest

from tests.conftest import ON_POSTGRESQL
from tests.faults import clerks, disk, kills, rendering, slow
from tests.faults.flows import Save, Send
from tests.faults.office import furnished
from tests.loopback import Office, Web

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="an installation on SQLite of its own")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return furnished(tmp_path_factory.mktemp("office"))


def test_what_was_acknowledged_survives_the_kill_of_each_flow(office):
    rows = list(kills.at_random(office, 1, random.Random(1)))
    assert [row.count for row in rows] == [1, 1, 1, 1]
    assert [said for row in rows for said in row.broken] == []


def test_two_clerks_in_one_sheet_lose_nothing_without_a_word(office):
    row = clerks.two_clerks(office)
    assert (row.count > 0, row.broken) == (True, [])


def test_a_paper_that_was_cut_off_is_made_by_the_next_worker(office):
    send = Send(office, random.Random(3))
    web = Web(office)
    try:
        send.work(web, 3)
    finally:
        web.end()
    row = next(row for row in rendering.at_points(office, ("before_keeping",)))
    assert (row.count, row.broken) == (1, [])


def test_bodies_that_are_held_back_hold_nobody_up(office):
    row = slow.slow_bodies(office)
    assert (row.count, row.broken) == (3, [])


def test_a_full_disk_refuses_in_words_and_tears_nothing(tmp_path):
    assert disk.full(tmp_path).broken == []


def test_the_table_names_what_does_not_hold(office):
    flow = Save(office, random.Random(2))
    flow.said[office.targets[0]] = ("1234", "1234")
    assert len(list(flow.settle())) == 1
