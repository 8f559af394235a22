"""The papers around the meeting: the decree's page and head, marked as illustrative, the same in Word."""

from typing import Any

import pytest

from pledge_app.documents.checker import check_paper
from pledge_app.documents.content import conform
from pledge_app.documents.errors import PaperError
from pledge_app.documents.paper import render, render_html
from pledge_app.documents.reading import read
from pledge_app.documents.sandbox import both_in_child
from pledge_app.documents.word import render_word
from tests.documents.examples_meeting import MEETING_EXAMPLES
from tests.documents.test_paper import PAYLOADS, with_text_everywhere
from tests.documents.test_word import paragraphs_of_html, paragraphs_of_word

KINDS = sorted(MEETING_EXAMPLES)
UNSIGNED = {"Quyền hạn, chức vụ người ký", "Từ \"Nơi nhận:\"", "Nơi nhận"}
"""What a programme, a list and a script do not have: nobody signs them."""


def words(pdf: bytes) -> str:
    return " ".join(line.text for sheet in read(pdf) for line in sheet.lines)


def test_the_invitation_passes_the_check_of_papers() -> None:
    assert [str(one) for one in check_paper(render("invitation", MEETING_EXAMPLES["invitation"]()).pdf)] == []


@pytest.mark.parametrize("kind", ["programme", "delegates", "script"])
def test_the_others_lack_only_the_signature(kind: str) -> None:
    found = check_paper(render(kind, MEETING_EXAMPLES[kind]()).pdf)
    assert [str(one) for one in found if one.rule != "missing" or one.component not in UNSIGNED] == []


def test_the_news_item_is_no_paper_of_the_decree_but_has_its_page() -> None:
    found = check_paper(render("news", MEETING_EXAMPLES["news"]()).pdf)
    assert not {one.component for one in found} & {"Khổ giấy", "Phông", "Số trang", "Tệp"}


@pytest.mark.parametrize("kind", KINDS)
def test_each_says_that_its_figures_are_illustrative(kind: str) -> None:
    assert "Số liệu minh họa" in words(render(kind, MEETING_EXAMPLES[kind]()).pdf)


@pytest.mark.parametrize("kind", KINDS)
def test_the_word_file_says_the_same(kind: str) -> None:
    content = MEETING_EXAMPLES[kind]()
    assert paragraphs_of_word(render_word(kind, content)) == paragraphs_of_html(render_html(kind, content))


@pytest.mark.parametrize("kind", KINDS)
def test_one_child_makes_both_files(kind: str) -> None:
    content = MEETING_EXAMPLES[kind]()
    assert both_in_child(kind, content) == (render(kind, content).pdf, render_word(kind, content))


@pytest.mark.parametrize("kind", KINDS)
def test_text_stays_text(kind: str) -> None:
    for payload in PAYLOADS:
        assert payload == "{{ 7*7 }}" or payload not in render_html(kind, with_text_everywhere(MEETING_EXAMPLES[kind](), payload))


@pytest.mark.parametrize("kind", KINDS)
def test_a_forgotten_field_is_refused(kind: str) -> None:
    content: dict[str, Any] = dict(MEETING_EXAMPLES[kind]())
    content.pop("title")
    with pytest.raises(PaperError):
        conform(kind, content)
