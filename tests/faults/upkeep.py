"""Upgrade, backup and restore are cut off at each of their points; the same command again brings
them to their end.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flask_migrate import upgrade

from pledge_app.upkeep import backup, restore
from pledge_app.upkeep.upgrade import revision
from tests.faults.invariants import broken, head
from tests.faults.kills import Row
from tests.loopback import Office, start
from tests.migrations.olden import MIGRATIONS, OLD, Kept, fill, read

BACKUP_POINTS = ("backup_snapshot", "backup_written")
RESTORE_POINTS = ("restore_copied", "restore_moved", "restore_ends")
STEPS = [
    path.name[:4] for path in sorted((Path(MIGRATIONS) / "versions").glob("[0-9]*.py"))[1:]
]  # after the first release
UPGRADE_POINTS = (
    "backup_snapshot",
    "upgrade_begins",
    *(f"migrated_{step}" for step in STEPS),
    "upgrade_done",
)
PATIENCE = 300.0  # seconds
CUT = 137


def at_points(office: Office, place: Path) -> Iterator[Row]:
    """Each point of each command. `place`: an empty directory for what they write."""
    for point in BACKUP_POINTS:
        row = Row(f"crash point {point}, backup")
        kept = office.place / "backups"
        before = backup.newest(kept)
        row.count = int(_run(office, row, "backup", crash=point) == CUT)
        if backup.newest(kept) != before:
            row.broken.append("I2 a backup that was cut off counts as one")
        _again(office, row, "backup")
        newest = backup.newest(kept)
        if newest is None:
            row.broken.append("I7 no backup after the second try")
        else:
            backup.check_backup(newest)
        row.broken += broken(office)
        yield row
    for point in RESTORE_POINTS:
        yield _restore(office, place / point, point)
    for point in UPGRADE_POINTS:
        yield _upgrade(place / f"old-{point}", point)


def _restore(office: Office, into: Path, point: str) -> Row:
    row, made = Row(f"crash point {point}, restore"), backup.newest(office.place / "backups")
    assert made is not None
    command = ("restore", str(made), "--into", str(into))
    row.count = int(_run(office, row, *command, crash=point) == CUT)
    if (into / restore.DATABASE).exists() and point != "restore_ends":
        row.broken.append("I2 a database without all of its files")
    _again(office, row, *command)
    copy = Office(into, office.pledge, office.targets, office.tokens, office.pids)
    row.broken += broken(copy)
    return row


def _upgrade(place: Path, point: str) -> Row:
    """The database of the first release is brought to today's."""
    row, office = Row(f"crash point {point}, upgrade"), Office(place)
    place.mkdir()
    old = OLD[0]
    with office.app().app_context():
        upgrade(directory=MIGRATIONS, revision=old.name.split(".")[0])
        fill(_without_files(read(old)))
    was = _revision(office)
    row.count = int(_run(office, row, "upgrade", crash=point) == CUT)
    stands = _revision(office)
    if stands != (head() if point == "upgrade_done" else was):  # all steps are one transaction
        row.broken.append(f"I9 between two revisions: {stands}")
    _again(office, row, "upgrade")
    said = _run(office, row, "verify")
    if said:
        row.broken.append(f"I3 verify: exit {said}")
    return row


def _without_files(kept: Kept) -> Kept:
    """The old rows came without the files of their store, and a backup would rightly complain of
    that.
    """
    shas = kept["document"]["columns"].index("file_sha256")
    for row in kept["document"]["rows"]:
        row[shas] = None
    return {
        **kept,
        **{name: {**kept[name], "rows": []} for name in ("stored_file", "upload") if name in kept},
    }


def _revision(office: Office) -> str | None:
    with office.app().app_context():
        return revision()


def _again(office: Office, row: Row, *command: str) -> None:
    code = _run(office, row, *command)
    if code:
        row.broken.append(f"I7 {command[0]} a second time: exit {code}")


def _run(office: Office, row: Row, *command: str, crash: str = "") -> int:
    code = start(
        ("-m", "flask", "--app", "pledge_app.application", *command), office, CRASHPOINT=crash
    ).wait(PATIENCE)
    if crash and code != CUT:
        row.broken.append(f"the point was not reached: exit {code}")
    return code
