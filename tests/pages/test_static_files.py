"""Scripts are modules: each page asks at once for all that its own import, under one address that
changes with any of them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pledge_app.application import ROOT
from pledge_app.ui.static_files import imports
from tests import make

SCRIPTS = ROOT / "static" / "js"


@pytest.fixture
def sheet(cast, visit) -> str:
    """The page with the fullest scripts."""
    return str(visit("lan").get(f"/giao-uoc/{make.pledge(cast).pid}/nhap").text)


def test_a_page_asks_at_once_for_everything_that_its_script_imports(sheet):
    asked = re.findall(r'rel="modulepreload" href="/static/js-[0-9a-f]{10}/([^"]+)"', sheet)
    grid = {path.name for path in (SCRIPTS / "grid").glob("*.js")} - {"main.js"}
    assert {f"grid/{name}" for name in grid} | {"clipboard.js", "words.js"} <= set(asked)
    assert 'type="module" src="/static/js-' in sheet and "/grid/main.js" in sheet


def test_a_script_that_imports_nothing_asks_for_nothing_else(app):
    with app.test_request_context():
        assert imports("js/words.js") == []
        assert imports("js/app.js") == ["js/fields.js", "js/words.js"]


def test_every_address_of_a_script_leads_to_it_and_is_kept_for_ever(sheet, visit):
    addresses = set(re.findall(r'"(/static/js-[^"]+)"', sheet))
    assert len(addresses) > 10
    stranger = visit(None).client
    for address in addresses:
        answer = stranger.get(address)
        name = address.split("/", 3)[3]
        assert answer.data == (SCRIPTS / name).read_bytes()
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.mimetype == "text/javascript"


@pytest.mark.parametrize("name", ["js-0123456789/app.js", "js-0123456789/../../setup.cfg"])
def test_a_script_of_another_release_is_not_found(visit, name):
    answer = visit("lan").client.get(f"/static/{name}")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_scripts_import_only_what_is_there() -> None:
    missing = [
        f"{path.name}: {relative}"
        for path in SCRIPTS.rglob("*.js")
        for relative in re.findall(r'^import [^;]*?"([^"]+)";', path.read_text(), re.MULTILINE)
        if not Path(path.parent / relative).is_file()
    ]
    assert missing == []
