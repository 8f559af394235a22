"""The pages on which a pledge is entered: the grid, the row saved by itself, campaigns and
titles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.criteria.words import figure_words
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.errors import NotFound, Problem
from pledge_app.kernel.numbers import format_number
from pledge_app.kernel.text import TextProblem, clean_line
from pledge_app.kernel.versions import version_from
from pledge_app.pledges import answers, cells, entry, items, operations, queries, sheet, typed
from pledge_app.pledges.blueprint import bp
from pledge_app.pledges.goal_cells import cell_name
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.sent import last_sent
from pledge_app.ui.typed_values import text_sentence
from pledge_app.web.application import SAVED_BYTES, takes_bytes
from pledge_app.web.kept_texts import keep_text
from pledge_app.web.refusals import refuse
from pledge_app.web.refused_verbs import catch_refusal


@bp.route("/giao-uoc/<pid>/nhap", methods=["GET", "POST"])
def edit(pid: str) -> ResponseReturnValue:
    """The grid. A POST is the whole sheet: from a browser without JavaScript, or on the way to
    the leader.
    """
    who, at = actor(), clock.now()
    pledge = queries.find_pledge(pid, seen_by=who)
    if request.method == "GET":
        if pledge.state not in entry.ENTERING or not _types(pledge, who):
            flash(_("Bản đăng ký này hiện không nhập được; dưới đây là nội dung đã có."))
            return redirect(url_for("pledges.show", pid=pid), 303)
        return _sheet(pledge)
    with catch_refusal(statuses=(409,)) as refusal:
        saved = typed.save_form(
            pledge,
            request.form,
            actor=who,
            at=at,
        )
    if refusal:
        return _kept(
            typed.new_texts(pledge, request.form),
            refusal.sentence,
            who,
            at,
        )
    answered = answers.save_answers(
        pledge,
        request.form,
        actor=who,
        at=at,
    )
    if answered.problems or not saved.is_whole:
        return _sheet(
            pledge,
            saved=saved,
            problems=[*_left_out(pledge, saved), *answered.problems],
        ), 409 if saved.conflicts else 422
    then = request.form.get("then", "")
    if then == "submit":
        return _submit(
            pledge,
            who,
            at,
        )
    if then.startswith(("add:", "drop:")):
        return _change_items(
            pledge,
            then,
            who,
            at,
        )
    _say_saved(saved.written, answered.written)
    return redirect(url_for("pledges.edit", pid=pid), 303)


def _say_saved(rows: int, answers_written: int) -> None:
    if rows:
        flash(_("Đã lưu %(n)s dòng.", n=rows))
    if answers_written:
        flash(_("Đã ghi %(n)s trả lời; cấp trên đọc cạnh nội dung đã sửa.", n=answers_written))
    if not rows and not answers_written:
        flash(_("Không có dòng nào thay đổi."))


def _change_items(pledge: Pledge, then: str, who: Actor, at: datetime) -> ResponseReturnValue:
    """After everything typed was saved, an item is added ("add:target") or dropped
    ("drop:target:item").
    """
    act, _colon, place = then.partition(":")
    target_pid, _colon, item_pid = place.partition(":")
    target = queries.find_target(target_pid, seen_by=who)
    if target.pledge_id != pledge.id:
        raise NotFound(_("Không có chỉ tiêu này."))
    if act == "drop":
        items.drop_item(
            items.find_item(target, item_pid),
            actor=who,
            at=at,
        )
        flash(_("Đã bỏ khỏi danh sách."))
        return redirect(_at_items(pledge, target), 303)
    field = f"item-{target.pid}"
    try:
        name = clean_line(request.form.get(field, ""), items.LONGEST_ITEM)
    except TextProblem as problem:
        sentence = text_sentence(problem)
        return _sheet(
            pledge,
            problems=[Problem(sentence, field)],
            title=sentence,
        ), 422
    with catch_refusal() as refusal:
        items.add_item(
            target,
            name,
            actor=who,
            at=at,
        )
    if refusal:
        return _sheet(
            pledge,
            problems=refusal.problems,
            title=refusal.sentence,
        ), 422
    flash(_("Đã thêm %(name)s.", name=name))
    return redirect(_at_items(pledge, target), 303)


def _at_items(pledge: Pledge, target: Target) -> str:
    return url_for(
        "pledges.edit",
        pid=pledge.pid,
        _anchor=f"hamlets-{target.pid}",
    )


def _types(pledge: Pledge, who: Actor) -> bool:
    return pledge.LIFE.moves["submit_to_leader"].who(who, pledge)


def _submit(pledge: Pledge, who: Actor, at: datetime) -> ResponseReturnValue:
    with catch_refusal() as refusal:
        operations.submit_to_leader(
            pledge,
            actor=who,
            at=at,
        )
    if refusal:
        return _sheet(
            pledge,
            problems=refusal.problems,
            title=refusal.sentence,
        ), 422
    flash(_("Đã trình lãnh đạo."))
    return redirect(url_for("pledges.show", pid=pledge.pid), 303)


def _sheet(
    pledge: Pledge,
    *,
    saved: typed.Saved | None = None,
    problems: Sequence[Problem] = (),
    title: str = "",
) -> str:
    asked = queries.open_requests(pledge)
    return render_template(
        "pledges/edit.html",
        pledge=pledge,
        state=queries.shown_state(pledge),
        requests=asked,
        handed_back=queries.handed_back(pledge),
        groups=sheet.groups(
            pledge,
            requests=asked,
            saved=saved,
            before=last_sent(pledge),
        ),
        heads=cells.cell_labels(pledge.emulation_year.goal_periods),
        periods=pledge.emulation_year.goal_periods,
        split_cells=[cell_name(period) for period in pledge.emulation_year.goal_periods],
        totals=sheet.totals(pledge),
        problems=problems,
        problems_title=title,
        hamlet_states=sheet.item_words(),
        joined=sum(row.joins for row in pledge.campaigns),
        user=actor().user_id,
    )


def _left_out(pledge: Pledge, saved: typed.Saved) -> list[Problem]:
    """Which rows were not saved, and why; the others were."""
    found: list[Problem] = []
    labels = cells.cell_labels(pledge.emulation_year.goal_periods)
    for target in pledge.targets:
        head = f"{target.criterion.code}. {target.criterion.name}"
        if target.pid in saved.faulty:
            found += [
                Problem(f"{head} – {labels[name]}: {said}", f"{name}-{target.pid}")
                for name, said in saved.faulty[target.pid].errors.items()
            ]
        if target.pid in saved.conflicts:
            found.append(
                Problem(
                    _(
                        "%(row)s: người khác vừa sửa dòng này. So sánh hai nội dung bên dưới; "
                        "bấm Lưu lần nữa để giữ nội dung của bạn.",
                        row=head,
                    ),
                    f"row-{target.pid}",
                )
            )
    return found


def _kept(
    texts: Mapping[str, list[str]],
    sentence: str,
    who: Actor,
    at: datetime,
) -> ResponseReturnValue:
    """A late text is refused, kept as its author's private draft, and shown."""
    keep_typed(texts, who, at)
    return refuse(
        409,
        _("Hồ sơ đã thay đổi"),
        sentence,
        fields=texts,
    )


def keep_typed(texts: Mapping[str, list[str]], who: Actor, at: datetime) -> None:
    """Keep what was typed for its author alone."""
    if texts and who.user_id is not None:
        keep_text(who.user_id, request.path, texts, at=at)


@bp.post("/giao-uoc/<pid>/dong/<target_pid>")
@takes_bytes(SAVED_BYTES)
def save_target(pid: str, target_pid: str) -> ResponseReturnValue:
    """One row, saved by itself (JSON). 422: the cells named in `errors` were not saved, the
    others were. 409: somebody else saved the row (`theirs`), or the pledge is no longer being
    entered (`closed`).
    """
    who, at = actor(), clock.now()
    target = queries.find_target(target_pid, seen_by=who)
    if target.pledge.pid != pid:
        raise NotFound(_("Không có chỉ tiêu này."))
    target.pledge.LIFE.admit(
        "submit_to_leader",
        target.pledge,
        who,
    )
    sent = _row_sent()
    if sent is None:
        return jsonify(error=_("Máy chủ không hiểu yêu cầu này. Dữ liệu không thay đổi.")), 400
    cells, version, tab, seq = sent
    reading = typed.read_row(target, cells.get)
    with catch_refusal(statuses=(409,)) as refusal:
        applied = entry.save_row(
            target,
            reading.entry,
            version=version,
            actor=who,
            at=at,
            tab=tab,
            seq=seq,
        )
    if refusal:
        is_closed = target.pledge.state not in entry.ENTERING
        if is_closed:
            keep_typed(typed.new_cells(target, cells.get), who, at)
        closed = {"closed": True} if is_closed else {}
        return jsonify(
            error=refusal.sentence,
            own=entry.last_by(target, who),
            **closed,
            **_row_said(target),
        ), 409
    answer = jsonify(
        applied=applied,
        errors=dict(reading.errors),
        suggestions=dict(reading.suggestions),
        at=f"{clock.local(at):%H:%M}",
        totals=sheet.totals(target.pledge),
        **_row_said(target),
    )
    return answer, 422 if reading.errors else 200


def _row_said(target: Target) -> dict[str, object]:
    """The row as it is stored now."""
    return {
        "ver": cells.token(target),
        "values": cells.shown(target, entry.entry_of(target)),
        "hamlets": {row.pid: [row.state, row.period] for row in sheet.item_rows(target)},
        "hints": [{"cell": cell, "said": said} for cell, said in sheet.hints(target)],
        "lower": sheet.is_lower(target),
        "assigned": format_number(target.assigned),
        "given": figure_words(target.assigned, target.criterion.is_yes_no),
    }


def _row_sent() -> tuple[dict[str, str], int, str, int] | None:
    """(cells, version, tab, sequence) of a well-formed request."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or not isinstance(body.get("cells"), dict):
        return None
    cells, tab, seq = body["cells"], body.get("tab"), body.get("seq")
    version = str(body.get("ver", "")).partition(".")[0]
    if not all(isinstance(name, str) and isinstance(text, str) for name, text in cells.items()):
        return None
    if (
        not isinstance(tab, str)
        or not 0 < len(tab) <= 40
        or type(seq) is not int
        or not 0 < seq < 2**31
    ):
        return None
    return (
        cells,
        version_from(version),
        tab,
        seq,
    )
