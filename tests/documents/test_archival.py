"""Every paper is an archival file (PDF/A-3a) that can be read aloud (PDF/UA-1), as veraPDF
judges.
"""

from pathlib import Path

import pytest

from pledge_app.papers.printing.paper import render
from tests.documents.examples import EXAMPLES
from tests.documents.examples_agreement import example_agreement
from tests.documents.examples_meeting import MEETING_EXAMPLES
from tests.verapdf import validate_all


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("papers")
    public = {
        **example_agreement(4),
        "public_url": "https://thidua.example.vn/k/QD23-7K4M",
        "draft": True,
    }
    made = [(kind, example()) for kind, example in sorted({**EXAMPLES, **MEETING_EXAMPLES}.items())]
    made += [
        ("agreement", example_agreement(1)),
        ("agreement", example_agreement(13)),
        ("agreement", public),
    ]
    paths = []
    for place, (kind, content) in enumerate(made):
        paths.append(folder / f"{place}-{kind}.pdf")
        paths[-1].write_bytes(render(kind, content).pdf)
    return paths


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_every_paper_conforms(papers: list[Path], profile: str) -> None:
    faults = validate_all(papers, profile)
    assert {path.name: fault for path, fault in zip(papers, faults, strict=True) if fault} == {}
