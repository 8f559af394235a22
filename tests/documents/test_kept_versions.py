"""Papers frozen under an earlier version of the templates keep their bytes, as PDF and as DOCX.

Each file of frozen/ is an envelope with the hashes of the files that its own version made of it.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from pledge_app.agreements.paper import AGREEMENT
from pledge_app.kernel.canonical import content_sha256
from pledge_app.papers.definition import Paper
from pledge_app.papers.errors import PaperError
from pledge_app.papers.printing.paper import render, render_html, shared_templates
from pledge_app.papers.word.writer import render_word
from tests.documents.every_paper import PAPERS
from tests.documents.examples_agreement import example_agreement

FROZEN = Path(__file__).parent / "frozen"


@pytest.fixture(params=sorted(path.stem for path in FROZEN.glob("*.json")))
def kept(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FROZEN / f"{request.param}.json").read_text())
    return found


def test_the_envelope_still_has_its_hash(kept: dict[str, Any]) -> None:
    assert content_sha256(kept["envelope"]) == kept["content_sha256"]


def test_the_pdf_of_a_kept_envelope_has_the_same_bytes(kept: dict[str, Any]) -> None:
    envelope = kept["envelope"]
    version = envelope["template_version"]
    paper = render(envelope["kind"], envelope["content"], template_version=version)
    assert hashlib.sha256(paper.pdf).hexdigest() == kept["pdf_sha256"]


def test_the_docx_of_a_kept_envelope_has_the_same_bytes(kept: dict[str, Any]) -> None:
    envelope = kept["envelope"]
    version = envelope["template_version"]
    data = render_word(envelope["kind"], envelope["content"], template_version=version)
    assert hashlib.sha256(data).hexdigest() == kept["docx_sha256"]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.kind)
def test_every_version_up_to_todays_has_its_templates(paper: Paper) -> None:
    assert sorted(paper.editions) == list(range(1, paper.template_version + 1))
    for edition in paper.editions.values():
        assert (edition.templates / f"{paper.kind}.html").is_file()
        assert (shared_templates(edition.shared) / "paper.css").is_file()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.kind)
def test_every_version_has_a_kept_envelope(paper: Paper) -> None:
    envelopes = [json.loads(path.read_text())["envelope"] for path in FROZEN.glob("*.json")]
    versions = {one["template_version"] for one in envelopes if one["kind"] == paper.kind}
    assert versions == set(paper.editions)


def test_a_version_that_is_not_kept_is_refused() -> None:
    with pytest.raises(PaperError):
        render_html(
            "agreement", example_agreement(1), template_version=AGREEMENT.template_version + 1
        )
