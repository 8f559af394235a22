"""Guides: one text in docs/guides and on screen; each names buttons that exist; help stands
beside every page.
"""

from __future__ import annotations

import re

import pytest
from flask import Flask

from pledge_app.home.guides import DOCS, GUIDES, PICTURES, help_for, read_guide
from pledge_app.kernel.room import rooms
from tests.guards.test_english import asked

LABEL = re.compile(r"(?:[Bb]ấm|[Mm]ở|[Ởở]|mục|chọn) \*\*([^*]+)\*\*")


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_is_a_page_with_its_pictures(visit, name):
    page = visit(None).get(f"/huong-dan/{name}").text
    assert f"<h1>{read_guide(name).title}" in page.replace("<h1> ", "<h1>")
    pictures = re.findall(r'src="/huong-dan/anh/([^"]+)"', page)
    assert all((PICTURES / picture).is_file() for picture in pictures)
    assert pictures or name == "chu-tich-mot-trang"


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_names_what_stands_on_the_screen(name):
    text = (DOCS / "guides" / f"{name}.md").read_text(encoding="utf-8")
    labels = {label.rstrip(".:") for label in LABEL.findall(text)}
    known = asked()
    assert [
        label
        for label in labels
        if not any(said == label or said.startswith(f"{label} (") for said in known)
    ] == []


def test_the_help_of_a_page_leads_to_a_section_that_exists(app: Flask):
    for endpoint, target in rooms().guides.items():
        guide, section = target.split("#")
        assert section in read_guide(guide).sections, (endpoint, target)


def test_every_page_has_its_help(app: Flask):
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert {page for page in rooms().guides if "." in page} <= pages
    assert {page for page in rooms().guides if "." not in page} <= app.blueprints.keys()
    with app.test_request_context():
        assert help_for("pledges.edit") == "/huong-dan/nguoi-phu-trach#nhap-chi-tieu"
        assert help_for("orgs.show") == "/huong-dan"


NO_HELP = {  # what needs none: the guides themselves, what everybody understands, what is no page
    "accounts.login",
    "home.accessibility",
    "home.guide",
    "home.help",
    "home.search",
    "orgs.index",
    "orgs.show",
    "demo.business_date",
    "static",
}
NO_PAGE = (
    "_file",
    "_status",
    "_picture",
    ".file",
    ".scan",
    ".status",
    ".word",
    ".download",
    ".preview",
    ".sample",
    "health.",
)


def test_every_page_is_explained_in_a_guide(app: Flask):
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    unexplained = {
        page
        for page in pages - NO_HELP
        if not any(part in page for part in NO_PAGE)
        if not {page, page.partition(".")[0]} & rooms().guides.keys()
    }
    assert unexplained == set()


def test_help_stands_beside_the_page(visit):
    assert 'href="/huong-dan/nguoi-phu-trach#lap-ban-dang-ky"' in visit("lan").get("/giao-uoc").text


@pytest.mark.parametrize(
    "name", ["khac", "..%2f..%2fREADME", "nguoi-phu-trach.md", "%00", "x" * 3000]
)
def test_there_is_no_other_guide(visit, name):
    visit(None).get(f"/huong-dan/{name}", status=404)


@pytest.mark.parametrize(
    "name", ["khac.png", "..%2f..%2fREADME.md", "..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd"]
)
def test_only_pictures_of_the_guides_are_given_out(visit, name):
    assert visit(None).client.get(f"/huong-dan/anh/{name}").status_code == 404
    assert visit(None).client.get("/huong-dan/anh/home-clerk-desktop.png").mimetype == "image/png"
