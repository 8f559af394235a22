"""The fixed words of papers: versioned, checked, used by papers made later and never by frozen
ones.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pledge_app.agreements.paper import AGREEMENT
from pledge_app.audit.models import TrailEvent
from pledge_app.documents import wording
from pledge_app.documents.models import PaperWording
from pledge_app.documents.operations import frozen_content
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden, NotFound
from pledge_app.papers.definition import Paper
from pledge_app.pledges.paper import REGISTRATION
from pledge_app.pledges.snapshot import registration
from tests import agreeing, make

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
K = REGISTRATION


def change(
    cast,
    who: str = "quan",
    version: int = 0,
    kind: Paper = K,
    note: str = "theo hướng dẫn mới",
    **words: str,
) -> PaperWording:
    return wording.set_wording(
        kind,
        dict(wording.wording(kind).words) | words,
        note=note,
        version=version,
        actor=make.actor(cast, who),
        at=AT,
    )


def test_without_a_version_the_words_are_those_of_the_software(app, cast):
    now = wording.wording(K)
    assert (now.version, now.words["symbol"]) == (0, "ĐK-{ký hiệu}")


def test_the_next_paper_uses_the_new_words(app, cast):
    change(
        cast,
        type_name="BẢN ĐĂNG KÝ GIAO ƯỚC",
        symbol="BĐK-{ký hiệu}",
        opening="{cơ quan} xin đăng ký năm {năm}:",
        closing="Trân trọng./.",
    )
    made = registration(make.pledge(cast, state="complete"), today=date(2023, 2, 10))
    assert (made["type_name"], made["heading"]["symbol"], made["opening"], made["closing"]) == (
        "BẢN ĐĂNG KÝ GIAO ƯỚC",
        "BĐK-UBND",
        ["Ủy ban nhân dân xã Hải Quang xin đăng ký năm 2023:"],
        "Trân trọng./.",
    )


def test_a_frozen_paper_keeps_its_words(app, cast):
    agreement = agreeing.agreement(cast, state="awaiting", communes=("Hải Đông", "Hải Tây"))
    paper = agreeing.paper(agreement)
    before = frozen_content(paper.envelope)
    change(cast, kind=AGREEMENT, type_name="GIAO ƯỚC", copies="Lập {số bản} bản.")
    db.session.expire_all()
    assert frozen_content(paper.envelope) == before
    assert paper.envelope.content_sha256 == agreeing.paper(agreement).envelope.content_sha256


def test_a_new_draft_takes_the_closing_articles(app, cast):
    change(cast, kind=AGREEMENT, copies="{cụm} lập {số bản} bản.")
    made = agreeing.agreement(cast, state="draft", communes=("Hải Đông", "Hải Tây"))
    assert made.copies == "Vùng thi đua Quang Đông lập 04 bản."


def test_every_version_is_kept_and_told(app, cast):
    change(cast, closing="Một.")
    change(cast, version=1, closing="Hai.")
    assert [(row.version, row.words["closing"]) for row in wording.versions(K)] == [
        (2, "Hai."),
        (1, "Một."),
    ]
    assert (wording.wording(K).words["closing"], wording.wording(K, 1).words["closing"]) == (
        "Hai.",
        "Một.",
    )
    assert db.session.query(TrailEvent).filter_by(verb="wording.set").count() == 2
    with pytest.raises(NotFound):
        wording.wording(K, 9)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"opening": "{ngày sinh}"}, "Không có chỗ điền {ngày sinh}"),
        ({"opening": "{năm"}, "ngoặc nhọn"),
        ({"type_name": "Bản đăng ký"}, "in hoa"),
        ({"type_name": ""}, "phải có"),
        ({"symbol": "ĐK UBND"}, "khoảng trắng"),
    ],
)
def test_wrong_words_are_refused_at_their_field(app, cast, words, said):
    with pytest.raises(DomainError) as refused:
        change(cast, **words)
    assert said in refused.value.problems[0].sentence
    assert refused.value.problems[0].anchor in words


def test_a_change_needs_a_reason_and_a_difference_and_the_newest_version(app, cast):
    with pytest.raises(DomainError, match="lý do"):
        change(cast, note="", closing="x")
    with pytest.raises(DomainError, match="Không có gì thay đổi"):
        change(cast)
    with pytest.raises(Conflict):
        change(cast, version=4, closing="x")


@pytest.mark.parametrize("who", ["lan", "rev", "giam"])
def test_only_the_administrator_changes_them(app, cast, who):
    with pytest.raises(Forbidden):
        change(cast, who=who, closing="x")
