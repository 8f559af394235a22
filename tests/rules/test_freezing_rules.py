"""What is asked before an agreement is frozen, as far as it is plain values; names of files."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask_babel import Babel

from pledge_app.agreements.compose import authority_fault
from pledge_app.orgs.models import Authority, BodyKind
from pledge_app.papers.vietnamese import cited_days
from pledge_app.tables.writing import office_name


@pytest.mark.parametrize(
    ("kind", "authority", "title", "is_wrong"),
    [
        (BodyKind.UBND, Authority.TM, "Chủ tịch", False),
        (BodyKind.UBND, Authority.TM, "Phó Chủ tịch", True),
        (BodyKind.UBND, Authority.KT, "Phó Chủ tịch", False),
        (BodyKind.UBND, Authority.KT, "Chủ tịch", True),
        (BodyKind.MTTQ, Authority.TM, "Phó Chủ tịch", False),
        (BodyKind.UBND, Authority.Q, "Chủ tịch", False),
        (BodyKind.UBND, Authority.Q, "Phó Chủ tịch", True),
        (BodyKind.UBND, Authority.TL, "Chánh Văn phòng", False),
        (BodyKind.UBND, Authority.TUQ, "Chủ tịch", True),
    ],
)
def test_an_authority_goes_with_an_office(
    kind: BodyKind, authority: Authority, title: str, is_wrong: bool
) -> None:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        assert bool(authority_fault(kind, authority, title)) is is_wrong


def test_days_are_read_from_a_text_and_no_calendar_has_31_february() -> None:
    text = "Luật ngày 26 tháng 11 năm 2003 và ngày 31 tháng 02 năm 2013"
    assert cited_days(text) == [date(2003, 11, 26)]


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("Bản đăng ký QD237K4M22.pdf", "ban-dang-ky-qd237k4m22.pdf"),
        ("Bộ tiêu chí: xã nông thôn mới nâng cao giai đoạn của cả tỉnh Ninh Bình 2026.xlsx",
         "bo-tieu-chi-xa-nong-thon-moi-nang-cao-2026.xlsx"),
        ("…", "tep"),
        ("a" * 80 + ".docx", "a" * 45 + ".docx"),
        ("Công văn 12. Về việc", "cong-van-12-ve-viec"),
    ],
)  # fmt: skip
def test_a_file_has_a_name_that_an_office_system_takes(name: str, taken: str) -> None:
    assert office_name(name) == taken
    assert len(taken) <= 50
