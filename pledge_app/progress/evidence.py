"""Minh chứng: files on a report. They come and go until the report is sent; what was
sent is kept.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from pledge_app.accounts.queries import administrators_named
from pledge_app.audit.operations import record
from pledge_app.documents.intake import LARGEST
from pledge_app.documents.operations import keep_file
from pledge_app.documents.sandbox import inspect_with_preview_in_child
from pledge_app.documents.sentences import sentence
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import local, today
from pledge_app.kernel.errors import Conflict, DomainError, NotFound, Problem, check
from pledge_app.kernel.permission import reading
from pledge_app.kernel.text import clean_line
from pledge_app.papers.errors import PaperError
from pledge_app.papers.intake.inspection import LONGEST_NAME, Upload, safe_name
from pledge_app.pledges.models import Pledge, Target
from pledge_app.progress import queries
from pledge_app.progress.evidence_models import Evidence
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.operations import ENTERING, entering

MOST_FILES = 50
MOST_BYTES = 200 * 1024 * 1024  # of one report, as sent
MOST_OF_UNIT = 1024 * 1024 * 1024  # of all reports of one unit in one year
NAMELESS = "tệp"


@dataclass(frozen=True)
class Received:
    """A file that was looked at and may be kept: `upload.data` is the PDF, `preview` a JPEG of
    its first page.
    """

    upload: Upload
    preview: bytes
    name: str
    size: int
    sha256: str


def receive(data: bytes, name: str) -> Received:
    """Look at a file in the sandbox. Takes seconds and ends the transaction. Raises DomainError
    with a sentence, TextProblem for a name that nobody looks at.
    """
    check(
        len(data) <= LARGEST,
        _(
            "Tệp lớn hơn %(size)s MB nên không được nhận. Các tệp khác vẫn được giữ; hãy nén, "
            "chia nhỏ hoặc quét lại tệp này.",
            size=LARGEST // 1024**2,
        ),
        [_at_field()],
    )
    shown = shown_name(name)
    db.session.rollback()
    try:
        upload, preview = inspect_with_preview_in_child(data, name)
    except PaperError as refusal:
        reason = f"{shown}: {sentence(refusal)}"
        raise DomainError(reason, [Problem(reason, "file")]) from refusal
    return Received(
        upload,
        preview,
        shown,
        len(data),
        hashlib.sha256(data).hexdigest(),
    )


def shown_name(name: str) -> str:
    """The name a user gave, on one line, without signs that turn or hide letters. Browsers send
    a quote as %22.
    """
    return clean_line(safe_name(name[-LONGEST_NAME:].replace("%22", '"'))) or NAMELESS


def attach(
    report: ProgressReport,
    file: Received,
    *,
    pin: str,
    actor: Actor,
    at: datetime,
) -> Evidence:
    """Keep a file with the report. `pin`: "" for the whole report, "t-<line>" or "c-<campaign>"
    by public id.
    """
    report = _locked(report)
    entering(report, actor)
    target_id, campaign_id = _pinned(report, pin)
    _has_room(report, file)
    assert actor.user_id is not None
    evidence = Evidence(
        report_id=report.id,
        target_id=target_id,
        campaign_id=campaign_id,
        original_name=file.name,
        size=file.size,
        received_sha256=file.sha256,
        pages=file.upload.pages,
        file_sha256=keep_file(file.upload.data, file.upload.media_type, at=at).sha256,
        preview_sha256=keep_file(file.preview, "image/jpeg", at=at).sha256,
        added_by_id=actor.user_id,
        added_by_name=actor.name,
        added_at=at,
    )
    db.session.add(evidence)
    db.session.flush()
    record(
        "report.evidence_added",
        report,
        actor=actor,
        at=at,
        unit_id=report.pledge.unit_id,
        name=file.name,
        sha256=evidence.file_sha256,
    )
    return evidence


def remove(file: Evidence, *, actor: Actor, at: datetime) -> None:
    """Take a file away again. What the level above has been sent stays."""
    report = _locked(file.report)
    entering(report, actor)
    if not removable(file):
        raise Conflict(
            _("Tệp này đã gửi cấp trên cùng báo cáo nên được giữ lại. Có thể thêm tệp khác.")
        )
    db.session.delete(file)
    db.session.flush()
    record(
        "report.evidence_removed",
        report,
        actor=actor,
        at=at,
        unit_id=report.pledge.unit_id,
        name=file.original_name,
        sha256=file.file_sha256,
    )


def removable(file: Evidence) -> bool:
    """Not sent yet: the report is being entered, and the file came after the last sending."""
    report = file.report
    return report.state in ENTERING and (report.sent_at is None or file.added_at > report.sent_at)


def may_attach(report: ProgressReport, actor: Actor) -> bool:
    """Whether the page offers to add files."""
    return report.may("submit_to_leader", actor)


def pins(report: ProgressReport) -> list[tuple[str, str]]:
    """(value, words) of what a file can be pinned to."""
    rows = [("", _("Chung cho cả báo cáo"))]
    rows += [(f"c-{row.campaign.pid}", _("Kết quả đợt thi đua")) for row in report.campaigns]
    return rows + [
        (f"t-{line.pid}", f"{line.target.criterion.code}. {line.target.criterion.name}")
        for line in report.lines
    ]


def pinned_to(file: Evidence) -> str:
    """What a file proves, in words."""
    if file.target is not None:
        return f"{file.target.criterion.code}. {file.target.criterion.name}"
    return _("Kết quả đợt thi đua") if file.campaign_id is not None else _("Chung cho cả báo cáo")


def files_of(report: ProgressReport, *, seen_by: Actor) -> list[Evidence]:
    """The files of a report and of the versions that it corrects, the oldest first."""
    found = db.session.scalars(
        _files()
        .where(
            ProgressReport.pledge_id == report.pledge_id,
            ProgressReport.period_id == report.period_id,
            ProgressReport.version <= report.version,
        )
        .order_by(Evidence.id)
    )
    return [file for file in found if reads(file, seen_by)]


def reads(file: Evidence, actor: Actor) -> bool:
    """Whether the file is the actor's to read: while a commune answers a request, the level
    above has what was sent.
    """
    return queries.reads_sheet(file.report, actor) or (
        file.report.sent_at is not None and file.added_at <= file.report.sent_at
    )


@reading(_l("Xem minh chứng (cơ quan thẩm định: từ khi gửi)"))
def find_evidence(pid: str, *, seen_by: Actor) -> Evidence:
    """The file of a public id if the actor may see its report; raises NotFound."""
    file: Evidence | None = db.session.scalar(
        _files()
        .join(ProgressReport.pledge)
        .join(Pledge.cluster)
        .where(Evidence.pid == pid, queries.visible_to(seen_by))
    )
    if file is None or not reads(file, seen_by):
        raise NotFound(_("Không có tệp này, hoặc bạn không có quyền xem."))
    return file


def kept_elsewhere(report: ProgressReport, file: Received) -> Evidence | None:
    """The same bytes in another report of the same body: worth saying, not wrong."""
    evidence: Evidence | None = db.session.scalar(
        _files()
        .join(ProgressReport.pledge)
        .where(
            Pledge.body_id == report.pledge.body_id,
            ProgressReport.id != report.id,
            Evidence.received_sha256 == file.sha256,
        )
        .order_by(Evidence.id)
        .limit(1)
    )
    return evidence


def _files() -> Select[Evidence]:
    return (
        select(Evidence)
        .join(Evidence.report)
        .options(
            joinedload(Evidence.report),
            joinedload(Evidence.target).joinedload(Target.criterion),
        )
    )


def _locked(report: ProgressReport) -> ProgressReport:
    """The row as it stands now, held until the commit: two uploads at once do not pass the
    limits together.
    """
    return db.session.get_one(
        ProgressReport,
        report.id,
        with_for_update={"of": ProgressReport},
        populate_existing=True,
    )


def _pinned(report: ProgressReport, pin: str) -> tuple[int | None, int | None]:
    kind, _dash, pid = pin.partition("-")
    if not pin:
        return None, None
    for line in report.lines if kind == "t" else []:
        if line.pid == pid:
            return line.target_id, None
    for row in report.campaigns if kind == "c" else []:
        if row.campaign.pid == pid:
            return None, row.campaign_id
    reason = _("Hãy chọn lại nội dung mà tệp chứng minh.")
    raise DomainError(reason, [Problem(reason, "pin")])


def _has_room(report: ProgressReport, file: Received) -> None:
    same = db.session.scalar(
        select(Evidence).where(
            Evidence.report_id == report.id,
            Evidence.received_sha256 == file.sha256,
        )
    )
    if same is not None:
        reason = _(
            "%(name)s: nội dung trùng từng byte với tệp “%(old)s” đã có trong báo cáo này "
            "(%(who)s, %(day)s) nên không lưu thêm.",
            name=file.name,
            old=same.original_name,
            who=same.added_by_name,
            day=f"{local(same.added_at):%d/%m/%Y}",
        )
        raise DomainError(reason, [Problem(reason, "file")])
    count, size = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Evidence.size), 0)).where(
            Evidence.report_id == report.id
        )
    ).one()
    check(
        count < MOST_FILES,
        _(
            "Báo cáo đã có %(n)s tệp, là mức nhiều nhất. Hãy gỡ bớt hoặc ghép các tệp lại.",
            n=MOST_FILES,
        ),
        [_at_field()],
    )
    check(
        size + file.size <= MOST_BYTES,
        _(
            "Tổng dung lượng minh chứng của báo cáo tối đa %(size)s MB; thêm tệp này thì vượt. "
            "Các tệp đã có vẫn được giữ.",
            size=MOST_BYTES // 1024**2,
        ),
        [_at_field()],
    )
    _unit_has_room(report, file)


def _unit_has_room(report: ProgressReport, file: Received) -> None:
    """No unit fills the disk of all."""
    of_year = db.session.scalar(
        select(func.coalesce(func.sum(Evidence.size), 0))
        .join(Evidence.report)
        .where(ProgressReport.pledge_id == report.pledge_id)
    )
    check(
        (of_year or 0) + file.size <= MOST_OF_UNIT,
        _(
            "Minh chứng các báo cáo trong năm của đơn vị đã đến hạn mức %(size)s MB nên tệp này "
            "chưa được nhận. Các tệp đã có vẫn được giữ; hãy gỡ tệp chưa gửi không cần nữa, quét "
            "lại nhẹ hơn, hoặc hỏi người quản trị: %(who)s.",
            size=MOST_OF_UNIT // 1024**2,
            who=administrators_named(on=today()),
        ),
        [_at_field()],
    )


def _at_field() -> Problem:
    return Problem(_("Tệp minh chứng"), "file")
