"""A verb that is refused leaves nothing of what it did, whatever it did before it refused."""

from __future__ import annotations

import pytest
from flask import Response
from sqlalchemy import func, select

from pledge_app.accounts.current import actor
from pledge_app.audit.models import TrailEvent
from pledge_app.audit.operations import record
from pledge_app.jobs.models import Job
from pledge_app.jobs.operations import enqueue
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden, NotFound, Problem
from pledge_app.orgs.models import Body
from pledge_app.ui.forms import Form, line
from pledge_app.web.refused_verbs import catch_refusal

PATH = "/thu-tu-choi"


class PlaceForm(Form):
    """What somebody types."""

    place = line("Địa danh")
    note = line("Ghi chú", needed=False)


def plain(text: str, status: int) -> Response:
    return Response(text, status, mimetype="text/plain")


def hasty(body: Body, refusal: DomainError) -> None:
    """A verb that checks last: a row changed, a row added, an event, a job; then it refuses."""
    body.place = "Đổi vội"
    record("body.described", body, actor=actor(), at=clock.now(), unit_id=body.unit_id)
    enqueue("hasty", "hasty:1", at=clock.now())
    db.session.flush()
    raise refusal


@pytest.fixture
def refused(app, cast, visit):
    """refused(error) posts to a page whose verb refuses with it; (answer, what the page saw)."""
    pid = db.session.scalars(select(Body.pid).order_by(Body.id)).first()
    seen: dict[str, object] = {}

    def ask(error: DomainError, status: int, **how):
        def view() -> Response:
            form = PlaceForm()
            body = db.session.scalars(select(Body).where(Body.pid == pid)).one()
            enqueue("before", "before:1", at=clock.now())
            with catch_refusal(form, **how) as refusal:
                hasty(body, error)
            seen.update(
                place=body.place,
                at_place=list(form.place.errors),
                at_note=list(form.note.errors),
                form=list(form.form_errors),
            )
            return plain(refusal.sentence, refusal.status)

        app.add_url_rule(PATH, "hasty", view, methods=["POST"])
        answer = visit("quan").post(PATH, {"place": "Hải Quang", "note": "giữ"}, status=status)
        return answer, seen

    return ask


def count_of(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def left_behind() -> tuple[int, list[str]]:
    """The bodies that were changed, and the jobs asked for."""
    changed = db.session.scalar(
        select(func.count()).select_from(Body).where(Body.place == "Đổi vội")
    )
    return changed or 0, list(db.session.scalars(select(Job.kind).where(Job.key.contains(":1"))))


def test_what_it_wrote_is_undone_and_what_the_request_did_before_stays(refused):
    events = count_of(TrailEvent)
    answer, seen = refused(DomainError("Chưa đủ."), 422)
    assert answer.text == "Chưa đủ."
    assert left_behind() == (0, ["before"])
    assert count_of(TrailEvent) == events
    assert seen["place"] != "Đổi vội", "the page is drawn with what is stored"


@pytest.mark.parametrize("error", [Conflict("Chậm."), Forbidden("Không."), NotFound("Không có.")])
def test_other_refusals_go_on_to_the_page_of_errors(refused, error):
    answer, seen = refused(error, error.status)
    assert "<h1" in answer.text
    assert error.sentence in answer.text
    assert not seen
    assert left_behind() == (0, [])


def test_a_conflict_is_told_on_the_page_where_the_view_asks_for_it(refused):
    answer, seen = refused(Conflict("Chậm."), 409, statuses=(409, 422))
    assert answer.text == "Chậm."
    assert left_behind() == (0, ["before"])


def test_a_problem_stands_at_its_field_and_the_sentence_above_the_form(refused):
    problems = [Problem("Sai địa danh.", "place"), Problem("Sai tên.", "elsewhere")]
    _answer, seen = refused(DomainError("Hãy sửa.", problems), 422, anchors={"elsewhere": "note"})
    assert (seen["at_place"], seen["at_note"]) == (["Sai địa danh."], ["Sai tên."])
    assert seen["form"] == ["Hãy sửa."]


def test_what_names_no_field_goes_on_where_the_page_shows_only_fields(refused):
    answer, seen = refused(
        DomainError("Chưa đủ.", [Problem("Sai.", "elsewhere")]), 422, needs_field=True
    )
    assert "<h1" in answer.text
    assert not seen


def test_a_verb_that_gave_the_transaction_back_is_undone_too(app, cast, visit):
    pid = db.session.scalars(select(Body.pid).order_by(Body.id)).first()

    def view() -> Response:
        with catch_refusal() as refusal:
            db.session.rollback()  # as a verb does before it starts a child
            hasty(db.session.scalars(select(Body).where(Body.pid == pid)).one(), DomainError("Ơ."))
        return plain(refusal.sentence, refusal.status)

    app.add_url_rule(PATH, "hasty", view, methods=["POST"])
    assert visit("quan").post(PATH, status=422).text == "Ơ."
    assert left_behind() == (0, [])


def test_a_verb_that_is_not_refused_is_committed(app, cast, visit):
    def view() -> Response:
        with catch_refusal() as refusal:
            enqueue("done", "done:1", at=clock.now())
        return plain(str(bool(refusal)), refusal.status)

    app.add_url_rule(PATH, "hasty", view, methods=["POST"])
    assert visit("quan").post(PATH, status=200).text == "False"
    assert left_behind() == (0, ["done"])
