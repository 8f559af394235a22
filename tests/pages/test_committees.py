"""The people's committees of all communes of a unit are listed and then written with one press."""

from __future__ import annotations

import pytest

from pledge_app.kernel.base import db
from pledge_app.orgs import units
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Body, BodyKind, Unit
from tests import make
from tests.cast import TODAY
from tests.make import AT
from tests.rooms.upkeep.test_create_admin import GOOD
from tests.site import Visitor

ADDRESS = "/quan-tri/co-quan/ubnd"


@pytest.fixture
def district(app, cast) -> Unit:
    found = db.session.get_one(Unit, cast.units["Hải Hậu"])
    units.add_below(
        found,
        UnitLevel.COMMUNE,
        ["Xã Hải Mới", "Thị trấn Cồn"],
        actor=make.actor(cast, "quan"),
        at=AT,
        today=TODAY,
    )
    db.session.commit()
    return found


def named(name: str) -> Body:
    return db.session.query(Body).filter_by(name=name).one()


def test_missing_committees_are_listed_and_added_and_the_others_stay(district, visit):
    quan = visit("quan")
    assert "Huyện Hải Hậu" in quan.get(ADDRESS).text
    before = db.session.query(Body).count()
    page = quan.get(f"{ADDRESS}?don-vi={district.pid}").text
    assert "2 cơ quan mới, 4 xã đã có UBND" in page
    assert db.session.query(Body).count() == before
    quan.post(f"{ADDRESS}?don-vi={district.pid}")
    made = named("UBND thị trấn Cồn")
    assert (made.full_name, made.symbol, made.place, made.superior_name, made.kind) == (
        "Ủy ban nhân dân thị trấn Cồn",
        "UBND",
        "Cồn",
        "",
        BodyKind.UBND,
    )
    assert db.session.query(Body).count() == before + 2
    assert "Không còn xã nào" in quan.post(f"{ADDRESS}?don-vi={district.pid}", status=422).text


def test_the_superiors_line_is_written_when_the_office_writes_one(district, visit):
    visit("quan").post(f"{ADDRESS}?don-vi={district.pid}&cap-tren=1")
    assert named("UBND xã Hải Mới").superior_name == "ỦY BAN NHÂN DÂN HUYỆN HẢI HẬU"


def test_an_office_without_communes_is_told_what_to_do(empty_app):
    empty_app.test_cli_runner().invoke(
        args=[
            "create-admin",
            "--office",
            "UBND tỉnh Ninh Bình",
            "--username",
            "quan",
            "--name",
            "An",
            "--password",
            GOOD,
        ]
    )
    assert "Nạp danh mục đơn vị trước" in Visitor(empty_app, 1).get(ADDRESS).text
