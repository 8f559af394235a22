"""Evidence in a browser without JavaScript and as our script sends it: one file, a bad one, a
cut line.
"""

from __future__ import annotations

import io

import pytest
from sqlalchemy import func, select

from pledge_app.documents.models import StoredFile
from pledge_app.kernel.base import db
from pledge_app.progress.evidence_models import Evidence
from pledge_app.progress.states import ReportState
from tests.rooms.progress.files import paper, photo, with_script
from tests.rooms.progress.reports import in_state


def place(report):
    return f"/bao-cao-quy/{report.pid}/minh-chung"


def send(who, report, data, name, status=303, pin="", **kwargs):
    return who.post(
        place(report),
        {"pin": pin, "file": (io.BytesIO(data), name)},
        status=status,
        content_type="multipart/form-data",
        **kwargs,
    )


def held():
    found = db.session.scalar(select(func.count()).select_from(Evidence))
    db.session.rollback()
    return found


def only():
    found = db.session.scalars(select(Evidence)).one()
    db.session.expunge(found)
    db.session.rollback()
    return found


def test_a_file_is_sent_listed_looked_at_taken_home_and_taken_away(visit, report):
    lan = visit("lan")
    assert "Chưa có tệp minh chứng" in lan.get(place(report)).text
    line = report.lines[0]
    name = f"{line.target.criterion.code}. {line.target.criterion.name}"
    send(lan, report, photo(), "Ảnh mô hình %22OCOP%22 <b>.jpg", pin=f"t-{line.pid}")
    page = lan.get(place(report)).text
    assert "Đã nhận tệp" in page
    assert "<bdi>Ảnh mô hình &#34;OCOP&#34; &lt;b&gt;.jpg</bdi>" in page
    assert page.count(name) == 2
    assert "Bà Lan" in page
    file = only()
    assert file.original_name in lan.get(f"/bao-cao-quy/{report.pid}").text.replace(
        "&#34;", '"'
    ).replace("&lt;", "<").replace("&gt;", ">")
    taken = lan.get(f"/minh-chung/{file.pid}/tep")
    assert taken.data.startswith(b"%PDF-")
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in taken.headers["Content-Security-Policy"]
    assert taken.headers["X-Content-Type-Options"] == "nosniff"
    seen = lan.get(f"/minh-chung/{file.pid}/anh")
    assert (seen.mimetype, seen.data[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    lan.post(f"/minh-chung/{file.pid}/go")
    assert held() == 0


def test_turning_signs_in_a_name_are_gone(visit, report):
    lan = visit("lan")
    send(lan, report, paper(), "anh\u202efdp.exe.pdf")
    assert only().original_name == "anhfdp.exe.pdf"
    assert "\u202e" not in lan.get(place(report)).text


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "rong.pdf", "0 byte"),
        (b"MZ" + b"\0" * 400, "anh.jpg", "Chỉ nhận tệp PDF, JPEG hoặc PNG"),
        (with_script(), "bien-ban.pdf", "mã lệnh"),
        (b"PK\x03\x04" + b"\0" * 60, "so-lieu.xlsx", "Chỉ nhận"),
    ],
)
def test_a_bad_file_gets_a_sentence_and_the_choice_stays(visit, report, data, name, said):
    lan = visit("lan")
    pin = f"t-{report.lines[0].pid}"
    answer = send(lan, report, data, name, 422, pin=pin)
    assert said in answer.text
    assert f'<option value="{pin}" selected>' in answer.text
    assert held() == 0


def test_no_file_chosen_is_said(visit, report):
    assert "Chưa chọn tệp nào" in visit("lan").post(place(report), {"pin": ""}, status=422).text


def test_two_hundred_megabytes_are_refused_before_they_are_read(visit, report):
    class Endless(io.RawIOBase):
        read_bytes = 0

        def readable(self):
            return True

        place = 0

        def tell(self):
            return self.place

        def seek(self, to, whence=0):
            self.place = 200 * 1024**2 if whence == 2 else to
            return self.place

        def readinto(self, buffer):
            Endless.read_bytes += len(buffer)
            return len(buffer)

    answer = visit("lan").client.post(
        place(report),
        input_stream=Endless(),
        content_length=200 * 1024**2,
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert "20 MB" in answer.text
    assert Endless.read_bytes < 1024**2


def test_a_line_that_is_cut_leaves_nothing_and_the_file_can_be_sent_again(visit, report, app):
    lan = visit("lan")
    data = photo()
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        + data[: len(data) // 2]
    )
    cut = lan.client.post(
        place(report),
        input_stream=io.BytesIO(body),
        content_length=len(data) + 200,
        content_type="multipart/form-data; boundary=x",
    )
    assert cut.status_code == 400
    db.session.rollback()
    assert held() == 0
    assert (
        db.session.scalar(
            select(func.count())
            .select_from(StoredFile)
            .where(StoredFile.media_type == "image/jpeg")
        )
        == 0
    )
    send(lan, report, data, "a.jpg")
    assert held() == 1


def test_our_script_gets_json(visit, report):
    lan, wants = visit("lan"), {"headers": {"Accept": "application/json"}}
    assert "Đã nhận tệp" in send(lan, report, paper(), "a.pdf", 201, **wants).json["said"]
    assert "trùng từng byte" in send(lan, report, paper(), "b.pdf", 422, **wants).json["error"]
    assert (
        send(visit("hung"), report, b"", "b.pdf", 422, **wants)
        .json["error"]
        .startswith("b.pdf: Tệp không có nội dung")
    )


def test_who_may_not_see_the_report_finds_nothing_and_who_may_not_enter_adds_nothing(
    visit, report, cast
):
    send(visit("lan"), report, paper(), "a.pdf")
    pid = only().pid
    for who in ("rev", "dong", "xa", "revxa"):
        for path in (place(report), f"/minh-chung/{pid}/tep", f"/minh-chung/{pid}/anh"):
            visit(who).get(path, status=404)
        visit(who).post(f"/minh-chung/{pid}/go", status=404)
    for who in ("giam", "quan", "van"):
        visit(who).get(f"/minh-chung/{pid}/tep")
        assert "Tải lên" not in visit(who).get(place(report)).text
        send(visit(who), report, paper(mark="2"), "b.pdf", 403)
        visit(who).post(f"/minh-chung/{pid}/go", status=403)
    visit(None).get(f"/minh-chung/{pid}/tep", status=303)


def test_after_sending_the_reviewer_sees_it_and_nobody_takes_it_away(visit, report, cast):
    send(visit("lan"), report, paper(), "a.pdf")
    pid = only().pid
    in_state(cast, report, ReportState.SENT)
    assert "a.pdf" in visit("rev").get(f"/bao-cao-quy/{report.pid}").text
    visit("rev").get(f"/minh-chung/{pid}/tep")
    visit("lan").post(f"/minh-chung/{pid}/go", status=409)
    send(visit("lan"), report, paper(mark="2"), "b.pdf", 409)
    assert held() == 1
