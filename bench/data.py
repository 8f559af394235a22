"""SQL statements of a page at 1,000 communes, divided by those at 10: more rows must not mean
more questions.
"""

from __future__ import annotations

from pathlib import Path

from bench.figures import Figure
from pledge_app.application import create_app
from pledge_app.config import Settings
from pledge_app.kernel.base import db
from pledge_app.upkeep.upgrade import upgrade
from tests import cast as cast_module
from tests import scale

FEW, MANY = 10, 1000


def figures(place: Path) -> list[Figure]:
    """One ratio for each list, queue and dashboard."""
    place.mkdir()
    app = create_app(
        Settings(
            database_url=f"sqlite:///{place / 'pledge.sqlite'}", data_dir=place, secret_key="k" * 64
        )
    )
    found = []
    with app.app_context():
        upgrade()
        cast = cast_module.build()
        scale.more_criteria(scale.CRITERIA)
        province = scale.begin(cast)
        for communes in (FEW, MANY):
            scale.grow(province, communes)
            found.append(scale.counted(app, province))
        db.session.remove()
        db.engine.dispose()
    few, many = found
    return [Figure(f"data.{name}", many[name] / few[name], 1.0, "ratio") for name in few]
