"""Rubbish in every form of every page: a clear answer, never a fault, and what was typed comes
back or was taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import html5lib
import pytest
from flask import Flask

from tests.cast import Cast
from tests.pages.access_rows import Row
from tests.pages.access_table import ROWS
from tests.pages.test_access import address, asked, standing, visitor_of, world_place
from tests.site import XHTML, Visitor, inspect

__all__ = ["asked", "standing", "world_place"]

LONG = "dài " * 2_500  # longer than any field takes
RUBBISH = {
    "emoji, quotes, tags": "<b>“O'Neil” = \U0001f600\u202e</b>'\"--",
    "a formula": '=HYPERLINK("http://x")',
    "too long": LONG,
    "a NUL": "a\0b",
    "a day that is none": "30/02/2023",
    "a number that is none": "1e9",
    "Arabic digits": "١٢٣",
    "thirty digits": "9" * 30,
    "minus nothing": "-0",
    "decomposed text": "Ha\u0309i Quang",
    "nothing": "",
}
PAGES = [
    row
    for row in ROWS
    if row.method == "GET"
    and row.let_in
    and not row.endpoint.startswith(("health.", "home.guide_p"))
    and row.endpoint
    not in {
        "documents.file",
        "documents.scan",
        "documents.word",
        "evidence.download",
        "evidence.preview",
        "meetings.pack_file",
    }
]
# Ends the visit or is another room's work: logging out, taking parts, changing language; the year
# 2026 of the demo.
NOT_SENT = ("/dang-xuat", "/ngon-ngu", "/vao-vai", "/nam-2026", "/dang-nhap")


@dataclass(frozen=True)
class FormOnPage:
    """Where a form goes and what it asks for."""

    action: str
    names: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]  # hidden fields, sent as they are


def forms_of(text: str, page: str) -> Iterator[FormOnPage]:
    """The POST forms of a page, each of its buttons' targets too."""
    root = html5lib.parse(text)
    for form in root.iter(f"{XHTML}form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        fields = [
            part
            for kind in ("input", "select", "textarea")
            for part in form.iter(f"{XHTML}{kind}")
            if part.get("name")
        ]
        hidden = tuple(
            (part.get("name", ""), part.get("value") or "")
            for part in fields
            if part.get("type") == "hidden" and part.get("name") != "csrf_token"
        )
        names = tuple(
            dict.fromkeys(
                part.get("name", "")
                for part in fields
                if part.get("type") not in {"hidden", "file"}
            )
        )
        targets = {
            form.get("action") or page,
            *(button.get("formaction") for button in form.iter(f"{XHTML}button")),
        }
        for target in sorted(target for target in targets if target):
            if not urlsplit(target).path.endswith(NOT_SENT) and "/vao-vai/" not in target:
                yield FormOnPage(target, names, hidden)


def send(visitor: Visitor, form: FormOnPage, value: str) -> None:
    """Send a form with `value` in every field and inspect the answer."""
    data = dict(form.kept) | dict.fromkeys(form.names, value)
    answer = visitor._ask("POST", form.action, data=visitor._with_token(data, {})[0])
    assert answer.status_code < 500, f"{form.action} with {value[:30]!r}: {answer.status_code}"
    inspect(answer, form.action)
    if (
        answer.status_code in {409, 422, 400}
        and value
        and len(value) < 100
        and "\0" not in value
        and form.names
    ):
        assert (
            "Dữ liệu" in answer.text
            or "nhập" in answer.text
            or "lưu" in answer.text
            or "ghi" in answer.text
        )


def let_in(app: Flask, cast: Cast, row: Row) -> Visitor:
    """Somebody who may see the page, and do something there if anybody may."""
    asking = (visitor_of(app, cast, row, one) for one in "lctavnxp" if one in row.let_in)
    return next(visitor for visitor in asking if visitor is not None)


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.endpoint)
def test_no_form_of_a_page_breaks(asked, cast, row: Row) -> None:
    app, made = asked  # a world of its own: some of what is sent does change things
    visitor = let_in(app, cast, row)
    page = address(row, made)
    text = _page(visitor, page)
    for form in list(forms_of(text, page)):
        for value in RUBBISH.values():
            send(visitor, form, value)


def _page(visitor: Visitor, page: str) -> str:
    answer = visitor._ask("GET", page)
    assert answer.status_code in {200, 303, 409}, f"{page}: {answer.status_code}"
    return answer.text if answer.status_code == 200 and answer.mimetype == "text/html" else ""


QUERIES = (
    "trang=-1",
    "trang=abc",
    "trang=99999999999999999999",
    "xep=%27--",
    "nam=abc",
    "nam=99999",
    "q=" + "a" * 5000,
    "q=%00",
    "trang=%D9%A1",
    "cum[]=x",
    "q=%F0%9F%98%80%E2%80%AE",
)


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.endpoint)
def test_rubbish_in_the_query_of_a_page_is_no_fault(standing, cast, row: Row) -> None:
    app, made = standing
    visitor = let_in(app, cast, row)
    for query in QUERIES:
        assert visitor._ask("GET", f"{address(row, made)}?{query}").status_code < 500, query


PIDS = [
    "9" * 30,
    "../../etc/passwd",
    "%00",
    "%F0%9F%98%80",
    "a" * 3000,
    "'--",
    "<script>",
    "None",
    "-1",
]


@pytest.mark.parametrize("pid", PIDS)
def test_no_rubbish_in_the_place_of_a_public_id_is_a_fault(standing, cast, pid: str) -> None:
    visitor = Visitor(standing[0], cast.users["quan"])
    for row in ROWS:
        if "{" in row.path and row.method == "GET":
            path = (
                row.path.split("{")[0]
                + pid
                + row.path.split("}", 1)[1].replace("{", "").replace("}", "")
            )
            assert visitor._ask("GET", path).status_code in {303, 308, 403, 404, 409}, path
