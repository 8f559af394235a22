"""Marks piled on one letter take the square of their number to put into order: nothing may begin
with it.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy.exc import StatementError

from pledge_app.campaigns.models import EmulationYear
from pledge_app.documents import sandbox
from pledge_app.kernel.base import db
from pledge_app.kernel.text import LONGEST_TEXT
from pledge_app.progress.evidence_models import Evidence
from tests import make
from tests.rooms.progress.files import photo
from tests.rooms.progress.reports import report_of

PILE = "ạ" + "\u0301\u0323" * 20_000
KEPT_APART = (
    "a" + ("\u0301" * 10 + "\u200b") * 4000
)  # an invisible sign between them, that cleaning drops
SAYS = "quá nhiều dấu chồng lên một chữ"
BOUND = 60_000  # characters; no field takes more


@pytest.fixture(autouse=True)
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The longest row of marks in each text that anybody asked a normal form of."""
    rows: list[int] = []
    real = unicodedata.normalize

    def spy(form: Any, text: str) -> str:
        assert len(text) <= BOUND or text.isascii(), len(text)
        longest = here = 0
        for sign in text:
            here = here + 1 if unicodedata.combining(sign) else 0
            longest = max(longest, here)
        rows.append(longest)
        return real(form, text)

    monkeypatch.setattr(unicodedata, "normalize", spy)
    yield rows
    assert max(rows, default=0) <= 30, "a pile of marks was put into order"


@pytest.mark.parametrize("text", [PILE[:9_000], KEPT_APART[:250], PILE[:90], "x" * 15_000])
def test_a_login_refuses_it(visit, text):
    answer = visit(None).post("/dang-nhap", {"username": text, "password": "x"}, status=422)
    assert SAYS in answer.text or "dài quá 100 ký tự" in answer.text
    assert len(answer.text) < 40_000, "not what a stranger sent is what a stranger gets"


def test_the_public_check_refuses_it(visit):
    assert SAYS in visit(None).post("/kiem-tra", {"code": PILE[:90]}, status=422).text
    assert (
        "dài quá 32 ký tự" in visit(None).post("/kiem-tra", {"code": PILE[:9000]}, status=422).text
    )
    visit(None).get(f"/kiem-tra/{PILE[:900]}", status=404)


def test_what_is_too_large_for_an_open_page_is_not_read(visit):
    for path in ("/dang-nhap", "/kiem-tra", "/ngon-ngu"):
        answer = visit(None).post(path, {"username": PILE, "code": PILE}, status=413)
        assert "vượt giới hạn" in answer.text and "20 MB" not in answer.text
        assert len(answer.text) < 20_000


@pytest.mark.parametrize("text", [PILE, KEPT_APART, PILE[:40], KEPT_APART[:40]])
def test_a_row_that_saves_itself_names_the_cell(app, cast, visit, text):
    made = make.pledge(cast)
    row = made.targets[0]
    path, version = f"/giao-uoc/{made.pid}/dong/{row.pid}", f"{row.version}."
    answer = visit("lan").post(
        path,
        status=422,
        json={
            "cells": {"goal": "3", "measures": text, "reason_lower": text},
            "ver": version,
            "tab": "t",
            "seq": 1,
        },
    )
    said = answer.get_json()
    assert set(said["errors"]) == {"measures", "reason_lower"}
    assert said["values"]["goal"] == "3" and said["values"]["measures"] == ""


def test_a_figure_of_marks_is_no_figure(app, cast, visit):
    made = make.pledge(cast)
    row = made.targets[0]
    answer = visit("lan").post(
        f"/giao-uoc/{made.pid}/dong/{row.pid}",
        status=422,
        json={"cells": {"goal": PILE}, "ver": f"{row.version}.", "tab": "t", "seq": 1},
    )
    assert "goal" in answer.get_json()["errors"]


def test_the_whole_sheet_comes_back_with_the_cell_named_and_not_with_megabytes(app, cast, visit):
    made = make.pledge(cast)
    row = made.targets[0]
    answer = visit("lan").post(
        f"/giao-uoc/{made.pid}/nhap",
        {
            f"goal-{row.pid}": "3",
            f"measures-{row.pid}": "x" * 1_000_000,
            f"ver-{row.pid}": f"{row.version}.",
        },
        status=422,
    )
    assert "dài quá" in answer.text
    assert len(answer.text) < 200_000


def test_a_report_refuses_it_in_a_row_and_in_its_texts(app, cast, visit):
    report = report_of(cast)
    line, lan = report.lines[0], visit("lan")
    pid = report.pid
    said = lan.post(
        f"/bao-cao-quy/{pid}/dong/{line.pid}",
        status=422,
        json={"cells": {"value": "3", "explanation": PILE[:2000]}, "ver": str(line.version)},
    ).get_json()
    assert SAYS in said["errors"]["explanation"] and said["values"]["value"] == "3"
    said = lan.post(
        f"/bao-cao-quy/{pid}/chu",
        status=422,
        json={"cells": {"difficulties": KEPT_APART}, "ver": ""},
    ).get_json()
    assert "difficulties" in said["errors"]
    assert (
        "dài quá"
        in lan.post(
            f"/bao-cao-quy/{pid}/nhap", {"difficulties": PILE, "ver-texts": ""}, status=422
        ).text
    )


def test_a_pasted_block_is_refused_as_a_whole(app, cast, visit):
    year = db.session.get_one(EmulationYear, cast.year).pid
    for block in (f"\t1\nHải Quang\t{PILE[:500]}", "x\t1\n" * 300_000):
        answer = visit("rev").post(
            f"/nam-thi-dua/{year}/chi-tieu-giao", {"block": block}, status=422
        )
        assert SAYS in answer.text or "quá lớn" in answer.text
        assert len(answer.text) < 500_000


def test_a_form_says_it_at_its_field_and_gives_the_text_back(app, cast, visit):
    answer = visit("quan").post(
        "/quan-tri/nguoi-dung/them", {"username": "lan.moi", "name": PILE[:60]}, status=422
    )
    assert SAYS in answer.text
    assert PILE[:60] in answer.text


def test_a_cell_of_a_sheet_and_of_a_csv_is_refused(app, cast, visit):
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Tên đăng nhập", "Họ và tên", "Vai trò", "Cơ quan"])
    sheet.append(["moi", PILE[:20_000], "Lãnh đạo", "UBND xã Hải Quang"])
    data = io.BytesIO()
    book.save(data)
    for name, content in (("a.xlsx", data.getvalue()), ("a.csv", f"a,b\nc,{PILE[:400]}".encode())):
        answer = visit("quan").post(
            "/quan-tri/nguoi-dung/nhap",
            {"file": (io.BytesIO(content), name)},
            status=422,
            content_type="multipart/form-data",
        )
        assert SAYS in answer.text


def test_the_name_of_a_file_is_refused_before_the_file_is_looked_at(app, cast, visit, monkeypatch):
    monkeypatch.setattr(sandbox, "in_child", lambda *_: pytest.fail("a child was started"))
    report = report_of(cast)
    pid = report.pid
    for name in (PILE[:9000] + ".jpg", KEPT_APART[:150] + ".jpg"):
        answer = visit("lan").post(
            f"/bao-cao-quy/{pid}/minh-chung",
            {"pin": "", "file": (io.BytesIO(photo()), name)},
            status=422,
            content_type="multipart/form-data",
        )
        assert SAYS in answer.text
    assert db.session.query(Evidence).count() == 0


def test_words_to_look_for_are_refused_too(app, cast, visit):
    for path in ("/tim", "/giao-uoc", "/don-vi", "/quan-tri/nguoi-dung", "/tham-dinh"):
        who = visit("quan" if "quan-tri" in path else "rev")
        answer = who.get(f"{path}?q={PILE[:60]}", status=422)
        assert SAYS in answer.text


def test_text_of_many_letters_with_their_marks_apart_is_taken(app, cast, visit):
    """Every letter as its three parts, up to the limit of the field: as some keyboards send it."""
    made = make.pledge(cast)
    row = made.targets[0]
    spelled = unicodedata.normalize("NFD", "ếấộ") * (LONGEST_TEXT // 3)
    said = (
        visit("lan")
        .post(
            f"/giao-uoc/{made.pid}/dong/{row.pid}",
            status=200,
            json={"cells": {"measures": spelled}, "ver": f"{row.version}.", "tab": "t", "seq": 1},
        )
        .get_json()
    )
    assert said["values"]["measures"] == "ếấộ" * (LONGEST_TEXT // 3)


def test_a_refusal_gives_back_a_bounded_part(app, cast, visit):
    lan = visit("lan")
    lan.sends_token = False
    fields = {f"f{n}": "y" * 500 for n in range(4000)}
    answer = lan.post("/giao-uoc/x/nhap", fields, status=400)
    assert "chỉ phần đầu được hiện lại" in answer.text
    assert len(answer.text) < 700_000
    assert "còn nguyên bên dưới" in lan.post("/giao-uoc/x/nhap", {"a": "b"}, status=400).text


def test_many_fields_are_counted_before_they_are_taken_apart(app, visit):
    body = b"a=&" * 400_000
    answer = visit("lan")._ask(
        "POST", "/giao-uoc/x/nhap", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
    assert len(answer.text) < 20_000


def test_a_text_that_no_room_looked_at_is_refused_at_the_database(app, cast):
    made = make.pledge(cast)
    made.targets[0].measures = PILE
    with pytest.raises(StatementError, match="more than 10"):
        db.session.flush()
    db.session.rollback()
