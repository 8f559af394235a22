"""A paper that the program does not know is registered, and then goes the whole way: frozen,
rendered, listed, printed, reworded and checked, without a line of pledge_app/ edited.
"""

from __future__ import annotations

import io
import json
import re
from typing import Any

import docx
import pytest
from flask import Flask

from pledge_app.application import ROOMS
from pledge_app.documents.models import Document
from pledge_app.documents.operations import freeze, frozen_content
from pledge_app.documents.queries import papers_of
from pledge_app.documents.revisions import revisions_of
from pledge_app.documents.room_papers import RoomPaper, know_papers
from pledge_app.documents.work import render_document
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.kernel.room import EXTENSION, Room, Rooms, rooms
from pledge_app.orgs.models import Cluster
from pledge_app.papers import registry
from pledge_app.papers.content.conform import conform
from pledge_app.papers.decree.checker import check_paper
from pledge_app.papers.definition import Paper
from pledge_app.papers.errors import PaperError
from tests.documents.examples_parts import common, heading, signatory
from tests.make import AT
from tests.rooms.documents.letter_of_thanks import LETTER

PEOPLE = ["Bà con xóm 1", "Hội Cựu chiến binh xã"]


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Known for one test."""
    monkeypatch.setattr(registry, "_papers", dict(registry._papers))
    registry.register(LETTER)


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application with one room more."""
    letters = Room("letters", papers=(RoomPaper(LETTER),))
    app.extensions[EXTENSION] = Rooms((*ROOMS, letters))
    know_papers(rooms())
    return app


def content(**more: Any) -> dict[str, Any]:
    frame = common(
        "THƯ CẢM ƠN",
        "Năm 2023",
        "Thư cảm ơn năm 2023",
        "Ủy ban nhân dân xã Hải Quang",
        heading("ỦY BAN NHÂN DÂN XÃ HẢI QUANG", "TCƠ-UBND", "Hải Quang"),
    )
    return {
        **frame,
        "schema": 3,
        "bases": [],
        "recipients": ["Như trên", "Lưu: VT"],
        "addressed_to": ["Nhân dân xã Hải Quang"],
        "thanks": PEOPLE,
        "occasion": "tổng kết năm 2023",
        "gifts": [{"code": "1", "name": "Quà Tết", "unit": "suất", "count": "120"}],
        "signatories": [signatory("sig-1", "", "Ông Hùng")],
        **more,
    }


@pytest.fixture
def letter(app, cast) -> Document:
    """Frozen of the cluster for the people of Hải Quang, and rendered by the child."""
    cluster = db.session.get_one(Cluster, cast.cluster)
    body = cast.bodies["Hải Quang"]
    made = freeze(LETTER, content(), subject=cluster, body_ids=[body], at=AT)
    db.session.commit()
    render_document({"document": made.pid})
    return made


def test_it_is_frozen_with_its_own_versions(letter):
    frozen = json.loads(letter.envelope.content_json)
    assert (frozen["kind"], frozen["template_version"]) == ("letter_of_thanks", 1)
    assert frozen_content(letter.envelope)["thanks"] == PEOPLE


def test_it_is_printed_as_pdf_and_as_docx(letter, visit):
    lan = visit("lan")
    pdf = lan.get(f"/van-ban/{letter.pid}/tep").data
    assert pdf.startswith(b"%PDF-")
    assert [str(finding) for finding in check_paper(pdf)] == []
    word = docx.Document(io.BytesIO(lan.get(f"/van-ban/{letter.pid}/docx").data))
    words = " ".join(paragraph.text for paragraph in word.paragraphs)
    assert "Nhân dịp tổng kết năm 2023" in words
    assert len(revisions_of(letter)) == 1


def test_it_is_listed_and_has_its_page_under_its_name(letter, visit):
    cluster = db.session.get_one(Cluster, 1)
    assert papers_of(Cluster.__tablename__, cluster.pid) == [letter]
    page = visit("lan").get(f"/van-ban/{letter.pid}").text
    assert re.search(r"<h1>\s*Thư cảm ơn\s*</h1>", page)
    assert f'href="/kiem-tra?pid={cluster.pid}"' in page, "its way back"
    visit("tay").get(f"/van-ban/{letter.pid}", status=404)


def test_everybody_can_check_it(letter, visit):
    path, anybody = f"/kiem-tra/{letter.envelope.short_code}", visit(None)
    page = anybody.get(path).text
    assert "Văn bản có trong hồ sơ đã ghi nhận" in page
    assert "1. Quà Tết" in page, "figures to be held beside the letter"
    pdf = visit("lan").get(f"/van-ban/{letter.pid}/tep").data
    told = anybody.post(path, {"file": (io.BytesIO(pdf), "thu.pdf")}, status=200).text
    assert "Đúng tệp đã lưu" in told.partition('id="verdict"')[2]


def test_an_administrator_words_it(letter, visit):
    quan = visit("quan")
    assert "Thư cảm ơn" in quan.get("/quan-tri/mau-van-ban").text
    typed = {"ver": "0", "type_name": "THƯ TRI ÂN", "note": "theo đề nghị của xã"}
    quan.post("/quan-tri/mau-van-ban/letter_of_thanks", typed, status=303)
    assert "THƯ TRI ÂN" in quan.get("/quan-tri/mau-van-ban").text


def test_its_own_question_is_asked_before_it_is_frozen(app, cast):
    cluster = db.session.get_one(Cluster, cast.cluster)
    with pytest.raises(DomainError):
        freeze(LETTER, content(thanks=[]), subject=cluster, body_ids=[], at=AT)


def test_a_content_of_the_first_schema_is_brought_up_step_by_step():
    old = {**content(), "schema": 1}
    del old["occasion"], old["gifts"]
    now = conform("letter_of_thanks", old)
    assert (now["schema"], now["occasion"], now["gifts"]) == (3, "năm qua", [])


@pytest.mark.parametrize("version", [0, 4, "1", True, None])
def test_a_content_of_no_known_schema_is_refused(version):
    with pytest.raises(PaperError):
        conform("letter_of_thanks", {**content(), "schema": version})


def test_a_second_paper_of_one_kind_is_refused():
    again = Paper(
        kind=LETTER.kind,
        name="Thư khác",
        module=LETTER.module,
        content=LETTER.content,
        schema_version=1,
        editions=LETTER.editions,
        parts=LETTER.parts,
    )
    registry.register(LETTER)
    with pytest.raises(ValueError, match="registered already"):
        registry.register(again)
