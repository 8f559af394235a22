"""The trail seals papers, numbers, scans, marks, what was sent up and roles; the database keeps them.

What is there is sealed as it stands, marked as backfilled: of what happened before nothing is proved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from itertools import groupby
from typing import NamedTuple, TypeAlias

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns
from pledge_app.audit import triggers
from pledge_app.audit.resealing import append_seals
from pledge_app.audit.seals import NOTHING, digest_of_rows

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

Type: TypeAlias = "sa.types.TypeEngine[object]"



class Seal(NamedTuple):
    """As the rooms seal it when this migration was written. `is_conditional`: only of things that
    are fixed, and then also when there are no rows.
    """

    name: str
    subject: str
    of: str
    columns: str
    rows: str
    is_conditional: bool = False


SEALS = (
    Seal(
        "role_grant",
        "app_user",
        "role_grant",
        "pid, body_id, role, held_from, held_to",
        "app_user, role_grant WHERE role_grant.user_id = app_user.id",
    ),
    Seal(
        "envelope",
        "envelope",
        "envelope",
        "kind, short_code, template_version, content_sha256, frozen_at, subject_kind, "
        "subject_pid, body_ids, issuer_body_id",
        "envelope WHERE envelope.is_draft IS false",
    ),
    Seal(
        "document",
        "document",
        "document",
        "envelope_id, file_sha256, pages, rendered_at",
        "document WHERE document.file_sha256 IS NOT NULL",
    ),
    Seal(
        "document_number",
        "document",
        "document_number",
        "pid, body_id, number, symbol, dated, entered_by, entered_at, version, reason",
        "document, document_number WHERE document_number.document_id = document.id",
    ),
    Seal(
        "upload",
        "upload",
        "upload",
        "file_sha256, original_name, subject_kind, subject_pid, body_ids, pages, uploaded_by_id, "
        "uploaded_by_name, uploaded_at, confirmed_by_id, confirmed_by_name, confirmed_at, "
        "rejected_reason",
        "upload",
    ),
    Seal(
        "paper_wording",
        "paper_wording",
        "paper_wording",
        "kind, version, words, note, made_by, made_at",
        "paper_wording",
    ),
    Seal(
        "signing_round",
        "signing_round",
        "signing_round",
        "document_id, revision, state, opened_at, void_reason",
        "signing_round",
    ),
    Seal(
        "signing_step.who",
        "signing_round",
        "signing_step",
        "pid, position, cell_id, body_id, person_id, is_witness, body_name, person_name, title, "
        "authority",
        "signing_round, signing_step WHERE signing_step.round_id = signing_round.id",
    ),
    Seal(
        "signing_step",
        "signing_step",
        "signing_step",
        "state, reason, refused_by_holder",
        "signing_step WHERE signing_step.state != 'pending'",
    ),
    Seal(
        "signing_mark",
        "signing_step",
        "signing_mark",
        "pid, kind, by_id, by_name, as_body, at, day, how, upload_pid, receipt, withdrawn_at, "
        "withdrawn_by_id, withdrawn_by_name, withdrawn_reason",
        "signing_mark, signing_step WHERE signing_mark.step_id = signing_step.id",
    ),
    Seal(
        "pledge",
        "pledge",
        "pledge",
        "unit_id, body_id, emulation_year_id, cluster_id, state, round, amendments, "
        "signed_off_at, signed_off_by, signed_off_note, sent_at, sent_on, agreed_at",
        "pledge",
    ),
    Seal(
        "pledge_snapshot",
        "pledge",
        "pledge_snapshot",
        "round, content, content_sha256, taken_at",
        "pledge, pledge_snapshot WHERE pledge_snapshot.pledge_id = pledge.id",
    ),
    Seal(
        "target",
        "pledge",
        "target",
        "criterion_id, position, goal, reason_lower, measures",
        "pledge, target WHERE target.pledge_id = pledge.id",
        is_conditional=True,
    ),
    Seal(
        "target_goal",
        "pledge",
        "target_goal",
        "target_id, period_id, value",
        "pledge, target, target_goal WHERE target_goal.target_id = target.id AND target.pledge_id "
        "= pledge.id",
        is_conditional=True,
    ),
    Seal(
        "target_item",
        "pledge",
        "target_item",
        "target_id, item_id, position, name, state, period_id",
        "pledge, target, target_item WHERE target_item.target_id = target.id AND target.pledge_id "
        "= pledge.id",
        is_conditional=True,
    ),
    Seal(
        "pledge_campaign",
        "pledge",
        "pledge_campaign",
        "campaign_id, joins, objective",
        "pledge, pledge_campaign WHERE pledge_campaign.pledge_id = pledge.id",
        is_conditional=True,
    ),
    Seal(
        "title_registration",
        "pledge",
        "title_registration",
        "position, title, holder",
        "pledge, title_registration WHERE title_registration.pledge_id = pledge.id",
        is_conditional=True,
    ),
    Seal(
        "progress_report",
        "progress_report",
        "progress_report",
        "pledge_id, period_id, version, state, sent_at, sent_on, signed_off_by, confirmed_at",
        "progress_report",
    ),
    Seal(
        "progress_report.texts",
        "progress_report",
        "progress_report",
        "difficulties, proposals",
        "progress_report",
        is_conditional=True,
    ),
    Seal(
        "progress_line",
        "progress_report",
        "progress_line",
        "target_id, position, value, is_estimate, explanation",
        "progress_line, progress_report WHERE progress_line.report_id = progress_report.id",
        is_conditional=True,
    ),
    Seal(
        "progress_campaign",
        "progress_report",
        "progress_campaign",
        "campaign_id, done",
        "progress_campaign, progress_report WHERE progress_campaign.report_id = progress_report.id",
        is_conditional=True,
    ),
    Seal(
        "evidence",
        "progress_report",
        "evidence",
        "pid, target_id, campaign_id, original_name, size, received_sha256, file_sha256, "
        "preview_sha256, pages, added_by_id, added_by_name, added_at",
        "evidence, progress_report WHERE evidence.report_id = progress_report.id",
    ),
    Seal(
        "agreement",
        "agreement",
        "agreement",
        "cluster_id, emulation_year_id, version, replaces_id, lead_body_id, state, paper_date, "
        "document_id, frozen_at, signed_at, in_force_on, void_reason",
        "agreement",
    ),
    Seal(
        "party",
        "agreement",
        "party",
        "body_id, pledge_id, position, is_witness",
        "agreement, party WHERE party.agreement_id = agreement.id",
        is_conditional=True,
    ),
    Seal(
        "signatory",
        "agreement",
        "signatory",
        "party_id, position, body_id, person_id, name, title, authority",
        "agreement, party, signatory WHERE signatory.party_id = party.id AND party.agreement_id = "
        "agreement.id",
        is_conditional=True,
    ),
    Seal(
        "agreement_comment",
        "agreement",
        "agreement_comment",
        "pid, body_id, agrees, text, draft_sha256, by_name, at",
        "agreement, agreement_comment WHERE agreement_comment.agreement_id = agreement.id",
    ),
    Seal(
        "amendment",
        "amendment",
        "amendment",
        "agreement_id, target_id, state, old_goal, new_goal, hamlets, reason, proposed_by_id, "
        "proposed_by, proposed_at, commune_by_id, commune_by, commune_at, reviewer_by_id, "
        "reviewer_by, reviewer_at, answer",
        "amendment",
    ),
)
FIXED = {
    "pledge": "state IN ('sent', 'agreed', 'in_force', 'closed', 'discontinued')",
    "progress_report": "state IN ('sent', 'confirmed', 'superseded')",
    "agreement": "frozen_at IS NOT NULL",
}
TIMES = (
    "frozen_at rendered_at entered_at uploaded_at confirmed_at made_at opened_at at withdrawn_at "
    "signed_off_at sent_at agreed_at taken_at added_at signed_at proposed_at commune_at reviewer_at"
)
DAYS = "held_from held_to dated day sent_on paper_date in_force_on"
FLAGS = "is_witness refused_by_holder joins is_estimate agrees"
FIGURES = "goal value old_goal new_goal"
JSON = "body_ids words content hamlets"
TYPES: dict[str, Type] = {
    **dict.fromkeys(TIMES.split(), columns.UtcTime()),
    **dict.fromkeys(DAYS.split(), sa.Date()),
    **dict.fromkeys(FLAGS.split(), sa.Boolean()),
    **dict.fromkeys(FIGURES.split(), columns.Exact()),
    **dict.fromkeys(JSON.split(), columns.Plain),
}


def upgrade() -> None:
    op.add_column("trail_event", sa.Column("sealed", columns.Plain, nullable=True))
    connection = op.get_bind()
    append_seals(connection, _what_is_there(connection))
    for statement in triggers.evidence_of_deeds(connection.dialect.name):
        op.execute(statement)


def _what_is_there(connection: sa.Connection) -> dict[tuple[str, str], dict[str, str]]:
    seals: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one in SEALS:
        here = dict(_digests(connection, one))
        if one.is_conditional:
            chosen = f"SELECT pid FROM {one.subject} WHERE {FIXED[one.subject]}"
            fixed = connection.execute(sa.text(chosen)).scalars()
            here = {pid: here.get(pid, NOTHING) for pid in fixed}
        for pid, digest in here.items():
            seals[one.subject, pid][one.name] = digest
    return seals


def _digests(connection: sa.Connection, one: Seal) -> Iterator[tuple[str, str]]:
    """(public id, digest) of each thing that has rows."""
    names = one.columns.split(", ")
    values = ", ".join(f"{one.of}.{name} AS {name}" for name in names)
    chosen = sa.text(
        f"SELECT {one.subject}.pid AS thing, {one.of}.id AS row_id, {values} FROM {one.rows} "
        f"ORDER BY {one.subject}.pid, {one.of}.id"
    ).columns(**{name: TYPES[name] for name in names if name in TYPES})
    rows = connection.execute(chosen)
    for pid, group in groupby(rows, key=lambda row: str(row[0])):
        yield pid, digest_of_rows([row[1:] for row in group])
