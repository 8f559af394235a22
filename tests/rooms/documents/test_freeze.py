"""Nothing is frozen that cannot be printed: lengths, times and signs are told before."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from pledge_app.documents.models import Document, Envelope, PaperKind
from pledge_app.documents.operations import freeze, frozen_content
from pledge_app.documents.printable import unprintable
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.kernel.text import LONGEST_TEXT
from pledge_app.orgs.models import Unit
from pledge_app.papers.content.conform import LONGEST_PRINTED
from pledge_app.pledges import operations as pledges
from tests import agreeing, make
from tests.documents.examples import example_minutes
from tests.make import AT
from tests.rooms.agreements.test_meeting import held


def frozen(cast: Any, **changes: Any) -> Document:
    unit = db.session.get_one(Unit, cast.units["Hải Quang"])
    content = {**example_minutes(), **changes}
    return freeze(PaperKind.MINUTES, content, subject=unit, at=AT, body_ids=[])


def papers() -> int | None:
    return db.session.scalar(select(func.count(Envelope.id)))


def test_what_is_frozen_is_conformed(app, cast):
    made = frozen(cast, closing="Ho\u0300a bi\u0300nh ‑ \u202eabc")
    assert frozen_content(made.envelope)["closing"] == "Hòa bình - abc"


@pytest.mark.parametrize(
    "changes",
    [
        {"closing": "x" * (LONGEST_PRINTED + 1)},
        {"proceedings": ["Một câu dài. " * 900] * 40},
        {"starts_at": "2023-02-24T24:00"},
        {"closing": "ថាច់ សុខា"},
        {"closing": "Xong ✓"},
        {"agenda": "không phải danh sách"},
    ],
)
def test_nothing_is_frozen_of_which_no_paper_can_be_made(app, cast, changes):
    before = papers()
    with pytest.raises(DomainError):
        frozen(cast, **changes)
    assert papers() == before


def test_the_signs_that_the_fonts_lack_are_named_with_their_place(app, cast):
    with pytest.raises(DomainError) as refused:
        frozen(cast, closing="Ông ថាច់ và ✓")
    (problem,) = refused.value.problems
    assert "“ថ”" in problem.sentence
    assert "“✓”" in problem.sentence
    assert "Ông ថាច់ và ✓" in problem.sentence
    assert problem.anchor == "closing"


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Ưởng",
        "H'Ƀing Niê Kƀăm",
        "Rơ Châm H'Yŏ̆",
        "Đinh Ƀrêl",
        "Ỷ Ỵ Ữ Ậ Ẵ",
        'Trần "Bảy" O\'Brien <b>',
        "Thương mại – Dịch vụ",
    ],
)
def test_names_of_the_country_are_printable(name):
    assert unprintable(name) == []


def test_what_a_field_takes_can_be_printed_with_its_name_before_it(app, cast):
    assert LONGEST_TEXT + 300 < LONGEST_PRINTED
    frozen(cast, proceedings=["Ý kiến: " + "x" * LONGEST_TEXT])


def test_a_pledge_with_a_sign_that_cannot_be_printed_is_told_before_the_leader_reads_it(app, cast):
    made = make.pledge(cast, state="complete")
    made.targets[0].measures = "Vận động ថាច់ សុខា"
    with pytest.raises(DomainError) as refused:
        pledges.submit_to_leader(made, actor=make.actor(cast, "lan"), at=AT)
    assert any("“ថ”" in problem.sentence for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"begins": "24 giờ"}, "begins"),
        ({"ends": "8 giờ 75"}, "ends"),
        ({"proceedings": "Bầu Cụm trưởng; kết quả: ….."}, "proceedings"),
    ],
)
def test_minutes_that_could_not_be_printed_stay_open(app, cast, changes, anchor):
    made = agreeing.agreement(cast, state="awaiting")
    minutes = held(cast, made, **changes)
    with pytest.raises(DomainError) as refused:
        minutes.close_meeting(
            minutes, version=minutes.version_id, actor=make.actor(cast, "dong"), at=AT
        )
    assert [problem.anchor for problem in refused.value.problems] == [anchor]
    assert minutes.document_id is None
