"""The head of the trail leaves the machine once a day, as a small file and by mail; what was kept
is compared by `flask verify`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _

from pledge_app.audit import anchors
from pledge_app.config import Settings
from pledge_app.kernel import clock
from pledge_app.kernel.checks import Check
from pledge_app.kernel.installation import installation
from pledge_app.notices import mail
from pledge_app.upkeep.backup import MANIFEST

NOBODY = 0
"""A letter to an office is of no user."""


def anchor_day(at: datetime) -> str:
    """The day whose head is kept; once a day, whenever the worker first runs on it."""
    return str(clock.local(at).date())


def keep_head(at: datetime) -> str:
    """Write the head of the trail into ANCHOR_DIR, and to ANCHOR_MAIL where there is a mail server.
    What the log says of it.
    """
    newest = anchors.head()
    if newest is None:
        return "no trail yet"
    here = installation()
    office = here.office_name if here is not None else ""
    day = anchor_day(at)
    said = anchors.anchor_text(newest, office, at=clock.local(at))
    path = _settings().anchor_dir / f"moc-{day}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(said, encoding="utf-8")
    if mail.settings() is not None:
        for address in _settings().anchor_mail:
            mail.write(
                f"anchor:{day}:{address}"[:120],
                user_id=NOBODY,
                address=address,
                at=at,
                subject=f"Mốc nhật ký xử lý ngày {clock.local(at):%d/%m/%Y}",
                body=said,
            )
    return f"{path}: {newest.seq}"


def kept_heads() -> Iterator[str]:
    """The chain leads through every head that was kept in ANCHOR_DIR."""
    yield from _through(sorted(_settings().anchor_dir.glob("moc-*.txt")))


def backed_up_heads() -> Iterator[str]:
    """The chain leads through the head in the manifest of every backup."""
    yield from _through(sorted(_settings().backup_dir.glob(f"*/{MANIFEST}")))


def compared(paths: list[Path]) -> Iterator[str]:
    """The same for files that came back from elsewhere; a file without any anchor is named too."""
    for path in paths:
        if not anchors.read_anchors(path):
            yield _("%(path)s: không có mốc nhật ký nào trong tệp này", path=path)
    yield from _through(paths)


def _through(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        yield from anchors.broken(anchors.read_anchors(path))


def _settings() -> Settings:
    configured: Settings = current_app.config["SETTINGS"]
    return configured


CHECKS = (Check("anchor.kept", kept_heads), Check("anchor.backups", backed_up_heads))
