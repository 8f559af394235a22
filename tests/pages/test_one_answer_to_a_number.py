"""A number means the same wherever it is typed or pasted: in the sheet, the report, the two pastes,
at the table.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from pledge_app.agreements import amendments
from pledge_app.agreements.amendment_models import Amendment
from pledge_app.campaigns.models import EmulationYear
from pledge_app.criteria.models import Criterion
from pledge_app.kernel.base import db
from pledge_app.pledges.cells import token
from pledge_app.pledges.models import Target
from tests import agreeing, make
from tests.make import target_of
from tests.rooms.pledges.test_save_target import save
from tests.rooms.progress import reports

UNIT = "triệu đồng"
ASKED = [  # typed, the unit of the criterion, what is asked back
    ("12 triệu", UNIT, "12"),
    ("1,4 tỷ", UNIT, "1.400"),
    ("98,06%", UNIT, "98,06"),
    ("1,234.5", UNIT, "1.234,5"),
    ("0.5", UNIT, "0,5"),
    ("+ 0,5", UNIT, "0,5"),
    ("98.125%", "%", "98,125"),
    ("95.125", "%", "95,125"),
    ("250/326", "%", "76,69"),
    ("≥ 95", "%", "95"),
    ("9806", "%", "9.806 (đúng)"),
]
REFUSED = [("250/326", UNIT), ("5-7", UNIT), ("1e3", UNIT), ("1 234.567", UNIT), ("0,12345", UNIT)]
TAKEN = [
    ("1\u202f234", UNIT, "1234"),
    ("12\u200b", UNIT, "12"),
    ("'95", UNIT, "95"),
    ("3.516,242", UNIT, "3516.242"),
    ("98,06%", "%", "98.06"),
    ("108,2", "%", "108.2"),
    ("250 (đúng)", "%", "250"),
]
Said = tuple[
    str, Decimal | None
]  # what the page says about the cell, and the figure that holds afterwards
Ask = Callable[[str, bool], Said]  # (typed, whether it should be taken)
Place = Callable[[Any, Any], Ask]


def income(cast, unit: str) -> None:
    """The criterion that all of these places are about."""
    make.free_criteria()
    db.session.get_one(Criterion, cast.criteria["2"]).unit_of_measure = unit
    db.session.commit()


def on_the_row(visit, cast) -> Ask:
    made, counter = make.pledge(cast), itertools.count(1)
    target = target_of(made, "2")

    def ask(typed: str, taken: bool) -> Said:
        status = 200 if taken else 422
        said = save(visit("lan"), made, target, {"goal": typed}, status=status, seq=next(counter))
        return said["errors"].get("goal", "") + said["suggestions"].get("goal", ""), target.goal

    return ask


def on_the_sheet(visit, cast) -> Ask:
    made = make.pledge(cast)
    target = target_of(made, "2")

    def ask(typed: str, taken: bool) -> Said:
        form = {f"goal-{target.pid}": typed, f"ver-{target.pid}": token(target)}
        answer = visit("lan").post(f"/giao-uoc/{made.pid}/nhap", form, status=303 if taken else 422)
        db.session.expire_all()
        return _fault(answer.text), target.goal

    return ask


def on_the_row_of_a_report(visit, cast) -> Ask:
    report = reports.report_of(cast)
    line = next(row for row in report.lines if row.target.criterion.code == "2")

    def ask(typed: str, taken: bool) -> Said:
        body = {"cells": {"value": typed}, "ver": str(line.version), "tab": "t", "seq": 1}
        address = f"/bao-cao-quy/{report.pid}/dong/{line.pid}"
        said = visit("lan").post(address, json=body, status=200 if taken else 422).get_json()
        db.session.expire_all()
        return said["errors"].get("value", "") + said["suggestions"].get("value", ""), line.value

    return ask


def on_the_form_of_a_report(visit, cast) -> Ask:
    report = reports.report_of(cast)
    line = next(row for row in report.lines if row.target.criterion.code == "2")

    def ask(typed: str, taken: bool) -> Said:
        form = {f"value-{line.pid}": typed, f"ver-{line.pid}": str(line.version)}
        answer = visit("lan").post(
            f"/bao-cao-quy/{report.pid}/nhap", form, status=303 if taken else 422
        )
        db.session.expire_all()
        return _fault(answer.text), line.value

    return ask


def _pasted(visit, cast, address: str) -> Ask:
    year = db.session.get_one(EmulationYear, cast.year)

    def ask(typed: str, taken: bool) -> Said:
        block = {"block": f"\tHải Quang\n2\t{typed}"}
        answer = visit("rev").post(f"/nam-thi-dua/{year.pid}/{address}", block, status=200)
        page = unescape(answer.text)
        written = re.search(r'data-label="Sẽ ghi">\s*<strong>([0-9.,]+)', page)
        fault = re.search(r"<li>Dòng 2, cột 2[^<]*</li>", page)
        value = Decimal(written[1].replace(".", "").replace(",", ".")) if written else None
        return fault[0] if fault else "", value

    return ask


def in_the_assigned_figures(visit, cast) -> Ask:
    return _pasted(visit, cast, "chi-tieu-giao")


def in_last_years_results(visit, cast) -> Ask:
    return _pasted(visit, cast, "ket-qua-nam-truoc")


def at_the_table(visit, cast) -> Ask:
    address = f"/giao-uoc-cum/{agreeing.agreement(cast, state='awaiting').pid}"
    target = next(
        row
        for row in db.session.query(Target)
        if row.pledge.body_id == cast.bodies["Hải Lý"] and row.criterion.code == "2"
    )

    def ask(typed: str, taken: bool) -> Said:
        form = {"target": target.pid, "goal": typed, "reason": "Hội nghị thống nhất"}
        answer = visit("dong").post(f"{address}/sua-so-lieu", form, status=303 if taken else 422)
        db.session.expire_all()
        proposed = db.session.query(Amendment).order_by(Amendment.id.desc()).first()
        if proposed is None:
            return _fault(answer.text), target.goal
        amendments.reject(proposed, "Nhầm", actor=make.actor(cast, "dong"), at=make.AT)
        db.session.commit()
        return _fault(answer.text), proposed.new_goal

    return ask


def _fault(page: str) -> str:
    found = re.search(r'<li class="fault".*?</li>|<p class="wrong".*?</p>', unescape(page), re.S)
    return found[0] if found else ""


PLACES = [
    on_the_row,
    on_the_sheet,
    on_the_row_of_a_report,
    on_the_form_of_a_report,
    in_the_assigned_figures,
    in_last_years_results,
    at_the_table,
]


@pytest.mark.parametrize("place", PLACES)
def test_what_may_be_meant_otherwise_is_asked_about_with_the_same_suggestion(
    visit, cast, app, place: Place
):
    ask = place(visit, cast)
    for typed, unit, suggestion in ASKED:
        income(cast, unit)
        said, value = ask(typed, False)
        assert f"Ý bạn là {suggestion}?" in said, typed
        assert value in (None, 160), f"{typed}: nothing is written"


@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_number_is_refused_without_a_guess(visit, cast, app, place: Place):
    ask = place(visit, cast)
    for typed, unit in REFUSED:
        income(cast, unit)
        said, value = ask(typed, False)
        assert said, typed
        assert "Ý bạn là" not in said, typed
        assert value in (None, 160), f"{typed}: nothing is written"


@pytest.mark.parametrize("place", PLACES)
def test_what_is_a_number_is_the_same_figure(visit, cast, app, place: Place):
    ask = place(visit, cast)
    for typed, unit, value in TAKEN:
        income(cast, unit)
        assert ask(typed, True) == ("", Decimal(value)), typed


def test_a_figure_that_stands_already_is_not_asked_about_again(visit, cast, app):
    income(cast, "%")
    made = make.pledge(cast)
    target = target_of(made, "2")
    save(visit("lan"), made, target, {"goal": "250 (đúng)"})
    save(visit("lan"), made, target, {"goal": "250", "measures": "Tiếp tục"}, seq=2)
    assert (target.goal, target.measures) == (Decimal(250), "Tiếp tục")


def test_the_block_that_a_figure_was_pasted_with_is_judged_by_the_server(visit, cast, app):
    income(cast, UNIT)
    made = make.pledge(cast)
    target = target_of(made, "2")
    cells = {"goal": "1,234", "beside-goal": "1,234.5\t7"}
    said = save(visit("lan"), made, target, cells, status=422)
    assert said["suggestions"] == {"goal": "1.234"}
    assert target.goal is None
    form = {
        f"goal-{target.pid}": "1,234",
        f"beside-goal-{target.pid}": "1,234.5\t7",
        f"ver-{target.pid}": token(target),
    }
    page = visit("lan").post(f"/giao-uoc/{made.pid}/nhap", form, status=422).text
    assert 'data-suggestion="1.234"' in page
