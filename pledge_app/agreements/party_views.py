"""Pages about the parties of a draft: order, signatories, witnesses."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.agreements import compose, parties, queries
from pledge_app.agreements.blueprint import bp
from pledge_app.agreements.compose import SignatoryLine
from pledge_app.agreements.forms import (
    AUTHORITY_WORDS,
    MOST_SIGNATORIES,
    SPARE_SIGNATORIES,
    Row,
    padded,
    typed_rows,
)
from pledge_app.agreements.models import Agreement, Party
from pledge_app.agreements.operations import drafting
from pledge_app.kernel import clock
from pledge_app.kernel.errors import DomainError, Problem
from pledge_app.kernel.numbers import whole_number
from pledge_app.orgs.models import Authority, Body, OfficeHolding
from pledge_app.orgs.queries import bodies_of, find_body
from pledge_app.ui.forms import posted_version
from pledge_app.web.refused_verbs import catch_refusal

SIGNATORY = ("position", "holding", "name", "title", "body", "authority")


@bp.get("/giao-uoc-cum/<pid>/ben")
def list_parties(pid: str) -> ResponseReturnValue:
    """Who the parties are, in the order of columns and cells; who signs for each."""
    agreement = drafted(pid)
    taken = {party.body_id for party in agreement.parties}
    above = [body for body in _witness_bodies(agreement) if body.id not in taken]
    return render_template(
        "agreements/parties.html",
        agreement=agreement,
        unready=compose.unready(agreement),
        witness_bodies=above,
        waiting=compose.waiting(agreement),
    )


@bp.post("/giao-uoc-cum/<pid>/ben")
def order_parties(pid: str) -> ResponseReturnValue:
    """The order of the parties."""
    agreement = drafted(pid)
    wanted = {
        party.id: place
        for party in agreement.parties
        if (place := whole_number(request.form.get(f"pos-{party.pid}", ""))) is not None
    }
    parties.order_parties(
        agreement,
        wanted,
        version=posted_version(),
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã lưu thứ tự các bên."))
    return redirect(url_for("agreements.list_parties", pid=pid), 303)


@bp.post("/giao-uoc-cum/<pid>/ben/cap-nhat")
def refresh_parties(pid: str) -> ResponseReturnValue:
    """Take in pledges agreed since."""
    parties.refresh(
        drafted(pid),
        version=posted_version(),
        actor=actor(),
        at=clock.now(),
        today=clock.today(),
    )
    flash(_("Đã cập nhật các đơn vị mới thống nhất."))
    return redirect(url_for("agreements.list_parties", pid=pid), 303)


@bp.post("/giao-uoc-cum/<pid>/ben/chung-kien")
def add_witness(pid: str) -> ResponseReturnValue:
    """A witness; signatories are set on the next page."""
    agreement = drafted(pid)
    party = parties.add_witness(
        agreement,
        find_body(request.form.get("body", "")),
        version=posted_version(),
        actor=actor(),
        at=clock.now(),
    )
    return redirect(url_for("agreements.edit_party", pid=pid, party=party.pid), 303)


@bp.post("/giao-uoc-cum/<pid>/ben/<party>/bo")
def drop_witness(pid: str, party: str) -> ResponseReturnValue:
    """A witness leaves the paper."""
    agreement = drafted(pid)
    parties.drop_witness(
        queries.find_party(agreement, party),
        version=posted_version(),
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã bỏ bên chứng kiến."))
    return redirect(url_for("agreements.list_parties", pid=pid), 303)


@bp.get("/giao-uoc-cum/<pid>/ben/<party>")
def edit_party(pid: str, party: str) -> ResponseReturnValue:
    """The signatories of one party: chosen from the office-holders, or typed."""
    agreement = drafted(pid)
    found = queries.find_party(agreement, party)
    return _party_page(
        agreement,
        found,
        padded(
            _rows_of(found),
            SIGNATORY,
            SPARE_SIGNATORIES,
            MOST_SIGNATORIES,
            authority=Authority.TM.value,
            body=found.body.pid,
        ),
    )


@bp.post("/giao-uoc-cum/<pid>/ben/<party>")
def save_party(pid: str, party: str) -> ResponseReturnValue:
    """Save the signatories."""
    agreement = drafted(pid)
    found = queries.find_party(agreement, party)
    rows = typed_rows(
        request.form,
        "row",
        SIGNATORY,
        MOST_SIGNATORIES,
    )
    lines, problems = _lines(rows, found, agreement)
    with catch_refusal() as refusal:
        if problems:
            raise DomainError(_("Còn nội dung cần sửa."), problems)
        parties.save_signatories(
            found,
            lines,
            version=posted_version(),
            actor=actor(),
            at=clock.now(),
        )
    if refusal:
        return _party_page(agreement, found, rows, refusal.listed), 422
    flash(_("Đã lưu người ký của %(body)s.", body=found.body.name))
    return redirect(url_for("agreements.list_parties", pid=pid), 303)


def drafted(pid: str) -> Agreement:
    """The agreement, for those who compose it while it is a draft."""
    agreement = queries.find_agreement(pid, seen_by=actor())
    drafting(agreement, actor())
    return agreement


def _party_page(
    agreement: Agreement,
    party: Party,
    rows: list[Row],
    problems: tuple[Problem, ...] = (),
) -> str:
    return render_template(
        "agreements/party.html",
        agreement=agreement,
        party=party,
        rows=rows,
        problems=problems,
        holders=queries.choosable_holders(party.body, agreement.paper_date),
        bodies=bodies_of(party.body.unit),
        authorities=[(key.value, word) for key, word in AUTHORITY_WORDS.items()],
    )


def _rows_of(party: Party) -> list[Row]:
    return [
        Row(
            {
                "position": str(row.position),
                "holding": row.holding.pid if row.holding else "",
                "name": row.name,
                "title": row.title,
                "body": row.body.pid,
                "authority": row.authority.value,
            }
        )
        for row in party.signatories
    ]


def _lines(
    rows: list[Row],
    party: Party,
    agreement: Agreement,
) -> tuple[list[SignatoryLine], list[Problem]]:
    """Chosen office-holders and typed persons, in the typed order; rows without a person fall
    away.
    """
    holders = {row.pid: row for row in queries.choosable_holders(party.body, agreement.paper_date)}
    bodies = {row.pid: row for row in bodies_of(party.body.unit)}
    lines: list[tuple[int, int, SignatoryLine]] = []
    problems: list[Problem] = []
    for n, row in enumerate(rows):
        values = row.values
        if not values["holding"] and not values["name"]:
            continue
        line = _line(values, holders, bodies)
        if line is None:
            problems.append(
                Problem(
                    _("Người ký %(n)s: hãy ghi chức vụ và chọn cơ quan.", n=n + 1),
                    f"row-{n}-title",
                )
            )
        else:
            place = whole_number(values["position"])
            lines.append((place if place is not None else 99, n, line))
    return [line for _place, _n, line in sorted(lines, key=lambda item: item[:2])], problems


def _line(
    values: dict[str, str],
    holders: dict[str, OfficeHolding],
    bodies: dict[str, Body],
) -> SignatoryLine | None:
    authority = (
        Authority(values["authority"]) if values["authority"] in set(Authority) else Authority.TM
    )
    holding = holders.get(values["holding"])
    if holding is not None:
        return SignatoryLine(
            holding.body_id,
            holding.person.name,
            holding.title,
            authority,
            holding.id,
        )
    body = bodies.get(values["body"])
    if values["holding"] or body is None or not values["title"]:
        return None
    return SignatoryLine(
        body.id,
        values["name"],
        values["title"],
        authority,
    )


def _witness_bodies(agreement: Agreement) -> list[Body]:
    """Bodies of the units of the reviewing and the guiding body."""
    cluster = agreement.cluster
    found: dict[int, Body] = {}
    for unit in (cluster.reviewer.unit, cluster.issuer.unit):
        found |= {body.id: body for body in bodies_of(unit)}
    return list(found.values())
