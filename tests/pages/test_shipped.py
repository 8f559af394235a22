"""What comes with the program is taken over with one press, once."""

from __future__ import annotations

from sqlalchemy import select

from pledge_app.campaigns.models import Commemoration, EmulationYear, LegalBasis
from pledge_app.kernel.base import db
from tests.cast import TODAY
from tests.pages.test_criteria import newest


def test_a_shipped_set_becomes_a_draft_of_frames_once(visit):
    quan = visit("quan")
    assert "QĐ-TTg ngày 08/3/2022" in quan.get("/quan-tri/bo-tieu-chi/co-san").text
    answer = quan.post("/quan-tri/bo-tieu-chi/co-san", {"key": "318-2022"})
    page = quan.get(answer.headers["Location"]).text
    assert page.count("<small>khung</small>") == 19
    assert "19 tiêu chí là khung" in quan.get(f"/bo-tieu-chi/{newest().pid}").text
    quan.post(f"/quan-tri/bo-tieu-chi/{newest().pid}/ban-hanh", {"ver": "1"}, status=422)
    quan.post("/quan-tri/bo-tieu-chi/co-san", {"key": "318-2022"}, status=422)
    quan.post("/quan-tri/bo-tieu-chi/co-san", {"key": "rubbish"}, status=422)
    assert "mở bộ này" in quan.get("/quan-tri/bo-tieu-chi/co-san").text


def test_shipped_bases_are_added_once_and_those_there_are_kept(visit):
    quan = visit("quan")
    before = db.session.query(LegalBasis).one()
    db.session.add(
        LegalBasis(
            citation="Nghị định 98/2023/NĐ-CP của Chính phủ",
            kind="nghị định",
            in_force_from=TODAY,
            in_force_to=None,
            note="của cơ quan",
        )
    )
    db.session.commit()
    page = quan.get("/quan-tri/can-cu/co-san").text
    assert page.count(">Đã có</a>") == 2
    assert "Cần đối chiếu" in page
    quan.post("/quan-tri/can-cu/co-san")
    found = db.session.scalars(select(LegalBasis)).all()
    assert sum("98/2023" in row.citation for row in found) == 1
    assert db.session.get(LegalBasis, before.id) is not None
    old = next(row for row in found if row.citation.startswith("Nghị định số 91/2017"))
    assert old.replaced_by is not None and "98/2023" in old.replaced_by.citation
    assert old.note.startswith("Cần đối chiếu với văn bản: ")
    assert (old.in_force_to.isoformat() if old.in_force_to else "") == "2024-01-01"
    count = len(found)
    quan.post("/quan-tri/can-cu/co-san", status=422)
    assert db.session.query(LegalBasis).count() == count


def test_an_empty_calendar_is_filled_with_one_press(visit, cast):
    db.session.query(Commemoration).delete()
    db.session.commit()
    year = db.session.get_one(EmulationYear, cast.year)
    quan, rev = visit("quan"), visit("rev")
    assert "Nạp lịch ngày kỷ niệm có sẵn" in quan.get(f"/nam-thi-dua/{year.pid}/quy/1").text
    assert "Quản trị viên nạp lịch có sẵn" in rev.get(f"/nam-thi-dua/{year.pid}/quy/1").text
    quan.post("/quan-tri/ngay-ky-niem/co-san")
    assert (
        "kỷ niệm 48 năm ngày giải phóng miền Nam" in rev.get(f"/nam-thi-dua/{year.pid}/quy/2").text
    )
    assert "huyện Hải Hậu" not in " ".join(db.session.scalars(select(Commemoration.name)))
    quan.post("/quan-tri/ngay-ky-niem/co-san", status=422)
