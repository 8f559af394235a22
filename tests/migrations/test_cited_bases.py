"""The bases that the release before would have proposed are marked so, and nothing else is; a
notice about a page that moved leads there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from pledge_app.campaigns.bases import cited_bases
from pledge_app.kernel.base import db
from pledge_app.notices.models import Notice
from pledge_app.orgs.models import Line
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Flask]:
    """A database of the release before this one, not yet upgraded."""
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    app = make_app(url, tmp_path)
    (kept,) = [path for path in OLD if path.name.startswith("0018")]
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision="0018")
        fill(read(kept))
        yield app
        db.session.remove()
        db.engine.dispose()


def test_what_was_found_by_its_words_is_cited_by_data(before: Flask) -> None:
    upgrade(directory=MIGRATIONS)
    heads = [row.citation.split(" ngày ")[0] for row in cited_bases(Line.UBND, date(2023, 2, 10))]
    assert heads == [
        "Luật Thi đua, khen thưởng",
        "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng",
        "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng",
        "Nghị định số 91/2017/NĐ-CP",
        "Thông tư số 12/2019/TT-BNV",
    ]
    numbered = text("SELECT count(*) FROM legal_basis WHERE cited_order IS NULL")
    assert db.session.scalar(numbered) > 0, "decree 30 is cited on no agreement"


def test_a_notice_of_the_pack_still_leads_to_it(before: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(
            text("UPDATE notice SET endpoint = 'agreements.pack' WHERE id IN (1, 2)")
        )
    upgrade(directory=MIGRATIONS)
    assert db.session.query(Notice).filter_by(endpoint="meetings.pack").count() >= 2
    assert db.session.query(Notice).filter_by(endpoint="agreements.pack").count() == 0
