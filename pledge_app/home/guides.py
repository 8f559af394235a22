"""The guides of docs/guides on screen; each room says which of their sections helps with its pages.
Guides are Vietnamese only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from pledge_app.kernel.room import rooms
from pledge_app.kernel.text import fold

DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURES = DOCS / "pictures"
GUIDES: dict[str, LazyString] = {
    "nguoi-phu-trach": _l("Người phụ trách thi đua"),
    "lanh-dao": _l("Lãnh đạo ký duyệt"),
    "tham-dinh": _l("Cán bộ thẩm định"),
    "cum-truong": _l("Đơn vị Cụm trưởng"),
    "quan-tri": _l("Quản trị viên"),
    "chu-tich-mot-trang": _l("Một trang cho Chủ tịch (để in)"),
}


@dataclass(frozen=True)
class Guide:
    """One guide: its title and its page; `sections` are the names that links may use."""

    title: str
    html: Markup
    sections: tuple[str, ...]


def help_for(endpoint: str | None) -> str:
    """The address of the help beside a page."""
    guides = rooms().guides
    page = endpoint or ""
    blueprint = page.partition(".")[0]
    place = guides.get(page) or guides.get(blueprint)
    if place is None:
        return url_for("home.help")
    guide, section = place.split("#")
    return url_for("home.guide", name=guide, _anchor=section)


@cache
def read_guide(name: str) -> Guide:
    """The guide of that name. KeyError: there is none."""
    if name not in GUIDES:
        raise KeyError(name)
    parser = MarkdownIt("commonmark", {"html": False})
    markdown = (DOCS / "guides" / f"{name}.md").read_text(encoding="utf-8")
    tokens = parser.parse(markdown)
    title, sections = _headings(tokens)
    for paragraph in tokens:
        for token in paragraph.children or []:
            if token.type == "image":
                _serve_picture(token)
    html = parser.renderer.render(tokens, parser.options, {})
    # Our own files, with HTML in them refused: nothing here was typed by a user.
    return Guide(title, Markup(html), sections)  # noqa: S704


def _serve_picture(token: Token) -> None:
    """Give a picture the address at which the application serves it."""
    picture = Path(str(token.attrs["src"])).name
    token.attrs["src"] = f"/huong-dan/anh/{picture}"
    token.attrs["loading"] = "lazy"


def _headings(tokens: list[Token]) -> tuple[str, tuple[str, ...]]:
    """Takes the title out of the text and gives every section a name to link to."""
    title = tokens[1].content
    del tokens[:3]
    sections = []
    for opening, text in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open":
            sections.append(section_name(text.content))
            opening.attrs["id"] = sections[-1]
    return title, tuple(sections)


def section_name(heading: str) -> str:
    """ "Nhập chỉ tiêu" → "nhap-chi-tieu"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(heading)).strip("-")
