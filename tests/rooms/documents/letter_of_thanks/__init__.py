"""A paper that only the tests know, as a room of tomorrow would define it. Pure: the child imports
it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict

from pledge_app.papers.content.schema import PaperContent, Signatory
from pledge_app.papers.decree.applicable import REPORT
from pledge_app.papers.definition import Edition, FixedWord, Paper
from pledge_app.papers.figures import FigureTable, figure_table
from pledge_app.papers.printing.cells import signed_at_the_end


class Gift(TypedDict):
    """What was given."""

    code: str
    name: str
    unit: str
    count: str


class LetterContent(PaperContent):
    """Thư cảm ơn."""

    addressed_to: list[str]
    thanks: list[str]
    occasion: str
    """Since version 2 of the schema."""
    gifts: list[Gift]
    signatories: list[Signatory]


def with_occasion(content: Mapping[str, Any]) -> dict[str, Any]:
    """A content of version 1, which named no occasion."""
    return {**content, "occasion": "năm qua"}


def with_gifts(content: Mapping[str, Any]) -> dict[str, Any]:
    """A content of version 2, which counted nothing."""
    return {**content, "gifts": []}


def nobody_is_thanked(content: LetterContent) -> str:
    """A letter without anybody to thank is none."""
    return "" if content["thanks"] else "nobody is thanked"


def gifts_as_figures(content: Mapping[str, Any]) -> FigureTable | None:
    """What was given, to be held beside the letter."""
    group = {"code": "", "name": "", "rows": content["gifts"]}
    return figure_table(["Số lượng"], [group], lambda row: [row["count"]])


LETTER = Paper(
    kind="letter_of_thanks",
    name="Thư cảm ơn",
    module=__name__,
    content=LetterContent,
    schema_version=3,
    upcasts={1: with_occasion, 2: with_gifts},
    fault=nobody_is_thanked,
    editions={1: Edition(Path(__file__).parent / "v1", 2, signed_at_the_end)},
    parts=REPORT,
    type_names=("THƯ CẢM ƠN",),
    wording={"type_name": FixedWord("Tên loại văn bản", "THƯ CẢM ƠN", is_line=True)},
    places=("năm",),
    figures=gifts_as_figures,
    way_back="documents.check",
)
PAPERS = (LETTER,)
