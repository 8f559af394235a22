"""What the room of papers tells the rooms above it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pledge_app.kernel.events import Arrow, Page

if TYPE_CHECKING:
    from pledge_app.documents.models import Document


class OfDocument(Protocol):
    """Something became of a paper."""

    def __call__(self, document: Document, *, at: datetime) -> None: ...


# Rendered and stored: what it was frozen for goes on.
DOCUMENT_READY: Arrow[OfDocument] = Arrow("document ready")
# Where an administrator sees the stored files that do not match their hash.
DAMAGED_FILES: Arrow[Page] = Arrow("damaged files")
