"""A report that saves itself: each row of figures, and the texts, as JSON. The form itself works
without JavaScript.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.versions import overtaken, version_from
from pledge_app.progress import entry, operations, queries, texts
from pledge_app.progress.models import ProgressLine, ProgressReport
from pledge_app.web.application import SAVED_BYTES, takes_bytes
from pledge_app.web.kept_texts import keep_text
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("autosave", __name__)


@bp.post("/bao-cao-quy/<pid>/dong/<line_pid>")
@takes_bytes(SAVED_BYTES)
def save_line(pid: str, line_pid: str) -> ResponseReturnValue:
    """One row. 422: the cells named in `errors` were not saved, the others were. 409: somebody
    else saved the row (`values`), or the report is no longer being entered (`closed`, and the
    text is kept).
    """
    report = _entered(pid)
    line = next((row for row in report.lines if row.pid == line_pid), None)
    if line is None:
        raise NotFound(_("Không có chỉ tiêu này."))
    sent = _sent()
    if sent is None:
        return _not_understood()
    cells, version = sent
    if report.state not in operations.ENTERING:
        return _too_late(report, entry.new_cells(line, cells), _stored_row(line))
    read = entry.read_cells(line, cells)
    if read.entry != operations.LineEntry(line.value, line.is_estimate, line.explanation):
        with catch_refusal(statuses=(409,)) as refusal:
            operations.save_line(
                line,
                read.entry,
                version=version_from(version),
                actor=actor(),
                at=clock.now(),
            )
        if refusal:
            return jsonify(error=refusal.sentence, **_stored_row(line)), 409
        db.session.flush()
    return _saved(report, read.errors, {**_stored_row(line), "suggestions": dict(read.suggestions)})


@bp.post("/bao-cao-quy/<pid>/chu")
@takes_bytes(SAVED_BYTES)
def save_texts(pid: str) -> ResponseReturnValue:
    """What the campaign did, difficulties, proposals: answers as a row does."""
    report = _entered(pid)
    sent = _sent()
    if sent is None:
        return _not_understood()
    cells, token = sent
    read = texts.read_texts(report, cells)
    stored = texts.texts_shown(report)
    typed = texts.typed_texts(report, read)
    if report.state not in operations.ENTERING:
        changed = {
            _text_words(name): [text] for name, text in typed.items() if text != stored[name]
        }
        return _too_late(report, changed, _stored_texts(report))
    good = dict(typed)
    for name in read.wrong:
        good[name] = stored[name]
    if good != stored:
        if token != texts.texts_token(report):
            return jsonify(error=overtaken().sentence, **_stored_texts(report)), 409
        operations.save_texts(
            report,
            done={row.campaign_id: good[f"done-{row.campaign.pid}"] for row in report.campaigns},
            said={name: good[name] for name in texts.TEXTS},
            version=report.version_id,
            actor=actor(),
            at=clock.now(),
        )
        db.session.flush()
    return _saved(report, read.wrong, _stored_texts(report))


def _entered(pid: str) -> ProgressReport:
    """The report, for those who enter it: asked before what they typed is looked at."""
    report = queries.find_report(pid, seen_by=actor())
    report.LIFE.admit("submit_to_leader", report, actor())
    return report


def _sent() -> tuple[dict[str, str], str] | None:
    """(cells, version) of a well-formed request."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or not isinstance(body.get("cells"), dict):
        return None
    cells = body["cells"]
    if not all(isinstance(name, str) and isinstance(text, str) for name, text in cells.items()):
        return None
    return cells, str(body.get("ver", ""))[:20]


def _not_understood() -> ResponseReturnValue:
    return jsonify(error=_("Máy chủ không hiểu yêu cầu này. Dữ liệu không thay đổi.")), 400


def _too_late(
    report: ProgressReport,
    late: Mapping[str, list[str]],
    stored: Mapping[str, object],
) -> ResponseReturnValue:
    """The report went on meanwhile: the text is refused, and kept for its author alone."""
    who = actor()
    if late and who.user_id is not None:
        keep_text(who.user_id, request.path, late, at=clock.now())
    return jsonify(
        error=_(
            "Báo cáo đã trình hoặc đã gửi nên không nhập thêm được. Phần bạn vừa nhập đã được "
            "giữ lại."
        ),
        closed=bool(late),
        **stored,
    ), 409 if late else 200


def _saved(
    report: ProgressReport,
    errors: Mapping[str, str],
    stored: Mapping[str, object],
) -> ResponseReturnValue:
    totals = {
        "entered": sum(row.value is not None for row in report.lines),
        "all": len(report.lines),
    }
    answer = jsonify(
        applied=True,
        errors=dict(errors),
        at=f"{clock.local(clock.now()):%H:%M}",
        totals=totals,
        **stored,
    )
    return answer, 422 if errors else 200


def _stored_row(line: ProgressLine) -> dict[str, object]:
    return {"ver": str(line.version), "values": entry.shown(line)}


def _stored_texts(report: ProgressReport) -> dict[str, object]:
    return {"ver": texts.texts_token(report), "values": texts.texts_shown(report)}


def _text_words(name: str) -> str:
    """What a text is called; every other field is that of a campaign."""
    return str(texts.TEXT_WORDS.get(name, _("Kết quả đợt thi đua")))
