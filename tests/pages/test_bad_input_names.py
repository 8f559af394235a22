"""Names that are markup, formulas, quotes, turned letters: shown as they are typed on every
page, in every table.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

import html5lib
import pytest
from sqlalchemy import text

from pledge_app.kernel.base import db
from tests import cast as cast_module
from tests import make, pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.pages import world as worlds
from tests.pages.access_rows import Row
from tests.pages.access_table import ROWS
from tests.pages.test_access import address, asked, visitor_of
from tests.site import XHTML, Visitor

__all__ = ["asked"]
EVIL = "=cmd|' /C calc'!A0<img src=x onerror=alert(1)>\"'{{7*7}}</textarea></script><b>\u2192\u202e"
"""No sign that the papers' fonts lack: a paper with one is not frozen
(tests/rooms/documents/test_freeze.py).
"""
NAMED = {
    "unit_name": ("name",),
    "body": ("name", "full_name", "place"),
    "app_user": ("name",),
    "person": ("name",),
    "cluster": ("name",),
    "criterion": ("name", "unit_of_measure"),
    "campaign": ("theme",),
    "emulation_year": ("guidance_title",),
    "office_holding": ("title",),
    "legal_basis": ("citation",),
}
PAGES = [row for row in ROWS if row.method == "GET" and row.let_in]
TABLES = [row for row in ROWS if row.path.endswith("/xlsx")]
NAMELESS = {
    "reports.export_days",
    "reports.export_permissions",
}  # nothing in them was typed by a user of the world


@pytest.fixture(scope="module")
def world_place(
    base: tuple[str, cast_module.Cast], tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, worlds.World]:
    """The world of test_access, where every name is an attack."""
    folder, source = tmp_path_factory.mktemp("names"), base[0]
    url = f"sqlite:///{folder / 'world.sqlite'}"
    if ON_POSTGRESQL:
        url = pg.fresh_database(source.rsplit("/", 1)[1].split("?")[0], keep=True)
    else:
        shutil.copyfile(source.removeprefix("sqlite:///"), folder / "world.sqlite")
    app = make_app(url, folder)
    with app.app_context():
        make.free_criteria()
        for table, columns in NAMED.items():
            for column in columns:
                db.session.execute(
                    text(f"UPDATE {table} SET {column} = :evil || CAST(id AS VARCHAR(9))"),
                    {"evil": EVIL},
                )
        db.session.commit()
        made = worlds.build(base[1])
        db.session.remove()
        if not ON_POSTGRESQL:
            with db.engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return url, folder, made


def askers(app, cast, row: Row) -> list[Visitor]:
    """A few of those who are let in."""
    found = [visitor_of(app, cast, row, letter) for letter in "cltavp" if letter in row.let_in]
    return [visitor for visitor in found if visitor is not None][:3]


def harmless(page: str, path: str) -> None:
    """Nothing of a name became an element, an attribute or an address."""
    for element in html5lib.parse(page).iter():
        assert not [name for name in element.attrib if str(name).startswith("on")], (
            f"{path}: a handler"
        )
        if element.tag == f"{XHTML}script":
            assert element.get("src") and not (element.text or "").strip(), (
                f"{path}: an inline script"
            )
        if element.tag == f"{XHTML}img":
            assert (element.get("src") or "").startswith(("/", "data:image/")), (
                f"{path}: a foreign picture"
            )
        for name in ("href", "src", "action", "formaction"):
            assert not re.match(
                r"\s*(javascript|data:text|//|https?:)", element.get(name) or "", re.I
            ), f"{path}: {element.get(name)}"


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.endpoint)
def test_a_name_stays_a_name_on_every_page(asked, cast, row: Row) -> None:
    app, made = asked
    path = address(row, made)
    for visitor in askers(app, cast, row):
        answer = visitor._ask("GET", path)
        assert answer.status_code in {200, 303, 409}, f"{path}: {answer.status_code}"
        if answer.status_code == 200 and answer.mimetype == "text/html":
            visitor.get(path)  # the inspection of tests/site
            harmless(answer.text, path)
            assert "<img src=x" not in answer.text


def test_the_names_are_really_there(asked, cast) -> None:
    app, made = asked
    page = Visitor(app, cast.users["lan"]).get(f"/giao-uoc/{made.pids['pledge']}").text
    assert page.count("&lt;img src=x onerror=alert(1)&gt;") > 3


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.endpoint)
def test_a_name_is_no_formula_in_a_table(asked, cast, row: Row) -> None:
    app, made = asked
    words = ""
    for visitor in askers(app, cast, row):  # a list may be empty for one of them, not for all
        with zipfile.ZipFile(io.BytesIO(visitor.post(address(row, made), status=200).data)) as book:
            sheets = "".join(
                book.read(name).decode()
                for name in book.namelist()
                if name.startswith("xl/worksheets/sheet")
            )
            words += book.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in sheets and "<hyperlink" not in sheets
    nameless = (
        row.endpoint in NAMELESS or "{draft_set}" in row.path
    )  # the draft was made after the attacks
    assert ("onerror=alert(1)" in words) != nameless


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.endpoint)
def test_a_name_does_not_break_the_header_of_a_download(asked, cast, row: Row) -> None:
    app, made = asked
    header = (
        askers(app, cast, row)[0]
        .post(address(row, made), status=200)
        .headers["Content-Disposition"]
    )
    assert re.fullmatch(r"attachment; filename=[A-Za-z0-9._-]{1,50}", header)
