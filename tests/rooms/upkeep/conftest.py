"""An installation with a frozen paper, a stored file and some trail; and its backup."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from pledge_app.documents.models import Document, StoredFile
from pledge_app.documents.operations import freeze, store
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.meetings.paper import MINUTES
from pledge_app.orgs.models import Unit
from pledge_app.upkeep import backup
from tests import make
from tests.documents.examples import example_minutes

PAPER = b"%PDF-1.7 a paper of the tests"


@pytest.fixture
def paper(app: Flask, cast) -> Document:
    """A frozen paper whose rendering waits in the queue; a stored file; a pledge that left its
    trail.
    """
    make.pledge(cast, state="sent")
    document = freeze(
        MINUTES,
        example_minutes(),
        subject=db.session.get_one(Unit, cast.units["Hải Quang"]),
        body_ids=[cast.bodies["Hải Quang"]],
        at=now(),
    )
    db.session.add(
        StoredFile(
            sha256=store().put(PAPER),
            size=len(PAPER),
            media_type="application/pdf",
            stored_at=now(),
        )
    )
    db.session.commit()
    return document


@pytest.fixture
def made(app: Flask, paper: Document, tmp_path: Path) -> Path:
    """A whole backup."""
    return backup.back_up(tmp_path / "kept", at=now())
