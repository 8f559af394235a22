"""Opening an office on a copy of the base, with its application context, until it is closed."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path

from pledge_app.kernel.base import db
from pledge_app.kernel.database import set_reading
from tests.cast import Cast
from tests.conftest import ON_POSTGRESQL, _fresh, make_app
from tests.journeys.office import Office


def opened(base: tuple[str, Cast], place: Path) -> Office:
    """An office in `place`; its close() gives everything back."""
    source, cast = base
    if ON_POSTGRESQL:
        url = _fresh(source.rsplit("/", 1)[1].split("?")[0])
    else:
        url = f"sqlite:///{place / 'walk.sqlite'}"
        shutil.copyfile(source.removeprefix("sqlite:///"), place / "walk.sqlite")
    app = make_app(url, place)
    set_reading(False)
    context = app.app_context()
    context.push()

    def end() -> None:
        db.session.remove()
        db.engine.dispose()
        context.pop()
        shutil.rmtree(place)

    return Office(app, copy.deepcopy(cast), end)
