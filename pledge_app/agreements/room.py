"""What the room of agreements registers."""

from __future__ import annotations

from pledge_app.agreements import amendment_views, party_views, signing_views, views
from pledge_app.agreements.blueprint import bp

BLUEPRINT = bp
PAGES = (views, party_views, amendment_views, signing_views)
"""The modules whose import puts the pages on the blueprint."""
