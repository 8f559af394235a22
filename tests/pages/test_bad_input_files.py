"""Files that nobody should send, at every form that takes one: a sentence, what was typed is
kept, nothing is stored.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

import pytest

from pledge_app.documents.models import StoredFile, Upload
from pledge_app.documents.operations import keep_file, store
from pledge_app.kernel.base import db
from pledge_app.meetings.models import MeetingPack, PackState
from pledge_app.meetings.pack import ZIP
from pledge_app.progress.evidence_models import Evidence
from tests import agreeing, make
from tests.documents.test_uploads import REFUSED, pdf, picture
from tests.rooms.progress.files import paper
from tests.rooms.progress.reports import report_of
from tests.site import Visitor

MULTIPART = "multipart/form-data"
SAID = {
    "nothing": "0 byte",
    "a renamed program": "Chỉ nhận tệp PDF, JPEG hoặc PNG",
    "an open action": "mã lệnh hoặc hành động tự chạy",
    "a password": "có mật khẩu hoặc bị mã hóa",
    "a PDF that is a ZIP": "dữ liệu khác loại ở cuối",
    "too many points": "triệu điểm ảnh",
}
NAMES = [
    "../../../etc/passwd.pdf",
    "C:\\Windows\\CON.pdf",
    "a.pdf::$DATA.pdf",
    "Đ" * 255 + ".pdf",
    "<img src=x onerror=alert(1)>.pdf",
    "ba\u0309n quet \u202efdp.exe.pdf",
    "=1+1.pdf",
    "\U0001f600.pdf",
]


@dataclass
class Place:
    """A form that takes a file: where, under which name, with what else typed."""

    path: str
    name: str
    who: Visitor
    typed: dict[str, str] = field(default_factory=dict)

    def send(self, data: bytes, name: str, status: int):
        return self.who.post(
            self.path,
            {**self.typed, self.name: (io.BytesIO(data), name)},
            status=status,
            content_type=MULTIPART,
        )


@pytest.fixture(params=["scan of an agreement", "scan of a sign-off", "evidence"])
def place(request, app, cast, visit) -> Place:
    if request.param == "evidence":
        return Place(
            f"/bao-cao-quy/{report_of(cast).pid}/minh-chung", "file", visit("lan"), {"pin": ""}
        )
    if request.param == "scan of a sign-off":
        made = make.pledge(cast, state="with_leader")
        return Place(
            f"/giao-uoc/{made.pid}/da-trinh-ky",
            "scan",
            visit("lan"),
            {
                "leader": "Ông Hùng, Chủ tịch",
                "signed_on": "10/02/2023",
                "ver": str(made.version_id),
            },
        )
    return Place(
        f"/giao-uoc-cum/{agreeing.agreement(cast, state='awaiting').pid}/ban-quet",
        "scan",
        visit("dong"),
    )


def kept() -> tuple[int, int, int]:
    db.session.rollback()
    return tuple(db.session.query(kind).count() for kind in (StoredFile, Upload, Evidence))  # type: ignore[return-value]


@pytest.mark.parametrize("what", sorted(SAID))
def test_a_bad_file_is_refused_with_its_sentence_and_nothing_is_kept_of_it(place, what):
    before = kept()
    _reason, data, name = REFUSED[what]
    page = place.send(data, name, 422).text
    assert SAID[what] in page
    for typed in ("Ông Hùng, Chủ tịch", "10/02/2023"):
        assert typed not in place.typed.values() or typed in page
    assert kept() == before


def test_no_file_at_all_is_no_fault(place):
    before = kept()
    answer = place.who._ask(
        "POST",
        place.path,
        data=place.who._with_token(dict(place.typed), {})[0],
        content_type=MULTIPART,
    )
    assert answer.status_code in {303, 422}  # a sign-off may have no scan
    assert kept() == before
    text = place.who._ask(
        "POST",
        place.path,
        data=place.who._with_token({**place.typed, place.name: "chữ, không phải tệp"}, {})[0],
    )
    assert text.status_code in {303, 409, 422}
    assert kept() == before


def test_200_mb_are_refused_before_they_are_read(place):
    answer = place.who._ask(
        "POST",
        place.path,
        data=b"--x\r\n",
        content_type=f"{MULTIPART}; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(200 * 1024 * 1024)},
    )
    assert answer.status_code == 413
    assert "20 MB" in answer.text


@pytest.mark.parametrize("name", NAMES)
def test_a_strange_name_is_only_shown(place, name):
    place.send(paper(mark=name.encode("unicode_escape").decode()), name, 303)
    page = place.who.get(
        place.path.replace("/ban-quet", "/hoi-nghi").replace("/da-trinh-ky", "")
    ).text
    assert (
        "<img src=x" not in page
        and "\u202e" not in page
        and "etc/passwd" not in page.replace("passwd.pdf", "")
    )
    row = db.session.query(Upload).first() or db.session.query(Evidence).first()
    assert (
        row is not None
        and "/" not in row.original_name
        and "\\" not in row.original_name
        and len(row.original_name) <= 120
    )
    pid, folder = row.pid, "ban-quet" if isinstance(row, Upload) else "minh-chung"
    header = place.who.get(f"/{folder}/{pid}/tep").headers["Content-Disposition"]
    assert re.fullmatch(r"attachment; filename=[A-Za-z0-9._-]{1,50}", header)


def test_a_name_that_is_only_an_ending_is_refused(place):
    before = kept()
    assert "Chỉ nhận tệp PDF, JPEG hoặc PNG" in place.send(paper(), ".pdf", 422).text
    assert kept() == before


def test_a_line_break_in_a_name_is_no_header(place):
    data = place.who._with_token(
        {**place.typed, place.name: (io.BytesIO(paper()), "a\r\nX-Evil: 1.pdf")}, {}
    )[0]
    answer = place.who._ask("POST", place.path, data=data, content_type=MULTIPART)
    assert answer.status_code in {303, 422} and "X-Evil" not in answer.headers


def test_the_same_scan_twice_is_no_fault(place):
    data = pdf()
    place.send(data, "a.pdf", 303)
    answer = place.who._ask(
        "POST",
        place.path,
        content_type=MULTIPART,
        data=place.who._with_token({**place.typed, place.name: (io.BytesIO(data), "a.pdf")}, {})[0],
    )
    assert answer.status_code in {303, 409, 422}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Chưa chọn tệp"),
        (b"MZ" + b"\0" * 99, "không phải tệp đã lưu"),
        (picture((9, 9)), "không phải tệp đã lưu"),
        (b"%PDF-1.7", "không phải tệp đã lưu"),
    ],
)
def test_the_public_check_reads_any_file_as_bytes(app, cast, visit, data, said):
    code = agreeing.paper(agreeing.agreement(cast, state="signed")).envelope.short_code
    page = (
        visit(None)
        .post(
            f"/kiem-tra/{code}",
            {"file": (io.BytesIO(data), "<b>.exe")},
            status=200,
            content_type=MULTIPART,
        )
        .text
    )
    assert said in page and "giả mạo" not in page


@pytest.mark.parametrize("damage", ["missing", "another byte"])
def test_a_damaged_pack_of_papers_is_not_given_out(app, cast, visit, damage):
    made = agreeing.agreement(cast, state="circulated")
    file = keep_file(b"PK a pack", ZIP, at=make.AT)
    db.session.add(
        MeetingPack(
            agreement_id=made.id,
            state=PackState.READY,
            papers=[],
            file_sha256=file.sha256,
            asked_by="Bà Đông",
            asked_at=make.AT,
            made_at=make.AT,
        )
    )
    db.session.commit()
    path, page = store().path(file.sha256), f"/giao-uoc-cum/{made.pid}/bo-tai-lieu/tep"
    visit("dong").get(page)
    path.unlink()
    if damage == "another byte":
        path.write_bytes(b"PK a pacK")
    assert "không khớp với mã băm" in visit("dong").get(page, status=500).text
