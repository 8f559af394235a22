"""Papers without an application: what the rooms register is known here as well."""

from __future__ import annotations

from pledge_app.papers.registry import register
from tests.documents.every_paper import PAPERS

register(*PAPERS)
