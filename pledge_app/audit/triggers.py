"""SQL that makes rows append-only. The migration installs it; it must follow every table rebuild."""

from __future__ import annotations

GUARDED = {"trail_event": "UPDATE DELETE", "envelope": "UPDATE DELETE"}


def statements(dialect: str) -> list[str]:
    """CREATE TRIGGER statements for `dialect` ("sqlite" or "postgresql")."""
    return _sqlite() if dialect == "sqlite" else _postgresql()


def _sqlite() -> list[str]:
    made = []
    for table, acts in GUARDED.items():
        for act in acts.split():
            made.append(f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")
    made.append("CREATE TRIGGER installation_kind BEFORE UPDATE OF is_demo ON installation "
                "WHEN NEW.is_demo IS NOT OLD.is_demo "
                "BEGIN SELECT RAISE(ABORT, 'a demo never becomes a real database'); END")
    return made


def _postgresql() -> list[str]:
    made = ["CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"]
    for table, acts in GUARDED.items():
        made.append(f"CREATE TRIGGER {table}_append_only BEFORE {' OR '.join(acts.split())} ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION refuse_change()")
    made.append("CREATE TRIGGER installation_kind BEFORE UPDATE ON installation FOR EACH ROW "
                "WHEN (NEW.is_demo IS DISTINCT FROM OLD.is_demo) EXECUTE FUNCTION refuse_change()")
    return made
