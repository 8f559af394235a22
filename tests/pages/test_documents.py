"""Papers and their numbers for those who may read them; the public check for everybody."""

from __future__ import annotations

import hashlib
import io

import pytest

from pledge_app.accounts.models import RoleGrant
from pledge_app.agreements import operations, versions
from pledge_app.agreements.models import Agreement
from pledge_app.documents.models import Document, Envelope, Upload
from pledge_app.documents.operations import freeze
from pledge_app.documents.work import give_up
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.paper import REGISTRATION
from pledge_app.pledges.snapshot import registration as content
from tests import agreeing, make
from tests.cast import TODAY
from tests.pages.test_agreements import picture, texts


def frozen_registration(commune: Pledge) -> Document:
    """The registration paper of a pledge that was sent up, not yet rendered."""
    return (
        db.session.query(Document)
        .join(Envelope)
        .filter(Envelope.kind == REGISTRATION.kind, Envelope.subject_pid == commune.pid)
        .one()
    )


def registration(commune: Pledge) -> Document:
    """The registration paper of a pledge that was sent up, rendered."""
    found = frozen_registration(commune)
    agreeing.rendered(found)
    return found


def test_a_paper_is_read_by_its_bodies_and_by_nobody_else(app, cast, visit):
    paper = registration(make.pledge(cast, state="sent"))
    for who in ("lan", "hung", "van", "rev", "giam", "quan"):
        visit(who).get(f"/van-ban/{paper.pid}")
        assert visit(who).get(f"/van-ban/{paper.pid}/tep").data == agreeing.PDF
    for who in ("tay", "xa", "revxa"):
        visit(who).get(f"/van-ban/{paper.pid}", status=404)
        visit(who).get(f"/van-ban/{paper.pid}/tep", status=404)
        visit(who).get(f"/van-ban/{paper.pid}/trang-thai", status=404)
    visit(None).get(f"/van-ban/{paper.pid}/tep", status=303)


def test_a_download_bears_a_name_that_an_office_system_takes(app, cast, visit):
    paper = registration(make.pledge(cast, state="sent"))
    lan = visit("lan")
    shown = lan.get(f"/van-ban/{paper.pid}/tep")
    assert shown.headers["Content-Type"] == "application/pdf"
    assert shown.headers["Content-Disposition"].startswith("inline")
    taken = lan.get(f"/van-ban/{paper.pid}/tep?tai=1").headers["Content-Disposition"]
    assert taken.startswith("attachment")
    assert f"filename=ban-dang-ky-{paper.envelope.short_code.lower()}.pdf" in taken


def test_a_paper_that_is_not_made_yet_has_no_file(app, cast, visit):
    made = make.pledge(cast, state="sent")
    paper = db.session.query(Document).join(Envelope).filter(Envelope.subject_pid == made.pid).one()
    visit("lan").get(f"/van-ban/{paper.pid}/tep", status=404)
    answer = visit("lan").get(f"/van-ban/{paper.pid}/trang-thai")
    assert answer.json == {"state": "rendering"}
    assert "HX-Refresh" not in answer.headers


def test_the_page_that_waits_is_told_to_load_again_when_the_paper_is_there(app, cast, visit):
    paper = registration(make.pledge(cast, state="sent"))
    answer = visit("lan").get(f"/van-ban/{paper.pid}/trang-thai")
    assert answer.headers["HX-Refresh"] == "true"


def test_a_piece_is_no_login_page_for_who_is_not_logged_in(visit):
    asked = {"HX-Request": "true"}
    visit(None).get("/giao-uoc", status=401, headers=asked)
    visit(None).get("/giao-uoc", status=303)


def test_a_changed_byte_in_the_store_is_never_given_out(app, cast, visit):
    paper = registration(make.pledge(cast, state="sent"))
    assert paper.file_sha256 is not None
    file = app.config["SETTINGS"].data_dir / "store" / paper.file_sha256[:2] / paper.file_sha256
    file.chmod(0o640)
    file.write_bytes(agreeing.PDF[:-1] + b"x")
    assert "không khớp với mã băm" in visit("lan").get(f"/van-ban/{paper.pid}/tep", status=500).text


def test_the_records_clerk_of_the_issuer_enters_the_number_once(app, cast, visit):
    paper = registration(make.pledge(cast, state="sent"))
    van, page = visit("van"), f"/van-ban/{paper.pid}"
    assert "Chưa cấp số" in van.get(page).text
    typed = van.post(
        page, {"number": "5", "symbol": "ĐK-UBND", "dated": "30/02/2023"}, status=422
    ).text
    assert "Không có ngày 30/02/2023" in typed
    assert 'value="ĐK-UBND"' in typed
    van.post(page, {"number": "5", "symbol": "ĐK-UBND", "dated": "10/02/2023"})
    assert "05/ĐK-UBND" in van.get(page).text


def test_the_pledge_and_its_paper_show_the_same_number(app, cast, visit):
    made = make.pledge(cast, state="sent")
    paper = registration(made)
    assert "chưa cấp" in visit("lan").get(f"/giao-uoc/{made.pid}").text
    van = visit("van")
    van.post(
        f"/van-ban/{paper.pid}", {"number": "0125/ĐK-UBND", "symbol": "", "dated": "10/02/2023"}
    )
    for page in (
        f"/giao-uoc/{made.pid}",
        f"/van-ban/{paper.pid}",
        f"/kiem-tra/{paper.envelope.short_code}",
    ):
        assert "0125/ĐK-UBND" in van.get(page).text


def test_a_wrong_number_is_corrected_on_its_page_and_both_are_shown(app, cast, visit):
    paper, van = registration(make.pledge(cast, state="sent")), visit("van")
    page = f"/van-ban/{paper.pid}"
    future = van.post(page, {"number": "5", "symbol": "", "dated": "10/02/2032"}, status=422).text
    assert "sau ngày hôm nay. Nếu đúng, hãy đánh dấu ô xác nhận" in future
    early = {"number": "5", "symbol": "", "dated": "05/01/2023"}
    assert "hãy đánh dấu ô xác nhận" in van.post(page, early, status=422).text
    van.post(page, {**early, "sure": "y"})
    van.post(page, {"number": "6", "symbol": "", "dated": "10/02/2023", "reason": " "}, status=422)
    van.post(page, {"number": "6", "symbol": "", "dated": "10/02/2023", "reason": "Ghi nhầm"})
    shown = van.get(page).text
    for part in ("<s>05 ngày 05/01/2023</s>", "06 ngày 10/02/2023", "Ghi nhầm"):
        assert part in " ".join(shown.split())


@pytest.mark.parametrize("who", ["lan", "hung", "rev"])
def test_nobody_else_is_offered_the_number(app, cast, visit, who):
    paper = registration(make.pledge(cast, state="sent"))
    assert 'name="number"' not in visit(who).get(f"/van-ban/{paper.pid}").text
    visit(who).post(
        f"/van-ban/{paper.pid}", {"number": "5", "symbol": "", "dated": "10/02/2023"}, status=403
    )


def test_a_number_used_before_in_the_year_is_a_warning(app, cast, visit):
    van = visit("van")
    paper = registration(make.pledge(cast, state="sent"))
    van.post(f"/van-ban/{paper.pid}", {"number": "5", "symbol": "ĐK-UBND", "dated": "10/02/2023"})
    made = db.session.query(Pledge).one()
    second = _again(cast, made)
    van.post(f"/van-ban/{second.pid}", {"number": "5", "symbol": "ĐK-UBND", "dated": "10/02/2023"})
    assert "đã được dùng trong năm" in van.get(f"/van-ban/{second.pid}").text


def _again(cast, made: Pledge) -> Document:
    paper = freeze(
        REGISTRATION,
        content(made, today=TODAY),
        subject=made,
        at=agreeing.AT,
        body_ids=[made.body_id],
        issuer_body_id=made.body_id,
    )
    agreeing.rendered(paper)
    return paper


def test_the_agreement_is_numbered_only_where_the_lead_registers_it(app, cast, visit):
    db.session.add(
        RoleGrant(
            user_id=cast.users["van"],
            role=Role.RECORDS,
            body_id=cast.bodies["Hải Đông"],
            held_from=TODAY,
        )
    )
    made = agreeing.agreement(cast)
    visit("dong").post(f"/giao-uoc-cum/{made.pid}/soan", texts(made, symbol="GƯ-CTĐ"))
    db.session.expire_all()
    operations.freeze(made, version=made.version_id, actor=make.actor(cast, "dong"), at=agreeing.AT)
    agreeing.rendered(agreeing.paper(made))
    visit("van").post(
        f"/van-ban/{agreeing.paper(made).pid}",
        {"number": "12", "symbol": "GƯ-CTĐ", "dated": "10/02/2023"},
    )
    newer = versions.new_version(
        made, "Không đăng ký số nữa", actor=make.actor(cast, "dong"), at=agreeing.AT
    )
    newer.symbol = ""
    db.session.flush()
    operations.freeze(
        newer, version=newer.version_id, actor=make.actor(cast, "dong"), at=agreeing.AT
    )
    agreeing.rendered(agreeing.paper(newer))
    visit("van").post(
        f"/van-ban/{agreeing.paper(newer).pid}",
        {"number": "13", "symbol": "", "dated": "10/02/2023"},
        status=403,
    )


def code_of(made: Agreement) -> str:
    return agreeing.paper(made).envelope.short_code


def test_anybody_finds_a_recorded_paper_by_its_code(app, cast, visit):
    made = agreeing.agreement(cast, state="signed")
    anybody = visit(None)
    anybody.get("/kiem-tra")
    code = code_of(made)
    typed = f" {code[:5].lower()}-{code[5:]} "
    to = anybody.post("/kiem-tra", {"code": typed}).headers["Location"]
    page = anybody.get(to).text
    for wanted in (
        "Văn bản có trong hồ sơ đã ghi nhận",
        "Ủy ban nhân dân xã Hải Quang",
        "Sản phẩm OCOP",
        agreeing.paper(made).envelope.content_sha256,
        "10/02/2023",
    ):
        assert wanted in page
    assert "giả" not in page
    anybody.post("/kiem-tra", {"code": "KHONGCO234"}, status=422)
    anybody.get("/kiem-tra/KHONGCO234", status=404)


def test_drafts_and_papers_not_made_yet_are_not_found(app, cast, visit):
    made = agreeing.agreement(cast, state="circulated")
    agreeing.rendered(agreeing.draft_of(made))
    visit(None).get(f"/kiem-tra/{agreeing.draft_of(made).envelope.short_code}", status=404)


def test_a_replaced_and_a_void_paper_say_so(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    lead = make.actor(cast, "dong")
    newer = versions.new_version(made, "Sửa", actor=lead, at=agreeing.AT)
    assert "đã bị hủy" in visit(None).get(f"/kiem-tra/{code_of(made)}").text
    operations.freeze(newer, version=newer.version_id, actor=lead, at=agreeing.AT)
    agreeing.rendered(agreeing.paper(newer))
    agreeing.signed_at_the_table(cast, newer)
    third = versions.new_version(newer, "Sửa lần nữa", actor=lead, at=agreeing.AT)
    operations.freeze(third, version=third.version_id, actor=lead, at=agreeing.AT)
    agreeing.rendered(agreeing.paper(third))
    assert "đã ghi nhận" in visit(None).get(f"/kiem-tra/{code_of(newer)}").text
    agreeing.signed_at_the_table(cast, third)
    assert "đã được thay thế" in visit(None).get(f"/kiem-tra/{code_of(newer)}").text


def test_the_stored_file_matches_and_one_changed_byte_does_not(app, cast, visit):
    made = agreeing.agreement(cast, state="signed")
    page, anybody = f"/kiem-tra/{code_of(made)}", visit(None)
    assert hashlib.sha256(agreeing.PDF).hexdigest() in anybody.get(page).text

    def compared(data: bytes) -> str:
        return str(
            anybody.post(
                page,
                {"file": (io.BytesIO(data), "a.pdf")},
                status=200,
                content_type="multipart/form-data",
            ).text.split('id="verdict"')[1]
        )

    assert "Đúng tệp đã lưu" in compared(agreeing.PDF)
    for changed in (agreeing.PDF[:-1] + b" ", agreeing.PDF + b"\n", b"x"):
        said = compared(changed)
        assert "không phải tệp đã lưu" in said
        assert "giả" not in said
    assert "Chưa chọn tệp" in compared(b"")


def test_a_scan_matches_once_it_was_confirmed(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    visit("dong").post(
        f"/giao-uoc-cum/{made.pid}/ban-quet",
        {"scan": (picture(), "Bản ký.png")},
        content_type="multipart/form-data",
    )
    upload = db.session.query(Upload).one()
    kept = visit("rev").get(f"/ban-quet/{upload.pid}/tep")
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in kept.headers["Content-Security-Policy"]
    assert "filename=ban-ky.png" in kept.headers["Content-Disposition"]
    visit("xa").get(f"/ban-quet/{upload.pid}/tep", status=404)
    page, anybody = f"/kiem-tra/{code_of(made)}", visit(None)
    assert upload.file_sha256 not in anybody.get(page).text
    seen = {f"seen-{row.pid}": "1" for row in agreeing.opened(made).steps}
    visit("rev").post(f"/giao-uoc-cum/{made.pid}/ban-quet/{upload.pid}", seen | {"act": "confirm"})
    answer = anybody.post(
        page,
        {"file": (io.BytesIO(kept.data), "a.pdf")},
        status=200,
        content_type="multipart/form-data",
    )
    assert "Đúng bản quét đã được xác nhận" in answer.text


def test_a_paper_that_could_not_be_made_is_tried_again_by_those_who_work_with_it(app, cast, visit):
    made = make.pledge(cast, state="sent")
    paper = db.session.query(Document).join(Envelope).filter(Envelope.subject_pid == made.pid).one()
    give_up({"document": paper.pid}, "timeout")
    db.session.commit()
    page = f"/van-ban/{paper.pid}"
    assert "Chưa tạo được văn bản" in visit("lan").get(page).text
    visit("giam").post(page + "/tao-lai", status=403)
    visit("xa").post(page + "/tao-lai", status=404)
    visit("lan").post(page + "/tao-lai")
    assert "Đang tạo văn bản" in visit("lan").get(page).text
    visit("lan").post(page + "/tao-lai", status=409)


def test_a_paper_leads_back_to_what_it_tells_of(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    assert (
        f"/giao-uoc-cum/{made.pid}" in visit("lan").get(f"/van-ban/{agreeing.paper(made).pid}").text
    )
    pledge = db.session.query(Pledge).filter_by(body_id=cast.bodies["Hải Quang"]).one()
    assert (
        f"/giao-uoc/{pledge.pid}" in visit("lan").get(f"/van-ban/{registration(pledge).pid}").text
    )


def test_files_up_to_the_limit_are_compared_and_larger_ones_refused_at_the_door(app, cast, visit):
    page, anybody = f"/kiem-tra/{code_of(agreeing.agreement(cast, state='signed'))}", visit(None)
    kind = "multipart/form-data"
    large = anybody.post(
        page, {"file": (io.BytesIO(b"x" * 19_000_000), "a.pdf")}, status=200, content_type=kind
    ).text
    assert "không phải tệp đã lưu" in large
    assert (
        "20 MB"
        in anybody.post(
            page, {"file": (io.BytesIO(b"x" * 23_000_000), "a.pdf")}, status=413, content_type=kind
        ).text
    )
