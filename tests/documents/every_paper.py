"""Every paper that a room of the application registers."""

from __future__ import annotations

from pledge_app.application import ROOMS
from pledge_app.documents.room_papers import RoomPaper

PAPERS = tuple(one.paper for room in ROOMS for one in room.papers if isinstance(one, RoomPaper))
