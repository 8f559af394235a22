"""What the administrator's pages ask of the rooms above them."""

from __future__ import annotations

from pledge_app.kernel.events import Arrow, Page

# The first steps of a new office.
FIRST_STEPS: Arrow[Page] = Arrow("first steps")
