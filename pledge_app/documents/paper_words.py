"""What the rooms say of their kinds of paper: its name, the page of what it tells of, how it stands
today.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pledge_app.documents.models import Document, PaperKind
from pledge_app.documents.queries import has_newer
from pledge_app.documents.standing import Standing
from pledge_app.kernel.room import rooms


@dataclass(frozen=True)
class PaperWords:
    """`page_of` gives the address of the thing with a public id that such a paper tells of."""

    kind: PaperKind
    word: str
    page_of: Callable[[str], str]
    standing: Callable[[Document], Standing]


def words_of(document: Document) -> PaperWords:
    """What its room says of a paper."""
    registered = rooms().papers[document.envelope.kind]
    assert isinstance(registered, PaperWords)
    return registered


def file_name(document: Document, suffix: str) -> str:
    """The name under which a paper is downloaded; `suffix` without the point."""
    return f"{words_of(document).word} {document.envelope.short_code}.{suffix}"


def of_the_newest(standing: Callable[[Document], Standing]) -> Callable[[Document], Standing]:
    """The standing of a paper that any later one of the same thing replaces."""

    def answer(document: Document) -> Standing:
        return Standing.REPLACED if has_newer(document) else standing(document)

    return answer
