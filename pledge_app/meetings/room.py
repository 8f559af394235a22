"""What the room of meetings registers."""

from __future__ import annotations

from pledge_app.meetings import pack_views, scan_views, table_views, views
from pledge_app.meetings.blueprint import bp

BLUEPRINT = bp
PAGES = (views, table_views, scan_views, pack_views)
"""The modules whose import puts the pages on the blueprint."""
