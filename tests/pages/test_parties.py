"""Who pledges: a body by itself, several bodies of one place; what is counted reads as it is called
there.
"""

from __future__ import annotations

import pytest

from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body, BodyKind, Cluster, ClusterMembership
from pledge_app.orgs.queries import column_names
from pledge_app.orgs.words import hamlet_word
from tests import make
from tests.rooms.orgs.test_cluster_sheet import found


def test_a_body_pledges_by_itself_with_one_form(visit, cast):
    quan, body = visit("quan"), db.session.get_one(Body, cast.bodies["Hải Quang"])
    address = f"/quan-tri/co-quan/{body.pid}/dang-ky-rieng"
    assert address in quan.get(f"/quan-tri/co-quan/{body.pid}").text
    quan.get(address)
    above = db.session.get_one(Body, cast.bodies["huyện"])
    quan.post(address, {"year": "2025", "line": "ubnd", "reviewer": above.pid})
    made = db.session.query(Cluster).filter_by(year=2025).one()
    assert [row.body_id for row in made.members] == [body.id]
    assert [row.body_id for row in made.leads] == [body.id]
    again = quan.post(address, {"year": "2025", "line": "ubnd", "reviewer": above.pid}, status=422)
    assert "đã có cụm tên như vậy" in again.text


def test_several_bodies_of_one_place_are_named_in_the_columns(visit, cast):
    cluster = db.session.get_one(Cluster, cast.cluster)
    for position, name in enumerate(("Công ty Một", "Công ty Hai"), 10):
        body = found(cast, BodyKind.ENTERPRISE, name)
        cluster.members.append(ClusterMembership(body=body, position=position))
    db.session.commit()
    assert "Công ty Một, Công ty Hai" in " ".join(
        visit("quan").get(f"/nam-thi-dua/{_year(cast)}").text.split()
    )
    bodies = [row.body for row in cluster.members]
    assert column_names(bodies)[-1] == "Công ty Hai"


def _year(cast) -> str:
    return str(db.session.get_one(EmulationYear, cast.year).pid)


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (["Ấp An Hòa", "Ấp 2"], "ấp"),
        (["Tổ dân phố số 1", "Thôn Đông", "Thôn Đoài"], "thôn, tổ dân phố"),
        (["Khối phố 3"], "khối phố"),
        ([], "thôn, xóm"),
    ],
)
def test_what_is_counted_is_called_as_it_is_there(app, names, word):
    assert hamlet_word(names) == word


def test_the_grid_speaks_of_the_hamlets_of_its_commune(visit, cast):
    made = make.pledge(cast, "Hải Quang")
    for target in made.targets:
        for row in target.items:
            row.name = row.name.replace("Xóm", "Ấp")
    db.session.commit()
    assert "Mục tiêu từng ấp" in visit("lan").get(f"/giao-uoc/{made.pid}/nhap").text
