"""Authority blocks as NĐ 30/2020/NĐ-CP, Phụ lục I, II.7.b writes them."""

from __future__ import annotations

from typing import Any

import pytest

from pledge_app.documents.parts import head_of, office_of, sign_cell
from pledge_app.orgs.models import Authority, Body, BodyKind
from pledge_app.papers.printing.cells import signed_at_the_end
from tests.documents.examples import example_registration

A = Authority
UBND = Body(kind=BodyKind.UBND, name="UBND xã Hải Quang", full_name="Ủy ban nhân dân xã Hải Quang")
MTTQ = Body(
    kind=BodyKind.MTTQ,
    name="UBMTTQ xã Hải Tiến",
    full_name="Ban Thường trực Ủy ban MTTQ Việt Nam xã Hải Tiến",
    superior_name="ỦY BAN MTTQ VIỆT NAM XÃ HẢI TIẾN",
)
XOM = Body(kind=BodyKind.HAMLET, name="Xóm 1", full_name="Xóm 1, xã Hải Quang", place="Hải Quang")
FIRM = Body(kind=BodyKind.UNION, name="Công ty A", full_name="Công ty Điện lực A")


def printed(body: Body, title: str, authority: A, *, is_joint: bool) -> list[str]:
    """The lines of the block as the paper has them."""
    cell: Any = sign_cell("sig-1", body, title, "Ông A", authority, is_joint=is_joint)
    content = {**example_registration(), "signatories": [cell]}
    office: str = signed_at_the_end(content)["cells"][0]["office"]
    return office.replace("\u00a0", " ").split("\n")


@pytest.mark.parametrize(
    ("body", "title", "authority", "is_joint", "lines"),
    [
        (UBND, "Chủ tịch", A.TM, False, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (UBND, "Phó Chủ tịch", A.KT, False,
         ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (UBND, "Chủ tịch", A.Q, False, ["TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"]),
        (UBND, "Chánh Văn phòng", A.TL, False, ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
        (UBND, "Chánh Văn phòng", A.TL, True, ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
        (UBND, "Trưởng phòng", A.TUQ, False, ["TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG"]),
        (UBND, "Chủ tịch", A.TM, True, ["TM. ỦY BAN NHÂN DÂN XÃ HẢI QUANG", "CHỦ TỊCH"]),
        (MTTQ, "Chủ tịch", A.TM, False, ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"]),
        (MTTQ, "Phó Chủ tịch", A.KT, False, ["TM. BAN THƯỜNG TRỰC", "PHÓ CHỦ TỊCH"]),
        (MTTQ, "Chủ tịch", A.TM, True,
         ["TM. BAN THƯỜNG TRỰC", "ỦY BAN MTTQ VIỆT NAM XÃ HẢI TIẾN", "CHỦ TỊCH"]),
        (FIRM, "Giám đốc", A.NONE, False, ["GIÁM ĐỐC"]),
        (FIRM, "Giám đốc", A.NONE, True, ["CÔNG TY ĐIỆN LỰC A", "GIÁM ĐỐC"]),
        (XOM, "Trưởng xóm", A.NONE, False, ["TRƯỞNG XÓM 1"]),
        (XOM, "Trưởng xóm", A.NONE, True, ["TRƯỞNG XÓM 1"]),
    ],
)  # fmt: skip
def test_each_block_has_its_form(body, title, authority, is_joint, lines):
    assert printed(body, title, authority, is_joint=is_joint) == lines


@pytest.mark.parametrize(
    ("title", "body", "office"),
    [
        ("Chủ tịch", UBND, "Chủ tịch Ủy ban nhân dân xã Hải Quang"),
        ("Chủ tịch", MTTQ, "Chủ tịch Ủy ban MTTQ Việt Nam xã Hải Tiến"),
        ("Trưởng xóm", XOM, "Trưởng Xóm 1, xã Hải Quang"),
        ("Bí thư chi bộ", XOM, "Bí thư chi bộ, xã Hải Quang"),
    ],
)
def test_offices_in_texts(title, body, office):
    assert office_of(title, body) == office


def test_a_hamlet_issues_below_its_commune_and_not_below_a_committee():
    heading = head_of(XOM, "", 2026)
    assert (heading["superior"], heading["issuer"]) == ("XÃ HẢI QUANG", "XÓM 1")
