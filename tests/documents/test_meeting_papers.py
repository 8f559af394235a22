"""The papers around the meeting: the decree's page and head, marked as illustrative, the same in
Word.
"""

from typing import Any

import pytest

from pledge_app.documents.sandbox import both_in_child
from pledge_app.papers.content.conform import conform
from pledge_app.papers.decree.reading import read
from pledge_app.papers.errors import PaperError
from pledge_app.papers.printing.paper import render, render_html
from pledge_app.papers.word.writer import render_word
from tests.documents.examples_meeting import MEETING_EXAMPLES
from tests.documents.test_paper import PAYLOADS, with_text_everywhere
from tests.documents.test_word import paragraphs_of_html, paragraphs_of_word

KINDS = sorted(MEETING_EXAMPLES)


def words(pdf: bytes) -> str:
    return " ".join(line.text for sheet in read(pdf) for line in sheet.lines)


@pytest.mark.parametrize("kind", KINDS)
def test_each_says_that_its_figures_are_illustrative(kind: str) -> None:
    assert "Số liệu minh họa" in words(render(kind, MEETING_EXAMPLES[kind]()).pdf)


@pytest.mark.parametrize("kind", KINDS)
def test_the_word_file_says_the_same(kind: str) -> None:
    content = MEETING_EXAMPLES[kind]()
    assert paragraphs_of_word(render_word(kind, content)) == paragraphs_of_html(
        render_html(kind, content)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_one_child_makes_both_files(kind: str) -> None:
    content = MEETING_EXAMPLES[kind]()
    assert both_in_child(kind, content) == (render(kind, content), render_word(kind, content))


@pytest.mark.parametrize("kind", KINDS)
def test_text_stays_text(kind: str) -> None:
    for payload in PAYLOADS:
        assert payload == "{{ 7*7 }}" or payload not in render_html(
            kind, with_text_everywhere(MEETING_EXAMPLES[kind](), payload)
        )


@pytest.mark.parametrize("kind", KINDS)
def test_a_forgotten_field_is_refused(kind: str) -> None:
    content: dict[str, Any] = dict(MEETING_EXAMPLES[kind]())
    content.pop("title")
    with pytest.raises(PaperError):
        conform(kind, content)
