"""Somebody else holds the database for 30 seconds: 503, a sentence, the text kept; then the same
text goes in.
"""

from __future__ import annotations

import random
import sqlite3
import time

from tests.faults.flows import Save
from tests.faults.invariants import broken
from tests.faults.kills import Row
from tests.loopback import Browser, Office, Web

HELD = 30.0  # seconds


def locked(office: Office, held: float = HELD) -> Row:
    """A full save, asked again until the lock is gone: refused with 503 while it is held, then
    taken once.
    """
    row, web = Row(f"database locked {held:g} s"), Web(office)
    holder = sqlite3.connect(office.place / "pledge.sqlite", isolation_level=None)
    try:
        lan = Browser(web)
        sheet = f"/giao-uoc/{office.pledge}/nhap"
        page = lan.get(sheet)[1].decode()
        target = office.targets[0]
        version = page.split(f'name="ver-{target}" value="')[1].split('"')[0]
        holder.execute("BEGIN EXCLUSIVE")
        until = time.monotonic() + held
        while time.monotonic() < until:
            status, body = lan.send(sheet, {f"ver-{target}": version, f"goal-{target}": "987654"})
            text = body.decode()
            row.count += 1
            if status != 503 or "thử lại" not in text or "987654" not in text:
                row.broken.append(
                    f"I10 while locked: {status}, the text {'kept' if '987654' in text else 'lost'}"
                )
        holder.execute("ROLLBACK")
        status, _body = lan.send(sheet, {f"ver-{target}": version, f"goal-{target}": "987654"})
        if status != 303:
            row.broken.append(f"I7 after the lock: {status}")
    finally:
        holder.close()
        web.end()
    flow = Save(office, random.Random(0))
    flow.said[target] = ("987654", "987654")
    row.broken += [*flow.settle(), *broken(office)]
    return row
