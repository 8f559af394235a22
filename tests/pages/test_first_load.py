"""The sheet of 40 criteria reaches a browser that has nothing of ours yet in at most 150 kB."""

from __future__ import annotations

from tests import make, scale
from tests.weight import first_load

MOST = 150  # kB


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
    assert lan.client.get("/static/css/app.css").headers["Vary"] == "Accept-Encoding", "kept also by who logs in"
    assert lan.fetch("/static/fonts/be-vietnam-pro/be-vietnam-pro-latin-400-normal.woff2")[:4] == b"wOF2"
