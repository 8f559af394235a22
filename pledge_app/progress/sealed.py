"""What the trail seals of a report: its state always, what was sent up until it comes back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.checks import Sealed
from pledge_app.progress.evidence_models import Evidence
from pledge_app.progress.models import ProgressCampaign, ProgressLine, ProgressReport

FIXES = frozenset({"report.sent_up"})
OPENS = frozenset({"report.sent_back"})

REPORT = Sealed(
    ProgressReport,
    ProgressReport,
    (
        "pledge_id",
        "period_id",
        "version",
        "state",
        "sent_at",
        "sent_on",
        "signed_off_by",
        "confirmed_at",
    ),
    _l("trạng thái của báo cáo"),
)
TEXTS = Sealed(
    ProgressReport,
    ProgressReport,
    ("difficulties", "proposals"),
    _l("lời của báo cáo đã gửi"),
    by=FIXES,
    lifted_by=OPENS,
    suffix=".texts",
)
LINES = Sealed(
    ProgressReport,
    ProgressLine,
    ("target_id", "position", "value", "is_estimate", "explanation"),
    _l("số liệu báo cáo đã gửi"),
    (ProgressLine.report_id == ProgressReport.id,),
    by=FIXES,
    lifted_by=OPENS,
)
CAMPAIGNS = Sealed(
    ProgressReport,
    ProgressCampaign,
    ("campaign_id", "done"),
    _l("kết quả đợt thi đua đã gửi"),
    (ProgressCampaign.report_id == ProgressReport.id,),
    by=FIXES,
    lifted_by=OPENS,
)
EVIDENCE = Sealed(
    ProgressReport,
    Evidence,
    (
        "pid",
        "target_id",
        "campaign_id",
        "original_name",
        "size",
        "received_sha256",
        "file_sha256",
        "preview_sha256",
        "pages",
        "added_by_id",
        "added_by_name",
        "added_at",
    ),
    _l("minh chứng của báo cáo"),
    (Evidence.report_id == ProgressReport.id,),
    by=frozenset({"report.evidence_added", "report.evidence_removed"}),
    is_always_sealed=True,
)
ALL = (REPORT, TEXTS, LINES, CAMPAIGNS, EVIDENCE)
