"""What stands on the pages of a finished PDF: lines of text with their style, drawn rules; in
points.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

SAME_LINE = 2.0
COLUMN_GAP = 22.0
"""A wider gap than justified text ever has: another column begins."""


@dataclass(frozen=True)
class Sign:
    """One printed character."""

    text: str
    font: str
    size: float
    x0: float
    x1: float
    y: float
    black: bool

    @property
    def bold(self) -> bool:
        return "Bold" in self.font

    @property
    def italic(self) -> bool:
        return "Italic" in self.font or "Oblique" in self.font


@dataclass(frozen=True)
class Line:
    """Signs on one baseline `y` without a column gap between them; pages count from 1."""

    page: int
    signs: tuple[Sign, ...]

    @cached_property
    def text(self) -> str:
        parts = []
        for before, sign in zip((None, *self.signs), self.signs, strict=False):
            if before and sign.x0 - before.x1 > 0.18 * sign.size and not before.text.isspace():
                parts.append(" ")
            parts.append(sign.text)
        return " ".join("".join(parts).split())

    @property
    def x0(self) -> float:
        return min(sign.x0 for sign in self.inked)

    @property
    def x1(self) -> float:
        return max(sign.x1 for sign in self.inked)

    @property
    def y(self) -> float:
        return self.signs[0].y

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @cached_property
    def inked(self) -> list[Sign]:
        return [sign for sign in self.signs if not sign.text.isspace()]

    @property
    def size(self) -> float:
        return max(sign.size for sign in self.inked)

    @property
    def smallest(self) -> float:
        return min(sign.size for sign in self.inked)

    @property
    def bold(self) -> bool:
        return all(sign.bold for sign in self.inked)

    @property
    def italic(self) -> bool:
        return all(sign.italic for sign in self.inked)

    @property
    def upright(self) -> bool:
        return not any(sign.italic for sign in self.inked)

    @property
    def light(self) -> bool:
        return not any(sign.bold for sign in self.inked)


@dataclass(frozen=True)
class Drawn:
    """A drawn line or rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def level(self) -> bool:
        return self.y1 - self.y0 < 2 and self.x1 - self.x0 > 4

    @property
    def upright(self) -> bool:
        return self.x1 - self.x0 < 2 and self.y1 - self.y0 > 4


@dataclass(frozen=True)
class Sheet:
    """One page."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    """From the top down, then from left to right."""
    drawn: tuple[Drawn, ...]

    def in_table(self, line: Line) -> bool:
        """A table has upright rules at the line's height."""
        middle = line.y + line.size * 0.3
        return any(rule.upright and rule.y0 <= middle <= rule.y1 for rule in self.drawn)

    def in_picture(self, line: Line) -> bool:
        """The band of the page that a chart or a QR takes: filled shapes that are no rules."""
        shapes = [shape for shape in self.drawn if not shape.level and not shape.upright]
        return any(shape.y0 - 30 <= line.y <= shape.y1 + 30 for shape in shapes)


def read(pdf: bytes) -> list[Sheet]:
    """The pages of `pdf`."""
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    sheets = []
    for number, page in enumerate(PDFPage.get_pages(io.BytesIO(pdf)), start=1):
        interpreter.process_page(page)
        sheets.append(_sheet(number, device.get_result()))
    return sheets


def _sheet(number: int, page: LTPage) -> Sheet:
    signs, drawn = [], []
    for thing in _parts(page):
        if isinstance(thing, LTChar):
            signs.append(_sign(thing))
        elif isinstance(thing, LTCurve):
            drawn.append(Drawn(*thing.bbox))
    return Sheet(
        number,
        page.width,
        page.height,
        tuple(_lines(number, signs)),
        tuple(drawn),
    )


def _parts(container: Iterable[object]) -> Iterator[object]:
    for thing in container:
        if isinstance(thing, LTContainer):
            yield from _parts(thing)
        else:
            yield thing


def _sign(char: LTChar) -> Sign:
    colour = char.graphicstate.ncolor
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    black = all(isinstance(part, (int, float)) and part < 0.01 for part in parts) and len(parts) < 4
    return Sign(
        char.get_text(),
        char.fontname,
        round(char.size, 2),
        char.x0,
        char.x1,
        char.matrix[5],
        black,
    )


def _lines(number: int, signs: list[Sign]) -> list[Line]:
    found = []
    for row in _rows(signs):
        current: list[Sign] = []
        for sign in sorted(row, key=lambda each: each.x0):
            if current and sign.x0 - _ink_end(current) > COLUMN_GAP:
                found.append(Line(number, tuple(current)))
                current = []
            if current or not sign.text.isspace():
                current.append(sign)
        if current:
            found.append(Line(number, tuple(current)))
    return found


def _ink_end(signs: list[Sign]) -> float:
    return max(sign.x1 for sign in signs if not sign.text.isspace())


def _rows(signs: list[Sign]) -> Iterator[list[Sign]]:
    """Signs of about one baseline together, from the top down."""
    levels: list[float] = []
    for level in sorted({sign.y for sign in signs}, reverse=True):
        if not levels or levels[-1] - level > SAME_LINE:
            levels.append(level)

    def place(sign: Sign) -> int:
        return min(range(len(levels)), key=lambda index: abs(levels[index] - sign.y))

    for _, row in groupby(sorted(signs, key=place), key=place):
        yield list(row)
