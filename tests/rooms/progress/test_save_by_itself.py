"""A report saves itself row by row; a late text, a second clerk, a lost answer lose nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from pledge_app.kernel.base import db
from pledge_app.progress import operations, texts
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState
from pledge_app.web.kept_texts import KeptText
from tests import make
from tests.make import AT
from tests.rooms.progress.reports import in_state, line_of, report_of
from tests.unchanged import nothing_changes


def save(
    visitor,
    report: ProgressReport,
    cells: dict[str, Any],
    *,
    ver: object = None,
    code: str = "1",
    status: int = 200,
):
    line = line_of(report, code)
    db.session.refresh(line)
    body = {"cells": cells, "ver": str(line.version if ver is None else ver), "tab": "t", "seq": 1}
    answer = visitor.post(f"/bao-cao-quy/{report.pid}/dong/{line.pid}", json=body, status=status)
    db.session.expire_all()
    return answer.get_json()


def save_texts(
    visitor,
    report: ProgressReport,
    cells: dict[str, Any],
    *,
    ver: str | None = None,
    status: int = 200,
):
    token = texts.texts_token(report) if ver is None else ver
    answer = visitor.post(
        f"/bao-cao-quy/{report.pid}/chu",
        json={"cells": cells, "ver": token, "tab": "t", "seq": 1},
        status=status,
    )
    db.session.expire_all()
    return answer.get_json()


def test_a_row_is_saved_and_what_was_understood_comes_back(visit, report):
    said = save(
        visit("lan"), report, {"value": "1234,5", "estimate": "1", "explanation": " đang chờ "}
    )
    line = line_of(report)
    assert (line.value, line.is_estimate, line.explanation) == (Decimal("1234.5"), True, "đang chờ")
    assert said["values"] == {"value": "1.234,5", "estimate": "1", "explanation": "đang chờ"}
    assert said["totals"] == {"entered": 1, "all": 4} and said["ver"] == str(line.version)


def test_a_cell_alone_leaves_its_neighbours(visit, report):
    lan = visit("lan")
    save(lan, report, {"value": "3", "explanation": "đủ"})
    save(lan, report, {"estimate": "1"})
    line = line_of(report)
    assert (line.value, line.is_estimate, line.explanation) == (Decimal(3), True, "đủ")


@pytest.mark.parametrize("typed", ["0.500", "1.5", "abc", "1e9", "١"])
def test_a_bad_number_gets_its_sentence_and_the_rest_of_the_row_is_saved(visit, report, typed):
    said = save(visit("lan"), report, {"value": typed, "explanation": "vì mưa"}, status=422)
    assert said["errors"]["value"] and line_of(report).value is None
    assert line_of(report).explanation == "vì mưa"


def test_a_share_may_carry_its_sign_and_stays_within_a_hundred(visit, report):
    lan = visit("lan")
    assert save(lan, report, {"value": "50 %"}, code="3")["values"]["value"] == "50"
    assert (
        "0 đến 100" in save(lan, report, {"value": "101"}, code="3", status=422)["errors"]["value"]
    )


def test_two_clerks_on_one_row_the_second_gets_the_other_text(visit, report):
    opened = line_of(report).version
    save(visit("hung"), report, {"value": "5"})
    said = save(visit("lan"), report, {"value": "7"}, ver=opened, status=409)
    assert said["values"]["value"] == "5" and not said.get("closed")
    assert save(visit("lan"), report, {"value": "7"}, ver=said["ver"])["values"]["value"] == "7"


def test_a_lost_answer_may_be_asked_for_again(visit, report):
    opened = line_of(report).version
    for _twice in range(2):
        save(visit("lan"), report, {"value": "5"}, ver=opened)
    assert line_of(report).value == 5


def test_texts_save_themselves_and_figures_are_no_conflict_for_them(visit, report):
    lan, done = visit("lan"), f"done-{report.campaigns[0].campaign.pid}"
    opened = texts.texts_token(report)
    save(visit("hung"), report, {"value": "5"})
    said = save_texts(lan, report, {done: "Đã phát động", "difficulties": "Mưa"}, ver=opened)
    blank = dict.fromkeys(texts.TEXTS, "")
    assert said["values"] == blank | {done: "Đã phát động", "difficulties": "Mưa"}
    assert (
        save_texts(lan, report, {"proposals": "Cấp vốn"}, ver=opened, status=409)["values"][
            "difficulties"
        ]
        == "Mưa"
    )
    assert report.proposals == ""
    assert (
        "dài quá"
        in save_texts(
            lan, report, {"difficulties": "x" * 10_001, "proposals": "Cấp vốn"}, status=422
        )["errors"]["difficulties"]
    )
    assert (report.difficulties, report.proposals) == ("Mưa", "Cấp vốn")


def test_a_late_text_is_refused_kept_and_shown_to_its_author_alone(visit, report, cast):
    in_state(cast, report, ReportState.WITH_LEADER)
    lan = visit("lan")
    assert save(lan, report, {"value": "987654"}, status=409)["closed"]
    assert save_texts(lan, report, {"difficulties": "muộn rồi"}, status=409)["closed"]
    assert line_of(report).value == 1 and report.difficulties == ""
    kept = lan.get("/noi-dung-da-giu").text
    assert "987654" in kept and "muộn rồi" in kept and "1. Sản phẩm OCOP" in kept
    assert "987654" not in visit("hung").get("/noi-dung-da-giu").text


def test_what_is_already_stored_is_never_too_late(visit, report, cast):
    in_state(cast, report, ReportState.WITH_LEADER)
    save(visit("lan"), report, {"value": "1"})
    assert db.session.scalars(select(KeptText)).all() == []


def test_an_ended_session_is_told_and_nothing_is_written(visit, report):
    body = {"cells": {"value": "5"}, "ver": "1", "tab": "t", "seq": 1}
    visit(None).post(
        f"/bao-cao-quy/{report.pid}/dong/{line_of(report).pid}",
        json=body,
        status=401,
        headers={"Accept": "application/json"},
    )
    assert line_of(report).value is None


@pytest.mark.parametrize(
    "body", [None, [], {"cells": []}, {"cells": {"value": 5}}, {"cells": {1: None}}]
)
def test_a_malformed_request_changes_nothing(visit, report, body):
    lan = visit("lan")
    with nothing_changes():
        lan.post(f"/bao-cao-quy/{report.pid}/dong/{line_of(report).pid}", json=body, status=400)
        lan.post(f"/bao-cao-quy/{report.pid}/chu", json=body, status=400)


def test_strangers_and_reviewers_type_nothing(visit, report, cast):
    in_state(cast, report, ReportState.SENT)
    for who, status in (("rev", 403), ("giam", 403), ("xa", 404), ("dong", 404)):
        visitor = visit(who)
        with nothing_changes():
            save(visitor, report, {"value": "9"}, status=status)
            save_texts(visitor, report, {"proposals": "x"}, status=status)


def test_a_row_of_another_report_is_not_found(visit, report, cast):
    other = report_of(cast, "Hải Đông")
    row = {"cells": {"value": "9"}, "ver": str(other.lines[0].version)}
    lan = visit("lan")
    with nothing_changes():
        lan.post(f"/bao-cao-quy/{report.pid}/dong/{other.lines[0].pid}", json=row, status=404)


def test_who_typed_by_the_row_counts_as_author(visit, report, cast):
    save(visit("lan"), report, {"value": "5"})
    assert report.author_ids == [make.actor(cast, "lan").user_id]
    operations.save_line(
        line_of(report),
        operations.LineEntry(Decimal(6)),
        version=line_of(report).version,
        actor=make.actor(cast, "hung"),
        at=AT,
    )
    assert len(report.author_ids) == 2


def test_the_page_is_the_grid_and_the_form_works_without_a_script(visit, report):
    page = visit("lan").get(f"/bao-cao-quy/{report.pid}/nhap").text
    assert 'data-order="value estimate explanation"' in page and "/grid/main.js" in page
    assert (
        page.count('data-cell="value"') == 4
        and '<button class="button" name="then" value="">Lưu</button>' in page
    )
