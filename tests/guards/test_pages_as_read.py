"""The tests read a page as a browser shows it, however its template is laid out."""

from __future__ import annotations

from tests.site import as_read


def test_lines_broken_inside_tags_and_texts_are_joined() -> None:
    page = '<td\n  class="a  b"\n  hidden\n>\n  5\n</td>\n<p>\n  Một\n  hai <b>c</b>\n  ba\n</p>'
    assert as_read(page) == '<td class="a  b" hidden>5</td>\n<p>Một hai <b>c</b> ba</p>'


def test_lines_between_tags_and_spaces_that_are_shown_stay() -> None:
    for page in ("<ul>\n  <li>x</li>\n</ul>", "<b>a</b> b", "a <b>b</b>", "<p> x </p>"):
        assert as_read(page) == page


def test_what_was_typed_stays_letter_by_letter() -> None:
    page = '<textarea\n  id="z"\n>\n a\n  b</textarea>'
    assert as_read(page) == '<textarea id="z">\n a\n  b</textarea>'
