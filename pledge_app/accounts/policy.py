"""Who administers users."""

from __future__ import annotations

from pledge_app.kernel.actor import Actor, Role


def administers(actor: Actor) -> bool:
    """An administrator of the installation, or the operator at the command line."""
    return actor.is_system or actor.has(Role.ADMIN)
