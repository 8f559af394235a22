"""The papers that this installation knows: the application registers what its rooms define.

A child process registers the papers of the one module that its task names.
"""

from __future__ import annotations

from pledge_app.papers.decree.applicable import UNKNOWN, PaperParts
from pledge_app.papers.definition import Paper
from pledge_app.papers.errors import PaperError

_papers: dict[str, Paper] = {}


def register(*papers: Paper) -> None:
    """Know these papers. The same one twice does no harm; raises ValueError for a second one of
    a kind.
    """
    for paper in papers:
        if _papers.setdefault(paper.kind, paper) is not paper:
            raise ValueError(f"a paper of kind {paper.kind!r} is registered already")


def every_paper() -> tuple[Paper, ...]:
    """Every paper, in the order of the rooms."""
    return tuple(_papers.values())


def paper_of(kind: str) -> Paper:
    """The paper of a kind. Raises PaperError("content") where no room has registered it."""
    paper = _papers.get(kind)
    if paper is None:
        raise PaperError("content", f"unknown kind {kind!r}")
    return paper


def parts_of(kind: str | None, printed: set[str]) -> PaperParts:
    """What the decree asks of a paper: by its kind, else by the type found among the lines
    `printed` on page 1.
    """
    if kind is not None:
        return _papers[kind].parts if kind in _papers else UNKNOWN
    for paper in _papers.values():
        if printed.intersection(paper.type_names):
            return paper.parts
    return UNKNOWN
