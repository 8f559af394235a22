"""A release's database, kept for the tests of later upgrades: `python -m
tests.tools.old_database DEMO.sqlite`.

Run it on a demo of the release that is being made; it writes
tests/migrations/old/<revision>.json.gz: {table: {"columns": [...], "rows": [[...]]}}, the values as
SQLite holds them (bytes as {"hex": "…"}).
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
from pathlib import Path

OLD = Path(__file__).parents[1] / "migrations" / "old"


def main(source: Path) -> Path:
    """Write what `source` holds; return the file."""
    connection = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "ORDER BY name"
        )
    ]
    kept = {}
    for name in names:
        rows = connection.execute(f'SELECT * FROM "{name}"')
        kept[name] = {
            "columns": [column[0] for column in rows.description],
            "rows": rows.fetchall(),
        }
    (revision,) = kept.pop("alembic_version")["rows"][0]
    target = OLD / f"{revision}.json.gz"
    text = json.dumps(kept, ensure_ascii=False, default=lambda value: {"hex": bytes(value).hex()})
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    return target


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
