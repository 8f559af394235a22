"""Legal bases are recorded, put right and replaced; dates decide which may stand on a paper."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns import bases, queries, shipped
from pledge_app.campaigns.bases import Wording
from pledge_app.campaigns.models import LegalBasis
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden, NotFound
from pledge_app.orgs.models import Line
from tests import make

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
NEW = Wording("Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022", "luật", date(2024, 1, 1), None)


def old() -> LegalBasis:
    return db.session.query(LegalBasis).filter(LegalBasis.citation.contains("2003")).one()


def test_a_basis_is_recorded_and_proposed_from_its_day(app, cast):
    basis = bases.add_basis(NEW, actor=make.actor(cast, "quan"), at=AT)
    assert (
        db.session.query(TrailEvent).filter_by(verb="basis.added", subject_pid=basis.pid).count()
        == 1
    )
    assert not queries.judge(basis, date(2023, 12, 31)).in_force
    assert queries.judge(basis, date(2024, 1, 1)).in_force


@pytest.mark.parametrize("who", ["lan", "rev", "giam"])
def test_only_the_administrator_does(app, cast, who):
    with pytest.raises(Forbidden):
        bases.add_basis(NEW, actor=make.actor(cast, who), at=AT)


@pytest.mark.parametrize(
    "wrong",
    [
        Wording("Một luật", "luật", date(2024, 1, 1), date(2024, 1, 1)),
        Wording("Một luật", "luật", date(2024, 1, 1), date(2020, 1, 1)),
        Wording("Một luật", "sắc lệnh", date(2024, 1, 1), None),
        Wording(
            "LUẬT thi đua, khen thưởng ngày 26 tháng 11 năm 2003", "luật", date(2024, 1, 1), None
        ),
    ],
)
def test_wrong_dates_kinds_and_doubles_are_refused(app, cast, wrong):
    with pytest.raises(DomainError):
        bases.add_basis(wrong, actor=make.actor(cast, "quan"), at=AT)


def test_a_slip_is_put_right_with_both_wordings_in_the_trail(app, cast):
    basis = old()
    bases.correct_basis(
        basis,
        Wording(basis.citation, "luật", date(2004, 7, 2), basis.in_force_to, "", 10),
        version=1,
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    event = db.session.query(TrailEvent).filter_by(verb="basis.corrected").one()
    assert (event.data["before"], event.data["after"]) == (
        {"in_force_from": "2004-07-01"},
        {"in_force_from": "2004-07-02"},
    )


def test_the_same_wording_again_leaves_no_trail(app, cast):
    basis = old()
    same = Wording(basis.citation, basis.kind, basis.in_force_from, basis.in_force_to, "", 10)
    bases.correct_basis(basis, same, version=1, actor=make.actor(cast, "quan"), at=AT)
    assert db.session.query(TrailEvent).count() == 0


@pytest.mark.parametrize(
    ("end", "ends"),
    [(None, date(2024, 1, 1)), (date(2023, 7, 1), date(2023, 7, 1))],
)
def test_what_is_replaced_ends_on_the_day_of_the_new_one_or_keeps_its_earlier_end(
    app, cast, end, ends
):
    basis = old()
    basis.in_force_to = end
    db.session.flush()
    bases.replace_basis(basis, NEW, version=basis.version_id, actor=make.actor(cast, "quan"), at=AT)
    assert basis.in_force_to == ends


def test_a_stale_page_is_refused(app, cast):
    with pytest.raises(Conflict):
        bases.correct_basis(old(), NEW, version=9, actor=make.actor(cast, "quan"), at=AT)


def test_a_replacement_ends_the_old_one_and_is_proposed_instead(app, cast):
    basis = old()
    newer = bases.replace_basis(basis, NEW, version=1, actor=make.actor(cast, "quan"), at=AT)
    judged = queries.judge(basis, date(2024, 2, 1))
    assert (basis.in_force_to, judged.in_force, judged.instead) == (date(2024, 1, 1), False, newer)
    with pytest.raises(Conflict):
        bases.replace_basis(
            basis,
            Wording("Luật khác", "luật", date(2025, 1, 1), None),
            version=basis.version_id,
            actor=make.actor(cast, "quan"),
            at=AT,
        )


def test_a_replacement_comes_later(app, cast):
    with pytest.raises(DomainError, match="sau văn bản bị thay thế"):
        bases.replace_basis(
            old(),
            Wording("Luật khác", "luật", date(2000, 1, 1), None),
            version=1,
            actor=make.actor(cast, "quan"),
            at=AT,
        )


def test_it_is_found_without_diacritics_by_kind_and_day(app, cast):
    found = {
        (text, on): len(db.session.scalars(bases.bases(text, on=on)).all())
        for text, on in [
            ("khen thuong", None),
            ("khong co", None),
            ("", date(2023, 1, 1)),
            ("", date(2024, 1, 1)),
        ]
    }
    assert list(found.values()) == [1, 0, 1, 0]
    kinds = [len(db.session.scalars(bases.bases(kind=kind)).all()) for kind in ("luật", "chỉ thị")]
    assert kinds == [1, 0]


def test_an_agreement_proposes_what_is_to_be_cited_in_its_order_and_line(app, cast):
    """Not what its words look like: a law about something else may be cited, one about emulation
    may be left out.
    """
    on = date(2024, 6, 1)
    rows = [
        ("Nghị định B", "nghị định", 20, None),
        ("Luật A", "luật", 10, None),
        ("Quyết định của Mặt trận", "quyết định", 30, Line.MTTQ),
        ("Luật Thi đua, khen thưởng để tham khảo", "luật", None, None),
        ("Luật chưa có hiệu lực", "luật", 5, None),
    ]
    for citation, kind, order, line in rows:
        begins = date(2025, 1, 1) if "chưa" in citation else date(2024, 1, 1)
        wording = Wording(citation, kind, begins, None, cited_order=order, line=line)
        bases.add_basis(wording, actor=make.actor(cast, "quan"), at=AT)
    ubnd = [row.citation for row in bases.cited_bases(Line.UBND, on)]
    mttq = [row.citation for row in bases.cited_bases(Line.MTTQ, on)]
    assert ubnd == ["Luật A", "Nghị định B"]
    assert mttq == [*ubnd, "Quyết định của Mặt trận"]


def test_no_basis_stands_behind_an_unknown_address(app):
    with pytest.raises(NotFound, match="căn cứ"):
        bases.find_basis("nowhere")


def test_what_ships_is_offered_beside_a_basis_without_number_or_day(app, cast):
    own = Wording("Điều lệ Mặt trận Tổ quốc Việt Nam", "văn bản khác", date(2019, 9, 1), None)
    bases.add_basis(own, actor=make.actor(cast, "quan"), at=AT)
    offered = shipped.basis_offers()
    assert offered and own.citation not in {row.known.citation for row in offered if row.known}
