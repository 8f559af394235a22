"""The pages of the joint agreement and its meeting, without JavaScript."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pledge_app.agreements.models import Agreement
from pledge_app.documents.models import Upload
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Cluster, OfficeHolding
from pledge_app.pledges.models import Pledge
from tests import agreeing, make
from tests.cast import COMMUNES


def base(made: Agreement) -> str:
    return f"/giao-uoc-cum/{made.pid}"


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("L", (1700, 2400), 200).save(out, "PNG", dpi=(200, 200))
    out.seek(0)
    return out


def texts(made: Agreement, **changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "ver": made.version_id,
        "place": "Hải Đông",
        "paper_date": "10/02/2023",
        "purpose": "Mở đầu",
        "standards": "",
        "contents": "Phần chung",
        "measures": "Một\nHai",
        "organisation": "Báo cáo hằng quý",
        "commitment": "",
        "copies": "06 bản",
        "recipients": "Các đơn vị\nLưu: VT",
        "show_qr": "y",
        "symbol": "",
        "free_bases": "Căn cứ Hướng dẫn số 19/HD-UBND",
        "bases": [row.legal_basis.pid for row in made.bases if row.legal_basis],
    }
    return values | changes


def test_the_lead_begins_the_agreement_once(app, cast, visit):
    for commune in COMMUNES[:3]:
        make.pledge(cast, commune, state="agreed")
    lead = visit("dong")
    assert "Lập dự thảo" in lead.get("/giao-uoc-cum").text
    cluster = db.session.get_one(Cluster, cast.cluster).pid
    first = lead.post("/giao-uoc-cum/lap", {"cluster": cluster}).headers["Location"]
    assert lead.post("/giao-uoc-cum/lap", {"cluster": cluster}).headers["Location"] == first
    page = lead.get(first).text
    assert "UBND xã Hải Lý" in page
    assert "93 năm ngày thành lập Đảng Cộng sản Việt Nam" in page
    assert "Lập thành tích cao nhất" in page


@pytest.mark.parametrize("who", ["lan", "rev", "xa"])
def test_nobody_but_the_lead_begins_it(app, cast, visit, who):
    make.pledge(cast, "Hải Quang", state="agreed")
    cluster = db.session.get_one(Cluster, cast.cluster).pid
    visit(who).post("/giao-uoc-cum/lap", {"cluster": cluster}, status=403)


def test_the_words_are_saved_and_a_stale_form_loses_nothing(app, cast, visit):
    made = agreeing.agreement(cast)
    lead = visit("dong")
    lead.get(base(made) + "/soan")
    data = texts(made, purpose="Lời mở đầu mới")
    lead.post(base(made) + "/soan", data)
    assert "Lời mở đầu mới" in lead.get(base(made)).text
    page = lead.post(base(made) + "/soan", data | {"purpose": "Của người thứ hai"}, status=409).text
    assert "Của người thứ hai" in page
    assert "Của người thứ hai" in lead.get("/noi-dung-da-giu").text


def test_a_basis_not_in_force_is_refused_and_everything_typed_stays(app, cast, visit):
    made = agreeing.agreement(cast)
    page = (
        visit("dong")
        .post(
            base(made) + "/soan",
            texts(made, paper_date="10/02/2024", purpose="Vẫn còn đây"),
            status=422,
        )
        .text
    )
    assert "không có hiệu lực vào ngày 10/02/2024" in page
    assert "Vẫn còn đây" in page


def test_the_lead_sets_order_and_signatories(app, cast, visit):
    made = agreeing.agreement(cast)
    lead = visit("dong")
    lead.get(base(made) + "/ben")
    first = made.parties[0]
    lead.post(base(made) + "/ben", {"ver": made.version_id, f"pos-{first.pid}": "9"})
    db.session.expire_all()
    assert made.parties[-1].pid == first.pid
    page = lead.get(f"{base(made)}/ben/{first.pid}").text
    assert "Ông Hùng" in page
    hung = db.session.get_one(OfficeHolding, cast.holdings["hung"]).pid
    rows = {
        "ver": made.version_id,
        "row-0-holding": hung,
        "row-0-authority": "TM.",
        "row-0-position": "2",
        "row-1-holding": "",
        "row-1-name": "Bà Bí thư",
        "row-1-title": "Phó Chủ tịch",
        "row-1-body": first.body.pid,
        "row-1-authority": "KT.",
        "row-1-position": "1",
    }
    lead.post(f"{base(made)}/ben/{first.pid}", rows)
    db.session.expire_all()
    assert [(row.name, row.authority.value) for row in first.signatories] == [
        ("Bà Bí thư", "KT."),
        ("Ông Hùng", "TM."),
    ]
    lead.post(
        f"{base(made)}/ben/{first.pid}",
        {"ver": made.version_id, "row-0-name": "Người lạ"},
        status=422,
    )
    lead.post(f"{base(made)}/ben/{first.pid}", rows, status=409)


def test_a_witness_is_added_and_taken_off(app, cast, visit):
    made = agreeing.agreement(cast)
    lead = visit("dong")
    upper = made.cluster.reviewer.pid
    lead.post(base(made) + "/ben/chung-kien", {"ver": made.version_id, "body": upper})
    db.session.expire_all()
    witness = next(party for party in made.parties if party.is_witness)
    lead.get(f"{base(made)}/ben/{witness.pid}")
    lead.post(f"{base(made)}/ben/{witness.pid}/bo", {"ver": made.version_id})
    db.session.expire_all()
    assert not [party for party in made.parties if party.is_witness]


def test_members_see_the_draft_once_it_circulates_and_say_what_they_think(app, cast, visit):
    made = agreeing.agreement(cast)
    lead, member = visit("dong"), visit("tay")
    member.get(base(made), status=404)
    lead.post(base(made) + "/lay-y-kien")
    page = member.get(base(made)).text
    read = page.split('name="read" type="hidden" value="')[1][:64]
    body = next(p.body.pid for p in made.parties if p.body_id == cast.bodies["Hải Tây"])
    member.post(
        base(made) + "/y-kien",
        {"read": read, "body": body, "text": "", "act": "comment"},
        status=422,
    )
    member.post(
        base(made) + "/y-kien", {"read": read, "body": body, "text": "Đồng ý", "act": "agree"}
    )
    assert "Nội dung đã đổi" not in lead.get(base(made)).text
    lead.post(base(made) + "/soan", texts(made, purpose="Khác đi"))
    assert "Nội dung đã đổi sau khi thống nhất" in lead.get(base(made)).text
    member.post(
        base(made) + "/y-kien",
        {"read": read, "body": body, "text": "Đồng ý", "act": "agree"},
        status=409,
    )


def test_freezing_asks_first_then_a_paper_is_made_and_awaits_its_signatures(app, cast, visit):
    made = agreeing.agreement(cast, state="circulated")
    lead = visit("dong")
    page = lead.get(base(made) + "/chot").text
    assert "không sửa được nữa" in page
    assert "Chưa trả lời:" in page
    lead.post(base(made) + "/chot", {"ver": made.version_id})
    assert "Đang tạo văn bản" in lead.get(base(made)).text
    agreeing.rendered(agreeing.paper(made))
    assert "Còn chờ ký" in lead.get(base(made)).text
    lead.get(base(made) + "/soan", status=409)


def test_an_agreement_without_place_says_what_is_missing(app, cast, visit):
    made = agreeing.agreement(cast)
    made.place = ""
    db.session.commit()
    lead = visit("dong")
    assert "Chưa ghi địa danh" in lead.get(base(made) + "/chot").text
    lead.post(base(made) + "/chot", {"ver": made.version_id}, status=422)


def test_a_chairman_confirms_with_the_password_and_gets_a_receipt_twice_the_same(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    password = agreeing.set_password(cast, "hung")
    step, sha = agreeing.step(cast, made, "Hải Quang"), agreeing.paper(made).envelope.content_sha256
    page, chairman = f"{base(made)}/ky/{step.pid}/xac-nhan", visit("hung")
    shown = chairman.get(page).text
    asked = shown.split('name="challenge" type="hidden" value="')[1].split('"')[0]
    assert sha[:16] in shown
    assert "Sản phẩm OCOP" in shown
    assert (
        "Mật khẩu không đúng"
        in chairman.post(page, {"challenge": asked, "password": "sai"}, status=422).text
    )
    assert agreeing.step(cast, made, "Hải Quang").confirmed_at is None
    stale = chairman.post(
        page, {"challenge": asked[:-3] + "abc", "password": password}, status=422
    ).text
    assert "quá 10 phút" in stale
    right = {"challenge": asked, "password": password}
    receipt = chairman.post(page, right).headers["Location"]
    assert chairman.post(page, right).headers["Location"] == receipt
    db.session.expire_all()
    assert agreeing.step(cast, made, "Hải Quang").receipt in chairman.get(receipt).text


@pytest.mark.parametrize(
    ("who", "status"), [("lan", 403), ("tay_leader", 403), ("rev", 403), ("quan", 403), ("xa", 404)]
)
def test_nobody_else_confirms_for_a_chairman(app, cast, visit, who, status):
    made = agreeing.agreement(cast, state="awaiting")
    visit(who).get(
        f"{base(made)}/ky/{agreeing.step(cast, made, 'Hải Quang').pid}/xac-nhan", status=status
    )


def test_a_commune_agreed_after_the_draft_was_begun_is_not_left_out_in_silence(app, cast, visit):
    made = agreeing.agreement(cast, communes=("Hải Đông", "Hải Tây", "Hải Lý"))
    lead, pages = visit("dong"), [base(made), base(made) + "/chot", base(made) + "/ben"]
    assert "Chưa có bản đăng ký được thống nhất" in lead.get(pages[0]).text
    make.pledge(cast, "Hải Quang", state="agreed")
    for page in pages:
        text = lead.get(page).text
        assert "Mới thống nhất, chưa có trong dự thảo" in text and "Đưa vào dự thảo" in text, page
    lead.post(base(made) + "/ben/cap-nhat", {"ver": made.version_id})
    assert "Mới thống nhất" not in lead.get(pages[1]).text
    db.session.expire_all()
    assert len(made.parties) == 4


def test_paper_signatures_count_when_a_second_person_saw_them_on_the_scan(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    lead, other = visit("dong"), visit("rev")
    for step in agreeing.opened(made).steps:
        lead.post(f"{base(made)}/ky/{step.pid}/giay", {"on": "10/02/2023"})
    db.session.expire_all()
    assert made.state == "awaiting"
    lead.post(
        base(made) + "/ban-quet",
        {"scan": (picture(), "Bản giao ước đã ký.png")},
        content_type="multipart/form-data",
    )
    upload = db.session.query(Upload).one()
    assert upload.original_name == "Bản giao ước đã ký.png"
    judge = f"{base(made)}/ban-quet/{upload.pid}"
    assert "không tự xác nhận được" in lead.get(judge).text
    seen = {f"seen-{row.pid}": "1" for row in agreeing.opened(made).steps}
    lead.post(judge, seen | {"act": "confirm"}, status=403)
    shown = other.get(judge).text
    assert agreeing.paper(made).envelope.short_code in shown
    assert agreeing.paper(made).envelope.content_sha256 in shown
    other.post(judge, {"act": "confirm"}, status=422)
    other.post(judge, seen | {"act": "confirm"})
    db.session.expire_all()
    assert made.state == "signed"
    assert {row.state.value for row in db.session.query(Pledge)} == {"in_force"}


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.pdf", "0 byte"),
        (b"MZ\x90\x00" * 50, "scan.pdf", "Chỉ nhận tệp PDF"),
        (b"%PDF-1.7\nrubbish", "a.pdf", "Không đọc được tệp"),
    ],
)
def test_a_bad_scan_is_refused_with_a_sentence(app, cast, visit, data, name, sentence):
    made = agreeing.agreement(cast, state="awaiting")
    page = (
        visit("dong")
        .post(
            base(made) + "/ban-quet",
            {"scan": (io.BytesIO(data), name)},
            status=422,
            content_type="multipart/form-data",
        )
        .text
    )
    assert sentence in page
    assert db.session.query(Upload).count() == 0


def test_a_scan_too_large_is_refused_before_it_is_read(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    big = io.BytesIO(b"%PDF-1.7\n" + b"0" * (22 * 1024 * 1024))
    assert (
        "20 MB"
        in visit("dong")
        .post(
            base(made) + "/ban-quet",
            {"scan": (big, "to.pdf")},
            status=413,
            content_type="multipart/form-data",
        )
        .text
    )


def test_a_rejected_scan_keeps_its_reason(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    visit("dong").post(
        base(made) + "/ban-quet", {"scan": (picture(), "a.png")}, content_type="multipart/form-data"
    )
    judge = f"{base(made)}/ban-quet/{db.session.query(Upload).one().pid}"
    other = visit("rev")
    other.post(judge, {"act": "reject", "reason": ""}, status=422)
    other.post(judge, {"act": "reject", "reason": "Thiếu trang 2"})
    assert "Thiếu trang 2" in visit("dong").get(base(made) + "/hoi-nghi").text
    other.post(judge, {"act": "reject", "reason": "Lần nữa"}, status=409)


def test_a_refusal_is_shown_and_a_new_version_begins(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    lead = visit("dong")
    step = agreeing.step(cast, made, "Hải Tây")
    lead.post(f"{base(made)}/ky/{step.pid}/tu-choi", {"reason": ""}, status=422)
    lead.post(f"{base(made)}/ky/{step.pid}/tu-choi", {"reason": "Chỉ tiêu OCOP cao"})
    assert "Chỉ tiêu OCOP cao" in lead.get(base(made)).text
    lead.get(base(made) + "/phien-ban-moi")
    to = lead.post(base(made) + "/phien-ban-moi", {"reason": "Sửa OCOP"}).headers["Location"]
    assert "Phiên bản 2" in lead.get(to).text
    assert "Đã hủy" in lead.get(base(made)).text


def test_a_draft_is_voided_with_its_reason(app, cast, visit):
    made = agreeing.agreement(cast)
    lead = visit("dong")
    lead.post(base(made) + "/huy", {"reason": ""}, status=422)
    lead.post(base(made) + "/huy", {"reason": "Lập nhầm"})
    assert "Lập nhầm" in lead.get(base(made)).text


def test_strangers_find_nothing(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    stranger = visit("xa")
    for path in (
        "",
        "/hoi-nghi",
        "/soan",
        "/chot",
        "/ben",
        "/huy",
        "/phien-ban-moi",
        "/sua-so-lieu",
    ):
        stranger.get(base(made) + path, status=404)
