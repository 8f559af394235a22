"""What agreements tell the room of their meetings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pledge_app.kernel.events import Arrow

if TYPE_CHECKING:
    from pledge_app.agreements.models import Agreement

# A meeting whose minutes are open goes on with the newer version: (before, newer).
VERSION_MADE: Arrow[Callable[[Agreement, Agreement], None]] = Arrow("version made")
