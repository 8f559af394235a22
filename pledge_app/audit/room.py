"""What the room registers: the chain of the trail as a check."""

from __future__ import annotations

from pledge_app.audit import checks
from pledge_app.kernel.room import Room

ROOM = Room(name="audit", checks=checks.ALL)
