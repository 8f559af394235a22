"""The HTML of a paper as the writer of the DOCX reads it: elements, pieces of text, columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from pledge_app.papers.word import looks

BLOCKS = {
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "table",
    "ul",
    "ol",
    "li",
}
NARROWEST_MM = 20.0
"""A column without a width of its own gets at least so much."""


class Element(Protocol):
    """What is asked of an element of lxml, which has no types."""

    tag: str
    text: str | None
    tail: str | None

    def get(self, key: str, default: str = "") -> str: ...
    def iter(self, *tags: str) -> Iterator[Element]: ...
    def iterchildren(self, *tags: object) -> Iterator[Element]: ...
    def getparent(self) -> Element: ...
    def find_class(self, name: str) -> list[Element]: ...
    def itertext(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...


@dataclass(frozen=True)
class Piece:
    """A stretch of text in one face."""

    text: str
    bold: bool
    italic: bool


def children_of(element: Element) -> list[Element]:
    """The elements inside, without comments."""
    return list(element.iterchildren(etree.Element))


def classes_of(element: Element) -> list[str]:
    """The names of its classes."""
    return element.get("class", "").split()


def holds_blocks(element: Element) -> bool:
    """Whether it is laid out as what is inside it."""
    return any(child.tag in BLOCKS for child in children_of(element))


def marks_of(page: Element) -> list[str]:
    """What stands in the header of every page, line by line."""
    marks: list[str] = []
    for block in page.find_class("marks"):
        marks += [text for text in block.itertext() if text.strip()]
    return marks


def look_of(element: Element, inherited: str) -> str:
    """The style of a paragraph: its class, its tag, what it stands in, in this order; "" is body
    text.
    """
    names = classes_of(element)
    if inherited == "annex":
        return "annex-note" if "note" in names else "annex"
    for name in (*names, element.tag):
        if name in looks.LOOKS:
            return name
    return inherited


def lines_of(element: Element, *, pre_line: bool = False) -> list[list[Piece]]:
    """The text as lines of pieces; white space collapses as on the page, `pre_line` keeps the
    author's line ends.
    """
    lines: list[list[Piece]] = [[]]
    for piece in _pieces(element, bold=False, italic=False):
        whole = piece.text if pre_line else piece.text.replace("\n", " ")
        for number, part in enumerate(re.split("\n|\x0b", whole)):
            if number:
                lines.append([])
            tidy = _collapsed(part, lines[-1])
            if tidy:
                lines[-1].append(Piece(tidy, piece.bold, piece.italic))
    written = [line for line in lines if line]
    for line in written:
        last = line[-1]
        line[-1] = Piece(last.text.rstrip(" "), last.bold, last.italic)
    return written


def _collapsed(text: str, line: list[Piece]) -> str:
    """The text behind what the line holds: one space for many, none at the line's beginning."""
    tidy = re.sub("[ \t\r\f]+", " ", text)
    if not line or line[-1].text.endswith(" "):
        return tidy.lstrip(" ")
    return tidy


def _pieces(element: Element, *, bold: bool, italic: bool) -> Iterator[Piece]:
    if element.get("class") == "room":
        yield Piece("\xa0" * 7, bold, italic)
    if element.text:
        yield Piece(element.text, bold, italic)
    for child in children_of(element):
        if child.tag == "br":
            yield Piece("\x0b", bold, italic)
        yield from _pieces(
            child,
            bold=bold or child.tag in ("strong", "b"),
            italic=italic or child.tag in ("em", "i"),
        )
        if child.tail:
            yield Piece(child.tail, bold, italic)


def columns_of(row: Element) -> int:
    """How many columns the cells of a row take."""
    return sum(span_of(cell) for cell in row.iterchildren("th", "td"))


def span_of(cell: Element) -> int:
    """How many columns one cell takes."""
    return int(cell.get("colspan", "1"))


def head_size_of(row: Element) -> float | None:
    """Points of a head row that is set smaller than its table; None elsewhere."""
    match = re.fullmatch(r"head-([0-9]+)", row.getparent().get("class", ""))
    return float(match[1]) if match else None


def widths_of(table: Element, columns: int, room: float) -> list[float]:
    """Millimetres of each column: as given in the colgroup, the rest shared by those without a
    width.
    """
    fixed = [_width_of(column) for column in table.iter("col")][:columns]
    fixed += [0.0] * (columns - len(fixed))
    free = fixed.count(0.0)
    rest = max(room - sum(fixed), NARROWEST_MM * free)
    return [width or rest / free for width in fixed]


def _width_of(column: Element) -> float:
    match = re.search(r"width: *([0-9.]+)mm", column.get("style", ""))
    return float(match[1]) if match else 0.0
