"""begin"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pledge_app.audit.triggers import statements
from pledge_app.kernel import columns


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('criteria_set',
    sa.Column('name', columns.NfcText(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', columns.NfcText(), nullable=False),
    sa.Column('published_at', columns.UtcTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criteria_set')),
    sa.UniqueConstraint('name', 'version', name=op.f('uq_criteria_set_name_version')),
    sa.UniqueConstraint('pid', name=op.f('uq_criteria_set_pid'))
    )
    op.create_table('duty',
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('done_at', columns.UtcTime(), nullable=True),
    sa.Column('done_for', columns.NfcText(), nullable=False),
    sa.Column('error', columns.NfcText(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_duty'))
    )
    op.create_table('installation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('office_name', columns.NfcText(), nullable=False),
    sa.Column('business_date', sa.Date(), nullable=True),
    sa.CheckConstraint('id = 1', name=op.f('ck_installation_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_installation'))
    )
    op.create_table('job',
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('payload', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'leased', 'done', 'failed', name='job_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('run_after', columns.UtcTime(), nullable=False),
    sa.Column('lease_until', columns.UtcTime(), nullable=True),
    sa.Column('done_at', columns.UtcTime(), nullable=True),
    sa.Column('error', columns.NfcText(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('key', name=op.f('uq_job_key')),
    sa.UniqueConstraint('pid', name=op.f('uq_job_pid'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index('ix_job_due', ['state', 'run_after'], unique=False)

    op.create_table('kept_text',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('path', columns.NfcText(), nullable=False),
    sa.Column('fields', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('at', columns.UtcTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_text')),
    sa.UniqueConstraint('pid', name=op.f('uq_kept_text_pid'))
    )
    with op.batch_alter_table('kept_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_text_user_id'), ['user_id'], unique=False)

    op.create_table('legal_basis',
    sa.Column('citation', columns.NfcText(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('in_force_from', sa.Date(), nullable=False),
    sa.Column('in_force_to', sa.Date(), nullable=True),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.Column('note', columns.NfcText(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['legal_basis.id'], name=op.f('fk_legal_basis_replaced_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_legal_basis')),
    sa.UniqueConstraint('pid', name=op.f('uq_legal_basis_pid'))
    )
    op.create_table('login_throttle',
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('last_at', columns.UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_login_throttle'))
    )
    op.create_table('notice',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('sentence', columns.NfcText(), nullable=False),
    sa.Column('endpoint', columns.NfcText(), nullable=False),
    sa.Column('subject_pid', columns.NfcText(), nullable=False),
    sa.Column('at', columns.UtcTime(), nullable=False),
    sa.Column('read_at', columns.UtcTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('pid', name=op.f('uq_notice_pid'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_user_id'), ['user_id'], unique=False)

    op.create_table('person',
    sa.Column('name', columns.NfcText(), nullable=False),
    sa.Column('is_illustrative', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('pid', name=op.f('uq_person_pid'))
    )
    op.create_table('stored_file',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.String(length=64), nullable=False),
    sa.Column('stored_at', columns.UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_stored_file'))
    )
    op.create_table('trail_event',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', columns.UtcTime(), nullable=False),
    sa.Column('verb', sa.String(length=64), nullable=False),
    sa.Column('subject_kind', sa.String(length=32), nullable=False),
    sa.Column('subject_pid', sa.String(length=22), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', columns.NfcText(), nullable=False),
    sa.Column('actor_role', columns.NfcText(), nullable=False),
    sa.Column('data', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_trail_event')),
    sa.UniqueConstraint('digest', name=op.f('uq_trail_event_digest'))
    )
    with op.batch_alter_table('trail_event', schema=None) as batch_op:
        batch_op.create_index('ix_trail_event_subject', ['subject_kind', 'subject_pid'], unique=False)
        batch_op.create_index(batch_op.f('ix_trail_event_unit_id'), ['unit_id'], unique=False)

    op.create_table('trail_head',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_trail_head_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trail_head'))
    )
    op.create_table('unit',
    sa.Column('level', sa.Enum('province', 'district', 'commune', 'hamlet', name='unit_level', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('exists_from', sa.Date(), nullable=True),
    sa.Column('exists_to', sa.Date(), nullable=True),
    sa.Column('source', columns.NfcText(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit')),
    sa.UniqueConstraint('pid', name=op.f('uq_unit_pid'))
    )
    op.create_table('app_user',
    sa.Column('username', columns.NfcText(), nullable=False),
    sa.Column('name', columns.NfcText(), nullable=False),
    sa.Column('email', columns.NfcText(), nullable=False),
    sa.Column('password_hash', sa.String(length=255), nullable=True),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('demo_part', sa.String(length=32), nullable=True),
    sa.Column('disabled_at', columns.UtcTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_app_user_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_app_user')),
    sa.UniqueConstraint('demo_part', name=op.f('uq_app_user_demo_part')),
    sa.UniqueConstraint('pid', name=op.f('uq_app_user_pid')),
    sa.UniqueConstraint('username', name=op.f('uq_app_user_username'))
    )
    op.create_table('body',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('ubnd', 'mttq', 'party', 'council', 'emulation_council', 'union', name='body_kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('name', columns.NfcText(), nullable=False),
    sa.Column('full_name', columns.NfcText(), nullable=False),
    sa.Column('superior_name', columns.NfcText(), nullable=False),
    sa.Column('symbol', columns.NfcText(), nullable=False),
    sa.Column('place', columns.NfcText(), nullable=False),
    sa.Column('exists_from', sa.Date(), nullable=True),
    sa.Column('exists_to', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_body_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_body')),
    sa.UniqueConstraint('pid', name=op.f('uq_body_pid'))
    )
    with op.batch_alter_table('body', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_body_unit_id'), ['unit_id'], unique=False)

    op.create_table('criterion',
    sa.Column('criteria_set_id', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('name', columns.NfcText(), nullable=False),
    sa.Column('is_group', sa.Boolean(), nullable=False),
    sa.Column('unit_of_measure', columns.NfcText(), nullable=False),
    sa.Column('kind', sa.Enum('number', 'percent', 'yes_no', 'counted_rows', name='value_kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('direction', sa.Enum('higher', 'lower', 'keep_zero', 'yes_no', name='direction', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('cadence', sa.Enum('cumulative', 'state', name='cadence', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('max_points', columns.Exact(), nullable=True),
    sa.Column('is_illustrative', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['criteria_set_id'], ['criteria_set.id'], name=op.f('fk_criterion_criteria_set_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['criterion.id'], name=op.f('fk_criterion_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion')),
    sa.UniqueConstraint('criteria_set_id', 'code', name=op.f('uq_criterion_criteria_set_id_code')),
    sa.UniqueConstraint('pid', name=op.f('uq_criterion_pid'))
    )
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_criterion_criteria_set_id'), ['criteria_set_id'], unique=False)

    op.create_table('succession',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('predecessor_id', sa.Integer(), nullable=False),
    sa.Column('successor_id', sa.Integer(), nullable=False),
    sa.Column('on_date', sa.Date(), nullable=False),
    sa.Column('basis', columns.NfcText(), nullable=False),
    sa.ForeignKeyConstraint(['predecessor_id'], ['unit.id'], name=op.f('fk_succession_predecessor_id')),
    sa.ForeignKeyConstraint(['successor_id'], ['unit.id'], name=op.f('fk_succession_successor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_succession')),
    sa.UniqueConstraint('predecessor_id', 'successor_id', 'on_date', name=op.f('uq_succession_predecessor_id_successor_id_on_date'))
    )
    with op.batch_alter_table('succession', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_succession_predecessor_id'), ['predecessor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_succession_successor_id'), ['successor_id'], unique=False)

    op.create_table('unit_name',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('name', columns.NfcText(), nullable=False),
    sa.Column('code', sa.String(length=16), nullable=True),
    sa.Column('search_key', columns.NfcText(), nullable=False),
    sa.Column('sort_key', columns.NfcText(), nullable=False),
    sa.Column('used_from', sa.Date(), nullable=True),
    sa.Column('used_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_name_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_name'))
    )
    with op.batch_alter_table('unit_name', schema=None) as batch_op:
        batch_op.create_index('ix_unit_name_code', ['code'], unique=False)
        batch_op.create_index('ix_unit_name_search', ['search_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_unit_name_unit_id'), ['unit_id'], unique=False)

    op.create_table('unit_parent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=False),
    sa.Column('used_from', sa.Date(), nullable=True),
    sa.Column('used_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['parent_id'], ['unit.id'], name=op.f('fk_unit_parent_parent_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_parent_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_parent'))
    )
    with op.batch_alter_table('unit_parent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_parent_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_unit_parent_unit_id'), ['unit_id'], unique=False)

    op.create_table('upload',
    sa.Column('file_sha256', sa.String(length=64), nullable=False),
    sa.Column('original_name', columns.NfcText(), nullable=False),
    sa.Column('subject_kind', sa.String(length=32), nullable=False),
    sa.Column('subject_pid', sa.String(length=22), nullable=False),
    sa.Column('body_ids', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('low_resolution', sa.Boolean(), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=False),
    sa.Column('uploaded_by_name', columns.NfcText(), nullable=False),
    sa.Column('uploaded_at', columns.UtcTime(), nullable=False),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_by_name', columns.NfcText(), nullable=False),
    sa.Column('confirmed_at', columns.UtcTime(), nullable=True),
    sa.Column('rejected_reason', columns.NfcText(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['file_sha256'], ['stored_file.sha256'], name=op.f('fk_upload_file_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload')),
    sa.UniqueConstraint('pid', name=op.f('uq_upload_pid'))
    )
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_upload_subject_pid'), ['subject_pid'], unique=False)

    op.create_table('cluster',
    sa.Column('name', columns.NfcText(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('line', sa.Enum('ubnd', 'mttq', name='line', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('issuer_body_id', sa.Integer(), nullable=False),
    sa.Column('reviewer_body_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.CheckConstraint('year BETWEEN 1948 AND 2200', name=op.f('ck_cluster_year')),
    sa.ForeignKeyConstraint(['issuer_body_id'], ['body.id'], name=op.f('fk_cluster_issuer_body_id')),
    sa.ForeignKeyConstraint(['reviewer_body_id'], ['body.id'], name=op.f('fk_cluster_reviewer_body_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cluster')),
    sa.UniqueConstraint('pid', name=op.f('uq_cluster_pid'))
    )
    with op.batch_alter_table('cluster', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cluster_reviewer_body_id'), ['reviewer_body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cluster_year'), ['year'], unique=False)

    op.create_table('commemoration',
    sa.Column('name', columns.NfcText(), nullable=False),
    sa.Column('day', sa.Integer(), nullable=True),
    sa.Column('month', sa.Integer(), nullable=True),
    sa.Column('founding_year', sa.Integer(), nullable=True),
    sa.Column('usual_quarter', sa.Integer(), nullable=True),
    sa.Column('shows_count', sa.Boolean(), nullable=False),
    sa.Column('place', columns.NfcText(), nullable=False),
    sa.Column('certainty', sa.String(length=16), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_commemoration_body_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commemoration')),
    sa.UniqueConstraint('pid', name=op.f('uq_commemoration_pid'))
    )
    op.create_table('emulation_year',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('line', sa.Enum('ubnd', 'mttq', name='line', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('issuer_body_id', sa.Integer(), nullable=False),
    sa.Column('criteria_set_id', sa.Integer(), nullable=True),
    sa.Column('guidance_number', columns.NfcText(), nullable=False),
    sa.Column('guidance_date', sa.Date(), nullable=True),
    sa.Column('guidance_title', columns.NfcText(), nullable=False),
    sa.Column('pledge_due_on', sa.Date(), nullable=True),
    sa.Column('agreement_due_on', sa.Date(), nullable=True),
    sa.Column('opens_days_before', sa.Integer(), nullable=False),
    sa.Column('approve_word', columns.NfcText(), nullable=False),
    sa.Column('is_illustrative', sa.Boolean(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['criteria_set_id'], ['criteria_set.id'], name=op.f('fk_emulation_year_criteria_set_id')),
    sa.ForeignKeyConstraint(['issuer_body_id'], ['body.id'], name=op.f('fk_emulation_year_issuer_body_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emulation_year')),
    sa.UniqueConstraint('pid', name=op.f('uq_emulation_year_pid')),
    sa.UniqueConstraint('year', 'line', 'issuer_body_id', name=op.f('uq_emulation_year_year_line_issuer_body_id'))
    )
    with op.batch_alter_table('emulation_year', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_emulation_year_year'), ['year'], unique=False)

    op.create_table('envelope',
    sa.Column('kind', sa.Enum('registration', 'agreement', 'minutes', 'quarter_report', name='paper_kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('short_code', sa.String(length=16), nullable=False),
    sa.Column('template_version', sa.Integer(), nullable=False),
    sa.Column('content_json', columns.NfcText(), nullable=False),
    sa.Column('content_sha256', sa.String(length=64), nullable=False),
    sa.Column('is_draft', sa.Boolean(), nullable=False),
    sa.Column('frozen_at', columns.UtcTime(), nullable=False),
    sa.Column('subject_kind', sa.String(length=32), nullable=False),
    sa.Column('subject_pid', sa.String(length=22), nullable=False),
    sa.Column('body_ids', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('issuer_body_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['issuer_body_id'], ['body.id'], name=op.f('fk_envelope_issuer_body_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_envelope')),
    sa.UniqueConstraint('pid', name=op.f('uq_envelope_pid')),
    sa.UniqueConstraint('short_code', name=op.f('uq_envelope_short_code'))
    )
    with op.batch_alter_table('envelope', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_envelope_content_sha256'), ['content_sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_envelope_subject_pid'), ['subject_pid'], unique=False)

    op.create_table('login_session',
    sa.Column('token_sha256', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('begun_at', columns.UtcTime(), nullable=False),
    sa.Column('seen_at', columns.UtcTime(), nullable=False),
    sa.Column('ended_at', columns.UtcTime(), nullable=True),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('browser', sa.String(length=200), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], name=op.f('fk_login_session_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_session')),
    sa.UniqueConstraint('pid', name=op.f('uq_login_session_pid')),
    sa.UniqueConstraint('token_sha256', name=op.f('uq_login_session_token_sha256'))
    )
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_login_session_user_id'), ['user_id'], unique=False)

    op.create_table('office_holding',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('title', columns.NfcText(), nullable=False),
    sa.Column('authority', sa.Enum('TM.', 'Q.', 'KT.', 'TL.', 'TUQ.', '', name='authority', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('held_from', sa.Date(), nullable=False),
    sa.Column('held_to', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_office_holding_body_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_office_holding_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office_holding')),
    sa.UniqueConstraint('pid', name=op.f('uq_office_holding_pid'))
    )
    with op.batch_alter_table('office_holding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_office_holding_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_office_holding_person_id'), ['person_id'], unique=False)

    op.create_table('role_grant',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('clerk', 'leader', 'records', 'reviewer', 'admin', 'auditor', name='role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('held_from', sa.Date(), nullable=False),
    sa.Column('held_to', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_role_grant_body_id')),
    sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], name=op.f('fk_role_grant_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant')),
    sa.UniqueConstraint('pid', name=op.f('uq_role_grant_pid'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grant_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_grant_user_id'), ['user_id'], unique=False)

    op.create_table('assigned_figure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('emulation_year_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('value', columns.Exact(), nullable=False),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_assigned_figure_criterion_id')),
    sa.ForeignKeyConstraint(['emulation_year_id'], ['emulation_year.id'], name=op.f('fk_assigned_figure_emulation_year_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_assigned_figure_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assigned_figure')),
    sa.UniqueConstraint('emulation_year_id', 'unit_id', 'criterion_id', name=op.f('uq_assigned_figure_emulation_year_id_unit_id_criterion_id'))
    )
    with op.batch_alter_table('assigned_figure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assigned_figure_emulation_year_id'), ['emulation_year_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assigned_figure_unit_id'), ['unit_id'], unique=False)

    op.create_table('campaign',
    sa.Column('emulation_year_id', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.Integer(), nullable=False),
    sa.Column('theme', columns.NfcText(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('contents', columns.NfcText(), nullable=False),
    sa.Column('report_due_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.CheckConstraint('quarter BETWEEN 1 AND 4', name=op.f('ck_campaign_quarter')),
    sa.ForeignKeyConstraint(['emulation_year_id'], ['emulation_year.id'], name=op.f('fk_campaign_emulation_year_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign')),
    sa.UniqueConstraint('emulation_year_id', 'quarter', name=op.f('uq_campaign_emulation_year_id_quarter')),
    sa.UniqueConstraint('pid', name=op.f('uq_campaign_pid'))
    )
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_emulation_year_id'), ['emulation_year_id'], unique=False)

    op.create_table('cluster_lead',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cluster_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('lead', 'deputy', name='lead_kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('basis', columns.NfcText(), nullable=False),
    sa.Column('held_from', sa.Date(), nullable=False),
    sa.Column('held_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_cluster_lead_body_id')),
    sa.ForeignKeyConstraint(['cluster_id'], ['cluster.id'], name=op.f('fk_cluster_lead_cluster_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_cluster_lead_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cluster_lead'))
    )
    with op.batch_alter_table('cluster_lead', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cluster_lead_cluster_id'), ['cluster_id'], unique=False)

    op.create_table('cluster_membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cluster_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_cluster_membership_body_id')),
    sa.ForeignKeyConstraint(['cluster_id'], ['cluster.id'], name=op.f('fk_cluster_membership_cluster_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cluster_membership')),
    sa.UniqueConstraint('cluster_id', 'body_id', name=op.f('uq_cluster_membership_cluster_id_body_id'))
    )
    with op.batch_alter_table('cluster_membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cluster_membership_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cluster_membership_cluster_id'), ['cluster_id'], unique=False)

    op.create_table('delegation',
    sa.Column('holding_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('authority', sa.Enum('TM.', 'Q.', 'KT.', 'TL.', 'TUQ.', '', name='authority', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('basis', columns.NfcText(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['delegate_id'], ['person.id'], name=op.f('fk_delegation_delegate_id')),
    sa.ForeignKeyConstraint(['holding_id'], ['office_holding.id'], name=op.f('fk_delegation_holding_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegation')),
    sa.UniqueConstraint('pid', name=op.f('uq_delegation_pid'))
    )
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delegation_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegation_holding_id'), ['holding_id'], unique=False)

    op.create_table('document',
    sa.Column('envelope_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('rendering', 'ready', 'failed', name='render_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('file_sha256', sa.String(length=64), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('cells', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('rendered_at', columns.UtcTime(), nullable=True),
    sa.Column('error', columns.NfcText(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['envelope_id'], ['envelope.id'], name=op.f('fk_document_envelope_id')),
    sa.ForeignKeyConstraint(['file_sha256'], ['stored_file.sha256'], name=op.f('fk_document_file_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('envelope_id', name=op.f('uq_document_envelope_id')),
    sa.UniqueConstraint('pid', name=op.f('uq_document_pid'))
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_file_sha256'), ['file_sha256'], unique=False)

    op.create_table('pledge',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('emulation_year_id', sa.Integer(), nullable=False),
    sa.Column('cluster_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'with_leader', 'sent', 'returned', 'agreed', 'in_force', 'closed', name='pledge_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('on_behalf', sa.Boolean(), nullable=False),
    sa.Column('author_ids', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('is_illustrative', sa.Boolean(), nullable=False),
    sa.Column('resolution', columns.NfcText(), nullable=False),
    sa.Column('signed_off_at', columns.UtcTime(), nullable=True),
    sa.Column('signed_off_by', columns.NfcText(), nullable=False),
    sa.Column('signed_off_note', columns.NfcText(), nullable=False),
    sa.Column('own_number', sa.Integer(), nullable=True),
    sa.Column('own_date', sa.Date(), nullable=True),
    sa.Column('sent_at', columns.UtcTime(), nullable=True),
    sa.Column('review_begun_at', columns.UtcTime(), nullable=True),
    sa.Column('agreed_at', columns.UtcTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_pledge_body_id')),
    sa.ForeignKeyConstraint(['cluster_id'], ['cluster.id'], name=op.f('fk_pledge_cluster_id')),
    sa.ForeignKeyConstraint(['emulation_year_id'], ['emulation_year.id'], name=op.f('fk_pledge_emulation_year_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_pledge_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pledge')),
    sa.UniqueConstraint('emulation_year_id', 'body_id', name=op.f('uq_pledge_emulation_year_id_body_id')),
    sa.UniqueConstraint('pid', name=op.f('uq_pledge_pid'))
    )
    with op.batch_alter_table('pledge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pledge_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pledge_cluster_id'), ['cluster_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pledge_emulation_year_id'), ['emulation_year_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pledge_unit_id'), ['unit_id'], unique=False)

    op.create_table('agreement',
    sa.Column('cluster_id', sa.Integer(), nullable=False),
    sa.Column('emulation_year_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('lead_body_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'rendering', 'awaiting', 'signed', 'replaced', 'void', name='agreement_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('is_illustrative', sa.Boolean(), nullable=False),
    sa.Column('paper_date', sa.Date(), nullable=False),
    sa.Column('place', columns.NfcText(), nullable=False),
    sa.Column('purpose', columns.NfcText(), nullable=False),
    sa.Column('standards', columns.NfcText(), nullable=False),
    sa.Column('measures', columns.NfcText(), nullable=False),
    sa.Column('organisation', columns.NfcText(), nullable=False),
    sa.Column('copies', columns.NfcText(), nullable=False),
    sa.Column('recipients', columns.NfcText(), nullable=False),
    sa.Column('symbol', columns.NfcText(), nullable=False),
    sa.Column('show_qr', sa.Boolean(), nullable=False),
    sa.Column('circulated_at', columns.UtcTime(), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('preview_id', sa.Integer(), nullable=True),
    sa.Column('frozen_at', columns.UtcTime(), nullable=True),
    sa.Column('signed_at', columns.UtcTime(), nullable=True),
    sa.Column('void_reason', columns.NfcText(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['cluster_id'], ['cluster.id'], name=op.f('fk_agreement_cluster_id')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_agreement_document_id')),
    sa.ForeignKeyConstraint(['emulation_year_id'], ['emulation_year.id'], name=op.f('fk_agreement_emulation_year_id')),
    sa.ForeignKeyConstraint(['lead_body_id'], ['body.id'], name=op.f('fk_agreement_lead_body_id')),
    sa.ForeignKeyConstraint(['preview_id'], ['document.id'], name=op.f('fk_agreement_preview_id')),
    sa.ForeignKeyConstraint(['replaces_id'], ['agreement.id'], name=op.f('fk_agreement_replaces_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement')),
    sa.UniqueConstraint('cluster_id', 'version', name=op.f('uq_agreement_cluster_id_version')),
    sa.UniqueConstraint('pid', name=op.f('uq_agreement_pid'))
    )
    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreement_cluster_id'), ['cluster_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agreement_emulation_year_id'), ['emulation_year_id'], unique=False)

    op.create_table('campaign_anniversary',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('names', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('founding_year', sa.Integer(), nullable=True),
    sa.Column('is_spring', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_anniversary_campaign_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_anniversary'))
    )
    with op.batch_alter_table('campaign_anniversary', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_anniversary_campaign_id'), ['campaign_id'], unique=False)

    op.create_table('document_number',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('symbol', columns.NfcText(), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('entered_by', columns.NfcText(), nullable=False),
    sa.Column('entered_at', columns.UtcTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_document_number_number')),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_document_number_body_id')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_number_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_number')),
    sa.UniqueConstraint('document_id', 'body_id', name=op.f('uq_document_number_document_id_body_id')),
    sa.UniqueConstraint('pid', name=op.f('uq_document_number_pid'))
    )
    with op.batch_alter_table('document_number', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_number_document_id'), ['document_id'], unique=False)

    op.create_table('pledge_campaign',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('joins', sa.Boolean(), nullable=False),
    sa.Column('objective', columns.NfcText(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_pledge_campaign_campaign_id')),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledge.id'], name=op.f('fk_pledge_campaign_pledge_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pledge_campaign')),
    sa.UniqueConstraint('pledge_id', 'campaign_id', name=op.f('uq_pledge_campaign_pledge_id_campaign_id'))
    )
    with op.batch_alter_table('pledge_campaign', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pledge_campaign_pledge_id'), ['pledge_id'], unique=False)

    op.create_table('pledge_snapshot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('content_sha256', sa.String(length=64), nullable=False),
    sa.Column('taken_at', columns.UtcTime(), nullable=False),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledge.id'], name=op.f('fk_pledge_snapshot_pledge_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pledge_snapshot')),
    sa.UniqueConstraint('pledge_id', 'round', name=op.f('uq_pledge_snapshot_pledge_id_round'))
    )
    with op.batch_alter_table('pledge_snapshot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pledge_snapshot_pledge_id'), ['pledge_id'], unique=False)

    op.create_table('progress_report',
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'with_leader', 'sent', 'returned', 'confirmed', 'superseded', name='report_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('opened_at', columns.UtcTime(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('author_ids', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('is_illustrative', sa.Boolean(), nullable=False),
    sa.Column('difficulties', columns.NfcText(), nullable=False),
    sa.Column('proposals', columns.NfcText(), nullable=False),
    sa.Column('sent_at', columns.UtcTime(), nullable=True),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('signed_off_by', columns.NfcText(), nullable=False),
    sa.Column('confirmed_at', columns.UtcTime(), nullable=True),
    sa.Column('return_reason', columns.NfcText(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.CheckConstraint('quarter BETWEEN 1 AND 4', name=op.f('ck_progress_report_quarter')),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledge.id'], name=op.f('fk_progress_report_pledge_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_progress_report')),
    sa.UniqueConstraint('pid', name=op.f('uq_progress_report_pid')),
    sa.UniqueConstraint('pledge_id', 'quarter', 'version', name=op.f('uq_progress_report_pledge_id_quarter_version'))
    )
    with op.batch_alter_table('progress_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_progress_report_pledge_id'), ['pledge_id'], unique=False)

    op.create_table('signing_round',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'complete', 'void', name='round_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('opened_at', columns.UtcTime(), nullable=False),
    sa.Column('completed_at', columns.UtcTime(), nullable=True),
    sa.Column('scan_confirmed_at', columns.UtcTime(), nullable=True),
    sa.Column('void_reason', columns.NfcText(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_signing_round_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_round')),
    sa.UniqueConstraint('document_id', 'revision', name=op.f('uq_signing_round_document_id_revision')),
    sa.UniqueConstraint('pid', name=op.f('uq_signing_round_pid'))
    )
    with op.batch_alter_table('signing_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signing_round_document_id'), ['document_id'], unique=False)

    op.create_table('target',
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('assigned', columns.Exact(), nullable=True),
    sa.Column('baseline', columns.Exact(), nullable=True),
    sa.Column('goal', columns.Exact(), nullable=True),
    sa.Column('q1', columns.Exact(), nullable=True),
    sa.Column('q2', columns.Exact(), nullable=True),
    sa.Column('q3', columns.Exact(), nullable=True),
    sa.Column('q4', columns.Exact(), nullable=True),
    sa.Column('reason_lower', columns.NfcText(), nullable=False),
    sa.Column('measures', columns.NfcText(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_target_criterion_id')),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledge.id'], name=op.f('fk_target_pledge_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_target')),
    sa.UniqueConstraint('pid', name=op.f('uq_target_pid')),
    sa.UniqueConstraint('pledge_id', 'criterion_id', name=op.f('uq_target_pledge_id_criterion_id'))
    )
    with op.batch_alter_table('target', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_target_pledge_id'), ['pledge_id'], unique=False)

    op.create_table('title_registration',
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', columns.NfcText(), nullable=False),
    sa.Column('holder', columns.NfcText(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledge.id'], name=op.f('fk_title_registration_pledge_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_title_registration')),
    sa.UniqueConstraint('pid', name=op.f('uq_title_registration_pid'))
    )
    with op.batch_alter_table('title_registration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_title_registration_pledge_id'), ['pledge_id'], unique=False)

    op.create_table('addition_request',
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=True),
    sa.Column('reason', columns.NfcText(), nullable=False),
    sa.Column('asked_by', columns.NfcText(), nullable=False),
    sa.Column('asked_at', columns.UtcTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.CheckConstraint('length(reason) > 0', name=op.f('ck_addition_request_reason')),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledge.id'], name=op.f('fk_addition_request_pledge_id')),
    sa.ForeignKeyConstraint(['target_id'], ['target.id'], name=op.f('fk_addition_request_target_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_addition_request')),
    sa.UniqueConstraint('pid', name=op.f('uq_addition_request_pid'))
    )
    with op.batch_alter_table('addition_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_addition_request_pledge_id'), ['pledge_id'], unique=False)

    op.create_table('agreement_basis',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agreement_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('legal_basis_id', sa.Integer(), nullable=True),
    sa.Column('text', columns.NfcText(), nullable=False),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_agreement_basis_agreement_id')),
    sa.ForeignKeyConstraint(['legal_basis_id'], ['legal_basis.id'], name=op.f('fk_agreement_basis_legal_basis_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement_basis'))
    )
    with op.batch_alter_table('agreement_basis', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreement_basis_agreement_id'), ['agreement_id'], unique=False)

    op.create_table('agreement_comment',
    sa.Column('agreement_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('agrees', sa.Boolean(), nullable=False),
    sa.Column('text', columns.NfcText(), nullable=False),
    sa.Column('draft_sha256', columns.NfcText(), nullable=False),
    sa.Column('by_name', columns.NfcText(), nullable=False),
    sa.Column('at', columns.UtcTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_agreement_comment_agreement_id')),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_agreement_comment_body_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement_comment')),
    sa.UniqueConstraint('pid', name=op.f('uq_agreement_comment_pid'))
    )
    with op.batch_alter_table('agreement_comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreement_comment_agreement_id'), ['agreement_id'], unique=False)

    op.create_table('cell_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('tab', sa.String(length=40), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('values', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('user_name', columns.NfcText(), nullable=False),
    sa.Column('at', columns.UtcTime(), nullable=False),
    sa.ForeignKeyConstraint(['target_id'], ['target.id'], name=op.f('fk_cell_revision_target_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cell_revision'))
    )
    with op.batch_alter_table('cell_revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cell_revision_target_id'), ['target_id'], unique=False)

    op.create_table('meeting',
    sa.Column('agreement_id', sa.Integer(), nullable=False),
    sa.Column('place', columns.NfcText(), nullable=False),
    sa.Column('on_date', sa.Date(), nullable=False),
    sa.Column('begins', columns.NfcText(), nullable=False),
    sa.Column('ends', columns.NfcText(), nullable=False),
    sa.Column('agenda', columns.NfcText(), nullable=False),
    sa.Column('proceedings', columns.NfcText(), nullable=False),
    sa.Column('votes_for', sa.Integer(), nullable=False),
    sa.Column('votes_against', sa.Integer(), nullable=False),
    sa.Column('chair_name', columns.NfcText(), nullable=False),
    sa.Column('secretary_name', columns.NfcText(), nullable=False),
    sa.Column('next_lead_body_id', sa.Integer(), nullable=True),
    sa.Column('next_deputy_body_id', sa.Integer(), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.CheckConstraint('votes_for >= 0 AND votes_against >= 0', name=op.f('ck_meeting_votes')),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_meeting_agreement_id')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_meeting_document_id')),
    sa.ForeignKeyConstraint(['next_deputy_body_id'], ['body.id'], name=op.f('fk_meeting_next_deputy_body_id')),
    sa.ForeignKeyConstraint(['next_lead_body_id'], ['body.id'], name=op.f('fk_meeting_next_lead_body_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('agreement_id', name=op.f('uq_meeting_agreement_id')),
    sa.UniqueConstraint('pid', name=op.f('uq_meeting_pid'))
    )
    op.create_table('party',
    sa.Column('agreement_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('pledge_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_witness', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_party_agreement_id')),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_party_body_id')),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledge.id'], name=op.f('fk_party_pledge_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_party')),
    sa.UniqueConstraint('agreement_id', 'body_id', name=op.f('uq_party_agreement_id_body_id')),
    sa.UniqueConstraint('pid', name=op.f('uq_party_pid'))
    )
    with op.batch_alter_table('party', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_party_agreement_id'), ['agreement_id'], unique=False)

    op.create_table('progress_campaign',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('done', columns.NfcText(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_progress_campaign_campaign_id')),
    sa.ForeignKeyConstraint(['report_id'], ['progress_report.id'], name=op.f('fk_progress_campaign_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_progress_campaign')),
    sa.UniqueConstraint('report_id', 'campaign_id', name=op.f('uq_progress_campaign_report_id_campaign_id'))
    )
    with op.batch_alter_table('progress_campaign', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_progress_campaign_report_id'), ['report_id'], unique=False)

    op.create_table('progress_line',
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('value', columns.Exact(), nullable=True),
    sa.Column('is_estimate', sa.Boolean(), nullable=False),
    sa.Column('explanation', columns.NfcText(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['progress_report.id'], name=op.f('fk_progress_line_report_id')),
    sa.ForeignKeyConstraint(['target_id'], ['target.id'], name=op.f('fk_progress_line_target_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_progress_line')),
    sa.UniqueConstraint('pid', name=op.f('uq_progress_line_pid')),
    sa.UniqueConstraint('report_id', 'target_id', name=op.f('uq_progress_line_report_id_target_id'))
    )
    with op.batch_alter_table('progress_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_progress_line_report_id'), ['report_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_progress_line_target_id'), ['target_id'], unique=False)

    op.create_table('signing_step',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('cell_id', sa.String(length=32), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('is_witness', sa.Boolean(), nullable=False),
    sa.Column('body_name', columns.NfcText(), nullable=False),
    sa.Column('person_name', columns.NfcText(), nullable=False),
    sa.Column('title', columns.NfcText(), nullable=False),
    sa.Column('authority', sa.String(length=8), nullable=False),
    sa.Column('state', sa.Enum('pending', 'signed', 'refused', 'absent', name='step_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('confirmed_at', columns.UtcTime(), nullable=True),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('receipt', columns.NfcText(), nullable=False),
    sa.Column('signed_on_paper_on', sa.Date(), nullable=True),
    sa.Column('on_scan_at', columns.UtcTime(), nullable=True),
    sa.Column('reason', columns.NfcText(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_signing_step_body_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_signing_step_person_id')),
    sa.ForeignKeyConstraint(['round_id'], ['signing_round.id'], name=op.f('fk_signing_step_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_step')),
    sa.UniqueConstraint('pid', name=op.f('uq_signing_step_pid')),
    sa.UniqueConstraint('round_id', 'position', name=op.f('uq_signing_step_round_id_position'))
    )
    with op.batch_alter_table('signing_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signing_step_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_signing_step_round_id'), ['round_id'], unique=False)

    op.create_table('target_hamlet',
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', columns.NfcText(), nullable=False),
    sa.Column('state', sa.Enum('reached', 'nearly', 'not_reached', name='row_state', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('quarter', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['target_id'], ['target.id'], name=op.f('fk_target_hamlet_target_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_target_hamlet_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_target_hamlet')),
    sa.UniqueConstraint('pid', name=op.f('uq_target_hamlet_pid')),
    sa.UniqueConstraint('target_id', 'unit_id', name=op.f('uq_target_hamlet_target_id_unit_id'))
    )
    with op.batch_alter_table('target_hamlet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_target_hamlet_target_id'), ['target_id'], unique=False)

    op.create_table('attendee',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', columns.NfcText(), nullable=False),
    sa.Column('office', columns.NfcText(), nullable=False),
    sa.Column('party_title', columns.NfcText(), nullable=False),
    sa.Column('attendance', sa.Enum('present', 'absent', 'refused', 'witness', 'guest', name='attendance', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('note', columns.NfcText(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attendee_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendee'))
    )
    with op.batch_alter_table('attendee', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendee_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('signatory',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('holding_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('name', columns.NfcText(), nullable=False),
    sa.Column('title', columns.NfcText(), nullable=False),
    sa.Column('authority', sa.Enum('TM.', 'Q.', 'KT.', 'TL.', 'TUQ.', '', name='authority', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pid', sa.String(length=22), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_signatory_body_id')),
    sa.ForeignKeyConstraint(['holding_id'], ['office_holding.id'], name=op.f('fk_signatory_holding_id')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_signatory_party_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_signatory_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signatory')),
    sa.UniqueConstraint('pid', name=op.f('uq_signatory_pid'))
    )
    with op.batch_alter_table('signatory', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signatory_party_id'), ['party_id'], unique=False)

    for statement in statements(op.get_bind().dialect.name):
        op.execute(statement)
