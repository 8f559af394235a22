"""SQL that makes rows append-only. The migration installs it; it must follow every table
rebuild.
"""

from __future__ import annotations

from collections.abc import Sequence

GUARDED = ("trail_event", "envelope")
"""The tables that the first migration guards; later ones ask `append_only` for theirs."""


def statements(dialect: str) -> list[str]:
    """CREATE TRIGGER statements for `dialect` ("sqlite" or "postgresql")."""
    return _sqlite() if dialect == "sqlite" else _postgresql()


def append_only(table: str, dialect: str) -> list[str]:
    """CREATE TRIGGER statements: a row of this table, once written, stays."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for act in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    ]


def _sqlite() -> list[str]:
    made = [statement for table in GUARDED for statement in append_only(table, "sqlite")]
    made.append(
        "CREATE TRIGGER installation_kind BEFORE UPDATE OF is_demo ON installation "
        "WHEN NEW.is_demo IS NOT OLD.is_demo "
        "BEGIN SELECT RAISE(ABORT, 'a demo never becomes a real database'); END"
    )
    return made


def _postgresql() -> list[str]:
    made = [
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    ]
    made += [statement for table in GUARDED for statement in append_only(table, "postgresql")]
    made.append(
        "CREATE TRIGGER installation_kind BEFORE UPDATE ON installation FOR EACH ROW "
        "WHEN (NEW.is_demo IS DISTINCT FROM OLD.is_demo) EXECUTE FUNCTION refuse_change()"
    )
    return made


# Which indicator a row measures is no part of what was published: it may be put right later.
NOT_PUBLISHED = {"indicator_id"}


def published_criteria(dialect: str, columns: Sequence[str] = ()) -> list[str]:
    """CREATE TRIGGER statements: a published set of criteria and its rows are never changed.

    `columns`: those of `criterion`, without NOT_PUBLISHED; none: the whole row, as before there
    were indicators.
    """
    of = f" OF {', '.join(columns)}" if columns else ""
    return _published_sqlite(of) if dialect == "sqlite" else _published_postgresql(of)


def unguard_published_criteria(dialect: str) -> list[str]:
    """DROP statements for what `published_criteria` made: before its tables are rebuilt."""
    if dialect == "sqlite":
        names = ["criteria_set_no_update", "criteria_set_no_delete"]
        names += [f"criterion_no_{act}" for act in ("insert", "update", "delete")]
        return [f"DROP TRIGGER {name}" for name in names]
    return [
        "DROP TRIGGER criteria_set_published ON criteria_set",
        "DROP TRIGGER criterion_published ON criterion",
        "DROP FUNCTION refuse_published_criterion()",
    ]


def ending_criteria(dialect: str, fixed: Sequence[str]) -> list[str]:
    """Statements, after `published_criteria`: of a published set only its end may be written, and
    that once. `fixed`: the columns of `criteria_set` that are never changed.
    """
    of = f" OF {', '.join(fixed)}"
    if dialect == "sqlite":
        return [
            "DROP TRIGGER criteria_set_no_update",
            _SET_SQLITE.format(act="update", of=of),
            "CREATE TRIGGER criteria_set_no_return BEFORE UPDATE ON criteria_set WHEN OLD.ended_on "
            "IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a set that ended is never changed'); END",
        ]
    return [
        "DROP TRIGGER criteria_set_published ON criteria_set",
        f"CREATE TRIGGER criteria_set_published BEFORE UPDATE{of} OR DELETE ON criteria_set "
        "FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER criteria_set_no_return BEFORE UPDATE ON criteria_set "
        "FOR EACH ROW WHEN (OLD.ended_on IS NOT NULL) EXECUTE FUNCTION refuse_change()",
    ]


_SET_SQLITE = (
    "CREATE TRIGGER criteria_set_no_{act} BEFORE {act}{of} ON criteria_set WHEN "
    "OLD.published_at IS NOT NULL BEGIN "
    "SELECT RAISE(ABORT, 'a published set of criteria is never changed'); END"
)
_CRITERION_SQLITE = (
    "CREATE TRIGGER criterion_no_{act} BEFORE {act}{of} ON criterion WHEN EXISTS "
    "(SELECT 1 FROM criteria_set WHERE id = {row}.criteria_set_id AND published_at IS NOT NULL) "
    "BEGIN SELECT RAISE(ABORT, 'a published set of criteria is never changed'); END"
)


def _published_sqlite(of: str) -> list[str]:
    of_sets = [_SET_SQLITE.format(act=act, of="") for act in ("update", "delete")]
    rows = (("insert", "", "NEW"), ("update", of, "OLD"), ("delete", "", "OLD"))
    return of_sets + [
        _CRITERION_SQLITE.format(
            act=act,
            of=columns,
            row=row,
        )
        for act, columns, row in rows
    ]


def _published_postgresql(of: str) -> list[str]:
    return [
        "CREATE FUNCTION refuse_published_criterion() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE touched integer; BEGIN "
        "IF TG_OP = 'INSERT' THEN touched := NEW.criteria_set_id; "
        "ELSE touched := OLD.criteria_set_id; END IF; "
        "IF EXISTS (SELECT 1 FROM criteria_set WHERE id = touched AND published_at IS NOT NULL) "
        "THEN RAISE EXCEPTION 'a published set of criteria is never changed'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER criterion_published BEFORE INSERT OR UPDATE{of} OR DELETE ON criterion "
        "FOR EACH ROW EXECUTE FUNCTION refuse_published_criterion()",
        "CREATE TRIGGER criteria_set_published BEFORE UPDATE OR DELETE ON criteria_set "
        "FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION refuse_change()",
    ]


_MARK_OF = (
    "id",
    "pid",
    "step_id",
    "kind",
    "by_id",
    "by_name",
    "as_body",
    "at",
    "day",
    "how",
    "upload_pid",
    "receipt",
)
"""The columns of a mark that nobody changes; it is only withdrawn, once."""


def signing_marks(dialect: str) -> list[str]:
    """CREATE TRIGGER statements: a mark of a signature is never erased, and withdrawn once."""
    sqlite = dialect == "sqlite"
    differs = "IS NOT" if sqlite else "IS DISTINCT FROM"
    changed = [f"NEW.{name} {differs} OLD.{name}" for name in _MARK_OF]
    refused = " OR ".join(["OLD.withdrawn_at IS NOT NULL", "NEW.withdrawn_at IS NULL", *changed])
    if sqlite:
        abort = "BEGIN SELECT RAISE(ABORT, 'signing_mark is append-only'); END"
        return [
            f"CREATE TRIGGER signing_mark_no_delete BEFORE DELETE ON signing_mark {abort}",
            f"CREATE TRIGGER signing_mark_no_update BEFORE UPDATE ON signing_mark WHEN {refused} "
            f"{abort}",
        ]
    return [
        "CREATE TRIGGER signing_mark_no_delete BEFORE DELETE ON signing_mark FOR EACH ROW "
        "EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER signing_mark_no_update BEFORE UPDATE ON signing_mark FOR EACH ROW WHEN "
        f"({refused}) EXECUTE FUNCTION refuse_change()",
    ]


_KEPT = {
    "document": ("id", "pid", "envelope_id"),
    "upload": (
        "id",
        "pid",
        "file_sha256",
        "original_name",
        "subject_kind",
        "subject_pid",
        "body_ids",
        "pages",
        "low_resolution",
        "uploaded_by_id",
        "uploaded_by_name",
        "uploaded_at",
    ),
    "signing_round": ("id", "pid", "document_id", "revision", "opened_at"),
    "signing_step": (
        "id",
        "pid",
        "round_id",
        "position",
        "cell_id",
        "body_id",
        "person_id",
        "is_witness",
        "body_name",
        "person_name",
        "title",
        "authority",
    ),
    "amendment": (
        "id",
        "pid",
        "agreement_id",
        "target_id",
        "new_goal",
        "reason",
        "proposed_by_id",
        "proposed_by",
        "proposed_at",
    ),
}
"""The columns of rows that are never deleted, in which no verb ever writes a second time."""
_WRITTEN_ONCE = {"document": ("file_sha256", "pages", "rendered_at")}
"""Columns that are filled later, once."""
_APPEND_ONLY = (
    "pledge_snapshot",
    "document_number",
    "document_word",
    "stored_file",
    "paper_wording",
    "agreement_comment",
)


def evidence_of_deeds(dialect: str) -> list[str]:
    """CREATE TRIGGER statements: papers, scans, numbers, signing steps, what was sent and what was
    said of it are never deleted, and changed only where a verb does. A migration that rebuilds one
    of these tables on SQLite makes its triggers again (`kept_rows`, `append_only`).
    """
    made = [row for table in _APPEND_ONLY for row in append_only(table, dialect)]
    return made + [row for table in _KEPT for row in kept_rows(table, dialect)]


def kept_rows(table: str, dialect: str) -> list[str]:
    """CREATE TRIGGER statements for one table of rows that stay, whose fixed columns stay too."""
    sqlite = dialect == "sqlite"
    differs = "IS NOT" if sqlite else "IS DISTINCT FROM"
    # PostgreSQL compares no JSON
    cast = "" if sqlite else "::text"
    changed = [f"NEW.{name}{cast} {differs} OLD.{name}{cast}" for name in _KEPT[table]]
    changed += [
        f"(OLD.{name} IS NOT NULL AND NEW.{name} {differs} OLD.{name})"
        for name in _WRITTEN_ONCE.get(table, ())
    ]
    refused = " OR ".join(changed)
    names = (f"{table}_no_delete", f"{table}_no_update")
    if sqlite:
        abort = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        return [
            f"CREATE TRIGGER {names[0]} BEFORE DELETE ON {table} {abort}",
            f"CREATE TRIGGER {names[1]} BEFORE UPDATE ON {table} WHEN {refused} {abort}",
        ]
    return [
        f"CREATE TRIGGER {names[0]} BEFORE DELETE ON {table} FOR EACH ROW "
        "EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {names[1]} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({refused}) "
        "EXECUTE FUNCTION refuse_change()",
    ]
