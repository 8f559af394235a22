"""Every place where the program can be cut off is driven by `make faults`, or by the tests of
the restore.
"""

from __future__ import annotations

import re

from pledge_app.application import ROOT

NAMED = re.compile(r'crash\.point\(f?"([a-z_]+)')


def test_every_named_crash_point_is_driven() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("pledge_app", "migrations")
        for path in (ROOT / folder).rglob("*.py")
    )
    drivers = "".join(
        path.read_text(encoding="utf-8")
        for path in (
            *(ROOT / "tests" / "faults").glob("*.py"),
            ROOT / "tests" / "rooms" / "upkeep" / "test_restore.py",
        )
    )
    named = set(NAMED.findall(code))
    assert len(named) >= 12
    assert [name for name in sorted(named) if f'"{name}' not in drivers] == []
