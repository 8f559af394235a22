"""The parts that every page is made of: valid, labelled, and saying everything they know in
words.
"""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest

from pledge_app.agreements.states import AgreementState
from pledge_app.application import ROOT
from pledge_app.kernel.room import rooms
from pledge_app.pledges.states import PledgeState
from pledge_app.progress.states import ReportState
from pledge_app.ui.badges import badge
from tests.gallery import PATH, add_to

STATIC = ROOT / "static"
FIRST_LOAD = 150 * 1024  # bytes, uncompressed, fonts included


@pytest.fixture
def page(app, visit):
    add_to(app)
    return visit(None).get(PATH).text


@pytest.fixture
def tree(page):
    return html5lib.parse(page, namespaceHTMLElements=False)


def test_the_gallery_is_a_valid_page_with_one_heading_and_labelled_fields(page):
    assert page.count("<h1>") == 1


def test_a_wrong_field_points_to_its_error_and_the_summary_points_to_the_field(tree):
    field = tree.find(".//input[@name='amount']")
    assert field.get("aria-invalid") == "true"
    assert field.get("value") == "1.5"
    for identifier in field.get("aria-describedby").split():
        assert any(element.get("id") == identifier for element in tree.iter()), identifier
    targets = {link.get("href") for link in tree.findall(".//div[@role='alert']//a")}
    assert {"#name", "#amount", "#on", "#count", "#kind", "#agreed"} - targets == {
        "#name"
    }  # the name is not wrong


def test_a_field_that_may_stay_empty_says_so(tree):
    assert "(không bắt buộc)" in "".join(tree.find(".//label[@for='note']").itertext())
    assert "(không bắt buộc)" not in "".join(tree.find(".//label[@for='name']").itertext())


def test_what_was_typed_is_text_on_the_page_never_markup(page):
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_a_password_is_never_shown_again(tree):
    assert tree.find(".//input[@type='password']").get("value") in (None, "")


def test_a_button_that_changes_something_is_a_form_with_a_token_and_its_consequence(tree):
    form = next(form for form in tree.iter("form") if form.get("data-confirm"))
    assert "không sửa được" in form.get("data-confirm")
    assert form.find("input[@name='csrf_token']").get("value")


@pytest.mark.parametrize(
    ("kind", "states"),
    [("pledge", PledgeState), ("agreement", AgreementState), ("report", ReportState)],
)
def test_every_state_has_a_word_and_an_icon(app, kind, states):
    sprite = (STATIC / "img" / "icons.svg").read_text(encoding="utf-8")
    for state in states:
        with app.test_request_context():
            shown = badge(kind, state.value)
            assert str(shown.word)
        assert f'id="{shown.icon}"' in sprite


def test_no_two_states_of_one_thing_read_or_look_the_same(app):
    with app.test_request_context():
        for states in rooms().badges.values():
            assert len({(str(b.word), b.icon, b.tone) for b in states.values()}) == len(states)
            assert len({str(b.word) for b in states.values()}) == len(states)


def test_every_icon_that_a_template_names_is_in_the_sprite():
    sprite = (STATIC / "img" / "icons.svg").read_text(encoding="utf-8")
    named = set()
    for template in (ROOT / "templates").rglob("*.html"):
        named |= set(
            re.findall(
                r"""icon(?:_name)?(?:\(|=)["']([a-z]+)["']""", template.read_text(encoding="utf-8")
            )
        )
    assert named - set(re.findall(r'id="([a-z]+)"', sprite)) == set()


def test_the_first_load_is_small_enough_for_a_slow_line(page):
    fonts = sum(
        path.stat().st_size for path in (STATIC / "fonts" / "be-vietnam-pro").glob("*.woff2")
    )
    files = sum(
        size(name)
        for name in ("css/app.css", "js/app.js", "js/words.js", "img/icons.svg", "img/mark.svg")
    )
    assert fonts + files + len(page.encode()) < FIRST_LOAD


def size(name: str) -> int:
    """Bytes of a static file."""
    return (STATIC / name).stat().st_size


def test_nothing_on_a_page_is_newer_than_chrome_109_or_written_into_the_markup(page):
    assert " style=" not in page
    assert not re.search(r"<style|<script(?![^>]*src=)|\son[a-z]+=", page)
    for sheet in sorted(Path(STATIC / "css").glob("*.css")):
        css = sheet.read_text(encoding="utf-8")
        assert not re.search(
            r"@scope|@layer|@starting-style|popover|color-mix|light-dark|&\s*[.:{]|:has\([^)]*:has",
            css,
        ), sheet.name


def test_a_folded_navigation_is_drawn_folded_by_the_server(app, visit):
    add_to(app)
    visitor = visit(None)
    visitor.client.set_cookie("nav-narrow", "1")
    assert 'class="frame narrow"' in visitor.get(PATH).text
