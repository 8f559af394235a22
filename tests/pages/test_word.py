"""The DOCX beside each paper's PDF."""

from __future__ import annotations

import io

import docx
import pytest

from pledge_app.documents.models import Document
from pledge_app.documents.operations import DOCX
from pledge_app.documents.work import render_document
from pledge_app.kernel.base import db
from tests import agreeing, make
from tests.pages.test_documents import frozen_registration


@pytest.fixture(params=["rendered today", "of an earlier release"])
def paper(request, cast) -> Document:
    frozen = frozen_registration(make.pledge(cast, state="sent"))
    if request.param == "of an earlier release":
        return agreeing.of_an_earlier_release(frozen)
    db.session.commit()
    render_document({"document": frozen.pid})
    return frozen


def test_a_paper_is_taken_as_word_by_those_who_may_read_it(app, visit, paper):
    lan = visit("lan")
    assert f"/van-ban/{paper.pid}/docx" in lan.get(f"/van-ban/{paper.pid}").text
    answer = lan.get(f"/van-ban/{paper.pid}/docx")
    assert answer.headers["Content-Type"] == DOCX
    assert answer.headers["Content-Disposition"].endswith(".docx")
    words = " ".join(row.text for row in docx.Document(io.BytesIO(answer.data)).paragraphs)
    assert "BẢN ĐĂNG KÝ THI ĐUA" in words
    assert lan.get(f"/van-ban/{paper.pid}/docx").data == answer.data
    for who in ("tay", "xa"):
        visit(who).get(f"/van-ban/{paper.pid}/docx", status=404)
    visit(None).get(f"/van-ban/{paper.pid}/docx", status=303)


def test_a_paper_that_is_not_made_yet_has_no_word_file(app, cast, visit):
    made = agreeing.agreement(cast, state="rendering")
    visit("dong").get(f"/van-ban/{agreeing.paper(made).pid}/docx", status=404)
