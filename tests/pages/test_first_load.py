"""The sheet of 40 criteria reaches a browser that has nothing of ours yet in at most 120 kB."""

from __future__ import annotations

import pytest

from tests import make, scale
from tests.weight import first_load

MOST = 120  # kB


def test_the_first_load_of_the_sheet_is_light(cast, visit):
    scale.more_criteria(scale.CRITERIA)
    weight = first_load(visit("lan").fetch, f"/giao-uoc/{make.pledge(cast).pid}/nhap")
    assert 50 < weight <= MOST, "fonts, styles and scripts are in it"


def test_pages_are_compressed_for_who_takes_it_and_fonts_as_they_are(visit):
    lan = visit("lan")
    assert lan.fetch("/")[:2] == b"\x1f\x8b"
    plain = lan.get("/", headers={"Accept-Encoding": "identity"})
    assert plain.data.startswith(b"<!doctype html>")
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"], "no cache between may give one the other's"
    assert lan.client.get("/static/css/app.css").headers["Vary"] == "Accept-Encoding", (
        "kept also by who logs in"
    )
    assert (
        lan.fetch("/static/fonts/be-vietnam-pro/be-vietnam-pro-latin-400-normal.woff2")[:4]
        == b"wOF2"
    )


@pytest.mark.parametrize(
    ("asked", "status", "encoding"),
    [
        ({"Accept-Encoding": "gzip;q=0"}, 200, None),
        ({"Accept-Encoding": "*"}, 200, "gzip"),
        ({"Accept-Encoding": "gzip", "Range": "bytes=0-"}, 206, None),
        ({"Accept-Encoding": "đ;q=x, \u0001"}, 200, None),
        (
            {
                "Accept-Encoding": "gzip",
                "If-Modified-Since": "Mon, 01 Jan 99999999999 00:00:00 GMT",
            },
            200,
            "gzip",
        ),
        (
            {"Accept-Encoding": "gzip", "If-Modified-Since": "Mon, 01 Jan 2200 00:00:00 GMT"},
            304,
            None,
        ),
    ],
    ids=str,
)
def test_odd_wishes_for_a_style_sheet_are_answered_by_the_book(visit, asked, status, encoding):
    answer = visit("lan").client.get(
        "/static/css/app.css",
        headers=[(name, value.encode().decode("latin-1")) for name, value in asked.items()],
    )
    assert (answer.status_code, answer.headers.get("Content-Encoding")) == (status, encoding)
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("asked", "status"), [("/static/css/none.css", 404), ("/static/css/app.css", 416)]
)
def test_a_refusal_under_the_static_files_is_not_kept_for_a_year(visit, asked, status):
    answer = visit("lan").client.get(
        asked, headers={"Range": "bytes=99999999-"} if status == 416 else {}
    )
    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")
