"""What the room registers: health, the nightly backup, the head of the trail, tidying."""

from __future__ import annotations

from pledge_app.kernel.room import ClockDuty, Room
from pledge_app.upkeep import (
    anchoring,
    commands,
    health,
    import_command,
    nightly,
    office_commands,
    tidying,
)

ROOM = Room(
    name="upkeep",
    blueprints=(health.bp,),
    commands=(*commands.COMMANDS, *office_commands.COMMANDS, *import_command.COMMANDS),
    views=(health,),
    duties=(
        ClockDuty("anchor", anchoring.anchor_day, anchoring.keep_head),
        ClockDuty("backup", nightly.backup_day, nightly.nightly_backup),
        ClockDuty("tidying", tidying.tidying_day, tidying.tidy),
    ),
    checks=anchoring.CHECKS,
)
