"""Anchors: the head of the chain as somebody else holds it. A chain that was cut or rewritten as a
whole follows itself, but not them.

An anchor is the number of an event and its digest, in any text: the file or letter of the day, the
manifest of a backup. A receipt is the beginning of such a digest.
"""

from __future__ import annotations

import email.policy
import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.models import TrailEvent, TrailHead
from pledge_app.kernel.base import db

HELD = re.compile(r"\b(\d{1,15})\s+([0-9a-f]{64})\b")
RECEIPT = re.compile(r"[0-9a-f]{16}")
LARGEST = 1024 * 1024
"""Bytes of a file that is looked through for anchors."""


class Anchor(NamedTuple):
    """The event `seq` had this digest, says `source`."""

    seq: int
    digest: str
    source: str


def head() -> Anchor | None:
    """The newest link of the chain; None while nothing happened."""
    newest = db.session.get(TrailHead, 1)
    return Anchor(newest.seq, newest.digest, "") if newest is not None and newest.seq else None


def anchor_text(anchor: Anchor, office: str, *, at: datetime) -> str:
    """What is sent to another office or kept on another machine, in Vietnamese."""
    return (
        f"Mốc nhật ký xử lý của {office}, lúc {at.isoformat(timespec='seconds')}.\n"
        "Hãy giữ dòng dưới đây ngoài máy chủ của phần mềm. Khi cần, đối chiếu bằng lệnh:\n"
        "flask verify --anchors TỆP\n\n"
        f"{anchor.seq} {anchor.digest}\n"
    )


def read_anchors(path: Path) -> list[Anchor]:
    """The anchors that a file holds: a daily file, a letter that was saved, the manifest of a
    backup (or the directory of one). Raises OSError.
    """
    if path.is_dir():
        path = path / "manifest.json"
    with path.open("rb") as file:
        data = file.read(LARGEST)
    text = data.decode("utf-8", "replace")
    pairs = [(int(seq), digest) for seq, digest in HELD.findall(text)]
    pairs = pairs or _in_manifest(text) or _in_letter(data)
    return [Anchor(seq, digest, str(path)) for seq, digest in pairs]


def _in_manifest(text: str) -> list[tuple[int, str]]:
    try:
        manifest = json.loads(text)
        pair = int(manifest["trail_seq"]), str(manifest["trail_head"])
    except (ValueError, KeyError, TypeError):
        return []
    return [pair] if pair[0] else []


def _in_letter(data: bytes) -> list[tuple[int, str]]:
    letter = message_from_bytes(data, policy=email.policy.default)
    body = letter.get_body(("plain",))
    try:
        text = body.get_content() if body is not None else ""
    except (LookupError, ValueError):
        return []
    return [(int(seq), digest) for seq, digest in HELD.findall(str(text))]


def broken(anchors: Iterable[Anchor]) -> Iterator[str]:
    """A sentence for each anchor that the chain does not lead through."""
    for anchor in anchors:
        digest = db.session.scalar(select(TrailEvent.digest).where(TrailEvent.seq == anchor.seq))
        if digest is None:
            yield _(
                "mốc %(source)s: nhật ký không còn bản ghi số %(n)s (đã bị cắt bớt)",
                source=anchor.source,
                n=anchor.seq,
            )
        elif digest != anchor.digest:
            yield _(
                "mốc %(source)s: bản ghi số %(n)s khác với lúc được giữ (nhật ký đã bị viết lại)",
                source=anchor.source,
                n=anchor.seq,
            )


def of_receipt(receipt: str) -> TrailEvent | None:
    """The event whose digest begins with the 16 digits of a receipt, or None."""
    digits = "".join(receipt.lower().split())
    if RECEIPT.fullmatch(digits) is None:
        return None
    return db.session.scalar(select(TrailEvent).where(TrailEvent.digest.startswith(digits)))
