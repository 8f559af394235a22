"""The word, icon and tone of a state on screen, as the room of the thing registers them."""

from __future__ import annotations

from pledge_app.kernel.room import Badge, rooms


def badge(kind: str, state: str) -> Badge:
    """The badge of a state; KeyError names one that no room registers."""
    return rooms().badges[kind][state]
