"""What the room registers: health and the nightly backup."""

from __future__ import annotations

from pledge_app.kernel.room import ClockDuty, Room
from pledge_app.upkeep import health, nightly

ROOM = Room(
    name="upkeep",
    blueprints=(health.bp,),
    views=(health,),
    duties=(ClockDuty("backup", nightly.backup_day, nightly.nightly_backup),),
)
