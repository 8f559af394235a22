"""The guides of docs/guides on screen, and which of their sections helps with which page. Guides
are Vietnamese only.
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
# Page → guide#section. A page that is neither here nor of a blueprint in ROOMS leads to the list of
# guides.
HELPS = {
    "home.index": "nguoi-phu-trach#viec-cua-toi",
    "home.kept": "nguoi-phu-trach#khi-co-su-co",
    "pledges.index": "nguoi-phu-trach#lap-ban-dang-ky",
    "pledges.show": "nguoi-phu-trach#trinh-lanh-dao-gui-cap-tren",
    "pledges.edit": "nguoi-phu-trach#nhap-chi-tieu",
    "pledges.plan": "nguoi-phu-trach#dot-thi-dua-va-danh-hieu",
    "pledges.summary": "lanh-dao#ky-duyet-ban-dang-ky",
    "progress.index": "nguoi-phu-trach#bao-cao-quy",
    "progress.edit": "nguoi-phu-trach#bao-cao-quy",
    "progress.show": "lanh-dao#duyet-bao-cao-quy",
    "reports.overview": "tham-dinh#xac-nhan-bao-cao-quy",
    "reviews.index": "tham-dinh#danh-sach-cho-tham-dinh",
    "reviews.table": "tham-dinh#bang-tong-hop",
    "reviews.show": "tham-dinh#tham-dinh-mot-ban-dang-ky",
    "campaigns.index": "tham-dinh#mo-nam-thi-dua",
    "campaigns.show": "tham-dinh#mo-nam-thi-dua",
    "campaigns.open_year": "tham-dinh#mo-nam-thi-dua",
    "campaigns.guidance": "tham-dinh#mo-nam-thi-dua",
    "campaigns.campaign": "tham-dinh#mo-nam-thi-dua",
    "campaigns.local_days": "tham-dinh#mo-nam-thi-dua",
    "campaigns.assigned": "tham-dinh#mo-nam-thi-dua",
    "results.last_year": "tham-dinh#mo-nam-thi-dua",
    "agreements.index": "cum-truong#lap-du-thao",
    "agreements.show": "cum-truong#lay-y-kien-va-chot",
    "agreements.edit": "cum-truong#lap-du-thao",
    "agreements.list_parties": "cum-truong#lap-du-thao",
    "agreements.edit_party": "cum-truong#lap-du-thao",
    "agreements.freeze": "cum-truong#lay-y-kien-va-chot",
    "meetings.show": "cum-truong#hoi-nghi-ky-ket",
    "meetings.of_minutes": "cum-truong#hoi-nghi-ky-ket",
    "meetings.close": "cum-truong#hoi-nghi-ky-ket",
    "agreements.change_at_the_table": "cum-truong#hoi-nghi-ky-ket",
    "meetings.scan": "cum-truong#ban-quet-so-va-ngay",
    "agreements.confirm": "lanh-dao#xac-nhan-ban-giao-uoc",
    "agreements.receipt": "lanh-dao#xac-nhan-ban-giao-uoc",
    "documents.show": "cum-truong#ban-quet-so-va-ngay",
    "documents.check": "cum-truong#kiem-tra-cong-khai",
    "documents.public": "cum-truong#kiem-tra-cong-khai",
    "agreements.new_version": "cum-truong#hoi-nghi-ky-ket",
    "agreements.void": "cum-truong#lay-y-kien-va-chot",
    "meetings.pack": "cum-truong#chuan-bi-hoi-nghi-bo-tai-lieu",
    "meetings.plan": "cum-truong#chuan-bi-hoi-nghi-bo-tai-lieu",
    "evidence.index": "nguoi-phu-trach#minh-chung-cua-bao-cao-quy",
    "due.index": "nguoi-phu-trach#viec-den-han-va-thu-nhac",
    "due.letters": "nguoi-phu-trach#viec-den-han-va-thu-nhac",
    "home.notices": "nguoi-phu-trach#viec-cua-toi",
    "workdays.index": "quan-tri#lich-lam-viec",
    "accounts.users": "quan-tri#nguoi-dung-va-vai-tro",
    "accounts.user": "quan-tri#nguoi-dung-va-vai-tro",
    "accounts.permission_table": "quan-tri#nguoi-dung-va-vai-tro",
    "administration.index": "quan-tri#cac-buoc-bat-dau",
    "home.steps": "quan-tri#cac-buoc-bat-dau",
    "accounts.change_password": "lanh-dao#mat-khau-va-phien-dang-nhap",
    "accounts.login_sessions": "lanh-dao#mat-khau-va-phien-dang-nhap",
}

ROOMS = {
    "offices": "quan-tri#co-quan-va-nguoi-giu-chuc",
    "committees": "quan-tri#co-quan-va-nguoi-giu-chuc",
    "clusters": "quan-tri#cum-thi-dua",
    "bases": "quan-tri#can-cu-phap-ly",
    "wordings": "quan-tri#mau-van-ban",
    "reorganisation": "quan-tri#sap-xep-don-vi",
    "registers": "quan-tri#nhap-danh-muc-don-vi",
    "criteria": "quan-tri#bo-tieu-chi",
    "shipped": "quan-tri#du-lieu-co-san",
    "user_import": "quan-tri#nguoi-dung-va-vai-tro",
    "units": "quan-tri#nhap-danh-muc-don-vi",
    "holders": "quan-tri#nguoi-dung-va-vai-tro",
    "deadlines": "tham-dinh#mo-nam-thi-dua",
}


@dataclass(frozen=True)
class Guide:
    """One guide: its title and its page; `sections` are the names that links may use."""

    title: str
    html: Markup
    sections: tuple[str, ...]


def help_for(endpoint: str | None) -> str:
    """The address of the help beside a page."""
    found = HELPS.get(endpoint or "") or ROOMS.get((endpoint or "").partition(".")[0])
    if found is None:
        return url_for("home.help")
    guide, section = found.split("#")
    return url_for("home.guide", name=guide, _anchor=section)


@cache
def read_guide(name: str) -> Guide:
    """The guide of that name. KeyError: there is none."""
    if name not in GUIDES:
        raise KeyError(name)
    parser = MarkdownIt("commonmark", {"html": False})
    tokens = parser.parse((DOCS / "guides" / f"{name}.md").read_text(encoding="utf-8"))
    title, sections = _headings(tokens)
    for token in (child for outer in tokens for child in outer.children or []):
        if token.type == "image":
            picture = Path(str(token.attrs["src"])).name
            token.attrs |= {"src": f"/huong-dan/anh/{picture}", "loading": "lazy"}
    # Our own files, with HTML in them refused: nothing here was typed by a user.
    return Guide(title, Markup(parser.renderer.render(tokens, parser.options, {})), sections)  # noqa: S704


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
