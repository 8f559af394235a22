"""What the room registers: letters."""

from __future__ import annotations

from pledge_app.kernel.room import JobKind, Room
from pledge_app.notices import mail

ROOM = Room(
    name="notices",
    jobs=(JobKind(mail.DELIVER, mail.deliver),),
)
