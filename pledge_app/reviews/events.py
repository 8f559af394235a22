"""What the level above asks of the rooms above it."""

from __future__ import annotations

from collections.abc import Callable

from pledge_app.kernel.events import Arrow

# Whether a joint agreement stands on the agreed pledges of a cluster: (cluster id).
COMPOSED: Arrow[Callable[[int], bool]] = Arrow("composed")
