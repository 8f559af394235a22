"""What the room registers: rounds and steps."""

from __future__ import annotations

from pledge_app.kernel.room import Room
from pledge_app.signing import checks, sealed
from pledge_app.signing.badges import BADGES
from pledge_app.signing.trail_sentences import SENTENCES

ROOM = Room(
    name="signing",
    sentences=SENTENCES,
    badges=BADGES,
    checks=checks.ALL,
    sealed=sealed.ALL,
)
