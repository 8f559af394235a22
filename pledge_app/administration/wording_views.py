"""Mẫu văn bản: the fixed words of each kind of paper, previewed, kept in versions."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.accounts.current import actor, needs
from pledge_app.documents.models import Envelope
from pledge_app.documents.operations import frozen_content
from pledge_app.documents.parts import paragraphs
from pledge_app.documents.sandbox import render_in_child
from pledge_app.documents.sentences import sentence
from pledge_app.documents.wording import (
    Wording,
    faults,
    set_wording,
    versions,
    wording,
)
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Busy, NotFound, Problem
from pledge_app.kernel.text import LONGEST_LINE, clean_text
from pledge_app.papers.definition import Content, Paper
from pledge_app.papers.errors import PaperError
from pledge_app.papers.registry import every_paper
from pledge_app.tables.writing import disposition
from pledge_app.ui.forms import posted_version
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("wordings", __name__)
LONGEST = 6000
EXAMPLE = {
    "năm": "2023",
    "cơ quan": "Ủy ban nhân dân xã Hải Quang",
    "ký hiệu": "UBND",
    "kỳ": "quý I năm 2023",
    "cụm": "Vùng thi đua Quang Đông",
    "số bản": "06",
    "cơ quan thẩm định": "UBND huyện Hải Hậu",
    "nơi nhận": "Hội đồng Thi đua - Khen thưởng huyện Hải Hậu",
}
# A word of the template → the part of a frozen content that it became.
PARTS = {
    "purpose": "opening",
    "standards": "criteria_intro",
    "measures": "measures",
    "organisation": "organisation",
    "scoring": "scoring",
    "opening": "opening",
}


@bp.get("/quan-tri/mau-van-ban")
@needs(Role.ADMIN)
def index() -> ResponseReturnValue:
    """The kinds of paper and the version that each uses now."""
    return render_template(
        "administration/wordings.html",
        kinds=_names(),
        now={paper.kind: wording(paper) for paper in _worded()},
    )


@bp.route("/quan-tri/mau-van-ban/<kind>", methods=["GET", "POST"])
@needs(Role.ADMIN)
def edit(kind: str) -> ResponseReturnValue:
    """The words of one kind; saving makes the next version."""
    which = _kind(kind)
    if request.method == "GET":
        return _page(wording(which), wording(which).words)
    words, note = _typed(which), clean_text(request.form.get("note", ""), LONGEST_LINE)
    with catch_refusal() as refusal:
        made = set_wording(
            which,
            words,
            note=note,
            version=posted_version(),
            actor=actor(),
            at=clock.now(),
        )
    if refusal:
        return _page(
            wording(which),
            words,
            note,
            refusal.listed,
        ), 422
    flash(
        _(
            "Đã lưu phiên bản %(n)s. Văn bản lập từ nay dùng mẫu này; văn bản đã chốt không đổi.",
            n=made.version,
        )
    )
    return redirect(url_for("wordings.edit", kind=kind), 303)


@bp.get("/quan-tri/mau-van-ban/<kind>/ban/<int:version>")
@needs(Role.ADMIN)
def show(kind: str, version: int) -> ResponseReturnValue:
    """An earlier version: to read, or to take up again."""
    which = _kind(kind)
    found = wording(which, version)
    return render_template(
        "administration/wording_version.html",
        found=found,
        kinds=_names(),
        words=_labels(which),
        now=wording(which),
        rows=[row for row in versions(which) if row.version == version],
    )


@bp.post("/quan-tri/mau-van-ban/<kind>/xem-truoc")
@needs(Role.ADMIN)
def preview(kind: str) -> ResponseReturnValue:
    """The newest frozen paper of the kind with the typed words in it, as DỰ THẢO; nothing is
    kept.
    """
    which = _kind(kind)
    words = _typed(which)
    problems = tuple(faults(which, words))
    content = None if problems else _content(which)
    if content is None:
        said = problems or (
            Problem(
                _("Chưa có văn bản nào loại này để ghép vào xem trước. Xem câu chữ ở phần dưới.")
            ),
        )
        return _page(
            wording(which),
            words,
            request.form.get("note", "")[:300],
            said,
        ), 422
    filled = with_words(content, Wording(which, 0, words))
    db.session.rollback()  # rendering takes seconds: nobody waits for it
    try:
        paper = render_in_child(which.kind, filled)
    except PaperError as error:
        said = (Problem(sentence(error)),)
        if error.reason == "full":
            return (
                _page(
                    wording(which),
                    words,
                    "",
                    said,
                ),
                503,
                {"Retry-After": str(Busy.seconds)},
            )
        return _page(
            wording(which),
            words,
            "",
            said,
        ), 422
    answer = make_response(paper.pdf)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = disposition("inline", f"{which.name}.pdf")
    return answer


def with_words(content: Content, words: Wording) -> Content:
    """A frozen content as it would be with other words: DỰ THẢO, without code and address."""
    heading = dict(content["heading"])
    places = EXAMPLE | {"năm": str(content["year"]), "cơ quan": content["author"]}
    if "symbol" in words.words and heading["symbol"]:
        heading["symbol"] = words.filled("symbol", places)
    changed: dict[str, object] = {
        **content,
        "heading": heading,
        "draft": True,
        "short_code": "",
        "public_url": "",
        "type_name": words.filled("type_name", places),
    }
    for word in ("subject", "closing", "copies"):
        if word in words.words and words.words[word]:
            changed[word] = words.filled(word, places)
    for word, part in PARTS.items():
        if words.words.get(word):
            changed[part] = paragraphs(words.filled(word, places))
    return changed


def _content(paper: Paper) -> Content | None:
    envelope = db.session.scalar(
        select(Envelope).where(Envelope.kind == paper.kind).order_by(Envelope.id.desc()).limit(1)
    )
    return frozen_content(envelope) if envelope is not None else None


def _page(
    now: Wording,
    words: Mapping[str, str],
    note: str = "",
    problems: tuple[Problem, ...] = (),
) -> str:
    paper = now.paper
    labels = _labels(paper)
    shown = Wording(paper, now.version, words)
    return render_template(
        "administration/wording.html",
        kind=paper.kind,
        kinds=_names(),
        now=now,
        typed=words,
        note=note,
        problems=problems,
        words=labels,
        short=[name for name, word in paper.wording.items() if word.is_line],
        longest=LONGEST,
        places=[f"{{{one}}}" for one in paper.places],
        wrong={problem.anchor: problem.sentence for problem in problems},
        versions=versions(paper),
        example=[(labels[word], shown.filled(word, EXAMPLE)) for word in labels],
    )


def _typed(paper: Paper) -> dict[str, str]:
    return {word: clean_text(request.form.get(word, ""), LONGEST) for word in paper.wording}


def _worded() -> list[Paper]:
    """The papers that have words to be changed."""
    return [paper for paper in every_paper() if paper.wording]


def _names() -> dict[str, str]:
    return {paper.kind: _(paper.name) for paper in _worded()}


def _labels(paper: Paper) -> dict[str, str]:
    return {name: _(word.label) for name, word in paper.wording.items()}


def _kind(text: str) -> Paper:
    for paper in _worded():
        if paper.kind == text:
            return paper
    raise NotFound(_("Không có trang này."))
