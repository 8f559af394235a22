"""What the room of pledges asks of the level above."""

from __future__ import annotations

from pledge_app.kernel.events import Arrow, Page

# Where the level above reads a pledge as it was sent.
REVIEW_PAGE: Arrow[Page] = Arrow("review page")
