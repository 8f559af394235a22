"""Papers as the rooms register them: what a paper is, and how one of them stands today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for

from pledge_app.documents.models import Document
from pledge_app.documents.queries import has_newer
from pledge_app.documents.standing import Standing
from pledge_app.kernel.room import Rooms, rooms
from pledge_app.papers.definition import Paper
from pledge_app.papers.registry import register


def of_the_newest(standing: Callable[[Document], Standing]) -> Callable[[Document], Standing]:
    """The standing of a paper that any later one of the same thing replaces."""

    def answer(document: Document) -> Standing:
        return Standing.REPLACED if has_newer(document) else standing(document)

    return answer


def stays_recorded(_document: Document) -> Standing:
    """A paper stands as it was recorded."""
    return Standing.RECORDED


@dataclass(frozen=True)
class RoomPaper:
    """A paper of a room, and what the room says of the standing of one that was frozen."""

    paper: Paper
    standing: Callable[[Document], Standing] = of_the_newest(stays_recorded)

    @property
    def kind(self) -> str:
        """The kind of the paper, unique among all rooms."""
        return self.paper.kind

    @property
    def name(self) -> str:
        """What the paper is called, in Vietnamese."""
        return self.paper.name

    def page_of(self, pid: str) -> str:
        """The address of the thing that such a paper tells of; "" where it has no page."""
        return url_for(self.paper.way_back, pid=pid) if self.paper.way_back else ""


def room_paper(document: Document) -> RoomPaper:
    """The paper that a document is one of."""
    registered = rooms().papers[document.envelope.kind]
    assert isinstance(registered, RoomPaper)
    return registered


def file_name(document: Document, suffix: str) -> str:
    """The name under which a paper is downloaded; `suffix` without the point."""
    return f"{room_paper(document).name} {document.envelope.short_code}.{suffix}"


def know_papers(registered: Rooms) -> None:
    """Let the pure part know the papers too: how they are conformed, printed and checked."""
    register(*(one.paper for one in registered.papers.values() if isinstance(one, RoomPaper)))
