"""What was altered, in SQL, and the checks that find it; `:pledge` …: `whole_year.Year`."""

from __future__ import annotations

OF_PLEDGE = "(SELECT id FROM pledge WHERE pid = :pledge)"
OF_REPORT = "(SELECT id FROM progress_report WHERE pid = :report)"
OF_AGREEMENT = "(SELECT id FROM agreement WHERE pid = :agreement)"
OF_PAPER = "(SELECT id FROM document WHERE pid = :paper)"
ROUND = f"(SELECT document_id FROM agreement WHERE id = {OF_AGREEMENT})"
ANOTHER_FILE = "(SELECT max(sha256) FROM stored_file WHERE media_type <> 'application/pdf')"
NOW = "'2023-03-01 00:00:00'"
OTHER_PAPER = (
    "SELECT 'x{n}', kind, '{n}', template_version, content_json, content_sha256, is_draft, "
    "frozen_at, subject_kind, subject_pid, body_ids, issuer_body_id FROM envelope LIMIT 1"
)
ENVELOPE = (
    "INSERT INTO envelope (pid, kind, short_code, template_version, content_json, content_sha256, "
    "is_draft, frozen_at, subject_kind, subject_pid, body_ids, issuer_body_id) "
)

PAPERS = [
    (
        "another PDF named as the paper",
        f"UPDATE document SET file_sha256 = {ANOTHER_FILE} WHERE pid = :paper",
        {"document.rendered", "document"},
    ),
    (
        "a paper deleted",
        f"DELETE FROM document WHERE id = {OF_PAPER}",
        {"document.lost", "document"},
    ),
    (
        "a paper without its file",
        "UPDATE document SET file_sha256 = NULL WHERE pid = :paper",
        {"document.lost", "document"},
    ),
    (
        "a paper said to be rendered earlier",
        f"UPDATE document SET rendered_at = {NOW} WHERE pid = :paper",
        {"document"},
    ),
    (
        "a frozen content edited",
        "UPDATE envelope SET content_json = replace(content_json, '2023', '2024')",
        {"envelope.content"},
    ),
    (
        "a frozen content deleted with its paper",
        "DELETE FROM envelope WHERE subject_pid = :pledge",
        {"envelope"},
    ),
    ("a frozen content made a preview", "UPDATE envelope SET is_draft = TRUE", {"envelope"}),
    (
        "a frozen content given to another body",
        "UPDATE envelope SET body_ids = '[999]'",
        {"envelope"},
    ),
    ("a frozen content of nobody added", ENVELOPE + OTHER_PAPER.format(n="X"), {"envelope"}),
    (
        "another file as a revision",
        f"UPDATE document_revision SET sha256 = {ANOTHER_FILE} WHERE document_id = {OF_PAPER}",
        {"document.revisions"},
    ),
    (
        "another DOCX",
        "UPDATE document_revision SET docx_sha256 = sha256 WHERE docx_sha256 IS NOT NULL",
        {"document.revisions"},
    ),
    (
        "the revision of a scan deleted",
        "DELETE FROM document_revision WHERE kind = 'scan'",
        {"document.revisions"},
    ),
    (
        "a revision added",
        "INSERT INTO document_revision (document_id, n, kind, sha256, made_at) "
        f"SELECT document_id, n + 1, 'scan', sha256, {NOW} FROM document_revision "
        f"WHERE document_id = {OF_PAPER}",
        {"document.revisions"},
    ),
    (
        "a number changed",
        "UPDATE document_number SET number = '60' WHERE version = 2",
        {"document_number"},
    ),
    (
        "a number dated back",
        "UPDATE document_number SET dated = '2022-12-31'",
        {"document_number"},
    ),
    (
        "a corrected number deleted",
        "DELETE FROM document_number WHERE version = 1",
        {"document_number"},
    ),
    (
        "a number given to a paper that has none",
        "INSERT INTO document_number (pid, document_id, body_id, number, symbol, dated, "
        "entered_by, entered_at, version, reason) SELECT 'forged', "
        f"{ROUND}, body_id, '77', symbol, dated, entered_by, entered_at, 1, '' "
        "FROM document_number WHERE version = 1",
        {"document_number"},
    ),
    (
        "a scan exchanged",
        f"UPDATE upload SET file_sha256 = {ANOTHER_FILE}",
        {"upload"},
    ),
    (
        "a scan confirmed by somebody else",
        "UPDATE upload SET confirmed_by_name = 'Ông Khác'",
        {"upload"},
    ),
    ("a scan deleted", "DELETE FROM upload", {"upload"}),
    (
        "the wording of a kind of paper changed",
        "UPDATE paper_wording SET words = '{}'",
        {"paper_wording"},
    ),
    ("a file said to be of another size", "UPDATE stored_file SET size = 1", {"stored_file"}),
]
SIGNATURES = [
    (
        "a signature taken away",
        "UPDATE signing_step SET state = 'pending'",
        {"signing_step", "signing_step.marks"},
    ),
    (
        "a refusal made of a signature",
        "UPDATE signing_step SET state = 'refused', reason = 'Không đồng ý'",
        {"signing_step", "signing_step.marks"},
    ),
    ("a mark deleted", "DELETE FROM signing_mark WHERE kind = 'ink'", {"signing_mark"}),
    (
        "a mark made by somebody else",
        "UPDATE signing_mark SET by_name = 'Ông Khác' WHERE kind = 'scan'",
        {"signing_mark"},
    ),
    (
        "a signature dated back",
        "UPDATE signing_mark SET day = '2022-12-31' WHERE kind = 'ink'",
        {"signing_mark"},
    ),
    (
        "a mistake made a signature again",
        "UPDATE signing_mark SET kind = 'confirmation', withdrawn_at = NULL "
        "WHERE withdrawn_at IS NOT NULL",
        {"signing_mark"},
    ),
    (
        "a mark added",
        "INSERT INTO signing_mark (pid, step_id, kind, by_name, as_body, at, upload_pid, receipt, "
        "withdrawn_by_name, withdrawn_reason) "
        "SELECT 'x' || step_id, step_id, 'confirmation', by_name, as_body, at, '', '', '', '' "
        "FROM signing_mark WHERE kind = 'ink' AND step_id NOT IN "
        "(SELECT step_id FROM signing_mark WHERE kind = 'confirmation') AND withdrawn_at IS NULL",
        {"signing_mark"},
    ),
    (
        "a receipt exchanged",
        "UPDATE signing_mark SET receipt = '0123456789abcdef' WHERE kind = 'confirmation'",
        {"receipt", "signing_mark"},
    ),
    (
        "somebody else named as signatory",
        "UPDATE signing_step SET person_name = 'Ông Khác'",
        {"signing_step.who"},
    ),
    (
        "a signatory dropped",
        "DELETE FROM signing_step WHERE position = 2",
        {"signing_step.who"},
    ),
    (
        "a round opened again",
        "UPDATE signing_round SET state = 'open'",
        {"signing_round"},
    ),
    (
        "a round moved to another paper",
        f"UPDATE signing_round SET document_id = {OF_PAPER}",
        {"signing_round"},
    ),
    (
        "an agreement in force earlier",
        "UPDATE agreement SET in_force_on = '2022-01-01'",
        {"agreement"},
    ),
    (
        "an agreement with another paper",
        f"UPDATE agreement SET document_id = {OF_PAPER}",
        {"agreement"},
    ),
    (
        "a party dropped",
        "DELETE FROM party WHERE position = 2",
        {"party"},
    ),
    ("a party's signatory renamed", "UPDATE signatory SET name = 'Ông Khác'", {"signatory"}),
    (
        "a no made a yes",
        "UPDATE agreement_comment SET agrees = TRUE, text = ''",
        {"agreement_comment"},
    ),
    ("a comment deleted", "DELETE FROM agreement_comment", {"agreement_comment"}),
    (
        "a consent forged",
        "UPDATE amendment SET state = 'applied', commune_by = 'Ông Hùng'",
        {"amendment"},
    ),
    ("a proposal deleted", "DELETE FROM amendment", {"amendment"}),
]
FIGURES = [
    (
        "a snapshot edited with its digest",
        "UPDATE pledge_snapshot SET content = '{}', content_sha256 = 'x'",
        {"pledge_snapshot"},
    ),
    ("a snapshot deleted", "DELETE FROM pledge_snapshot", {"pledge_snapshot"}),
    ("goals in force ten times as high", "UPDATE target SET goal = goal * 10", {"target"}),
    ("a measure reworded", "UPDATE target SET measures = 'Khác'", {"target"}),
    (
        "a target dropped",
        "DELETE FROM target WHERE position = (SELECT max(position) FROM target)",
        {"target"},
    ),
    (
        "a goal of a quarter added",
        "INSERT INTO target_goal (target_id, period_id, value) SELECT target.id, period.id, 1 "
        f"FROM target, period WHERE target.pledge_id = {OF_PLEDGE} "
        "AND period.id NOT IN (SELECT period_id FROM target_goal "
        "WHERE target_goal.target_id = target.id)",
        {"target_goal"},
    ),
    ("a hamlet's state", "UPDATE target_item SET state = 'nearly'", {"target_item"}),
    (
        "a campaign left",
        f"UPDATE pledge_campaign SET joins = FALSE WHERE pledge_id = {OF_PLEDGE}",
        {"pledge_campaign"},
    ),
    (
        "a title added",
        "INSERT INTO title_registration (pid, pledge_id, position, title, holder) "
        f"VALUES ('forged', {OF_PLEDGE}, 9, 'Cờ thi đua', '')",
        {"title_registration"},
    ),
    ("the state of a pledge", "UPDATE pledge SET state = 'draft'", {"pledge"}),
    (
        "a pledge signed off by somebody else",
        "UPDATE pledge SET signed_off_by = 'Ông Khác, Chủ tịch'",
        {"pledge"},
    ),
    (
        "a confirmed figure",
        f"UPDATE progress_line SET value = 99990000 WHERE report_id = {OF_REPORT}",
        {"progress_line"},
    ),
    (
        "an estimate made a fact",
        f"UPDATE progress_line SET is_estimate = NOT is_estimate WHERE report_id = {OF_REPORT}",
        {"progress_line"},
    ),
    (
        "what was done for a campaign",
        f"UPDATE progress_campaign SET done = 'Khác' WHERE report_id = {OF_REPORT}",
        {"progress_campaign"},
    ),
    (
        "the words of a report",
        "UPDATE progress_report SET proposals = 'Khác' WHERE pid = :report",
        {"progress_report.texts"},
    ),
    (
        "a confirmed report opened again",
        "UPDATE progress_report SET state = 'open' WHERE pid = :report",
        {"progress_report"},
    ),
    (
        "a late report made one in time",
        "UPDATE progress_report SET sent_on = '2023-01-01' WHERE pid = :report",
        {"progress_report"},
    ),
    (
        "an evidence exchanged",
        "UPDATE evidence SET file_sha256 = preview_sha256",
        {"evidence"},
    ),
    ("an evidence deleted", "DELETE FROM evidence", {"evidence"}),
    (
        "a login made administrator",
        "UPDATE role_grant SET role = 'admin' WHERE held_to IS NOT NULL",
        {"role_grant"},
    ),
    (
        "a role made lasting",
        "UPDATE role_grant SET held_to = NULL",
        {"role_grant"},
    ),
]
TRAIL = [
    (
        "an event edited",
        "UPDATE trail_event SET actor_name = 'Ai đó' WHERE seq = 5",
        {"trail"},
    ),
    ("an event removed", "DELETE FROM trail_event WHERE seq = 5", {"trail"}),
    (
        "what an event seals edited",
        "UPDATE trail_event SET sealed = NULL WHERE seq = 5",
        {"trail"},
    ),
    ("the head moved", "UPDATE trail_head SET seq = seq - 1", {"trail"}),
    (
        "the last 20 events cut and the head moved",
        "DELETE FROM trail_event WHERE seq > (SELECT seq - 20 FROM trail_head); "
        "UPDATE trail_head SET seq = (SELECT max(seq) FROM trail_event), "
        "digest = (SELECT digest FROM trail_event ORDER BY seq DESC LIMIT 1)",
        {"anchor.kept"},
    ),
]
ALTERED = PAPERS + SIGNATURES + FIGURES + TRAIL
