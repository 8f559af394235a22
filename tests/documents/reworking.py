"""Changes of pages that were read from a faultless paper: cheaper than to print each fault anew."""

from collections.abc import Callable
from dataclasses import replace

from pledge_app.papers.decree.reading import Line, Sheet

Rework = Callable[[list[Sheet]], list[Sheet]]
LineChange = Callable[[Line], list[Line]]


def typed(line: Line, words: str) -> Line:
    """A line in the style and the place of `line` that says `words`."""
    step = (line.x1 - line.x0) / len(words)
    first = line.inked[0]
    return Line(
        line.page,
        tuple(
            replace(first, text=sign, x0=line.x0 + place * step, x1=line.x0 + (place + 1) * step)
            for place, sign in enumerate(words)
        ),
    )


def lowered(line: Line, points: float) -> Line:
    """The line, so much further down."""
    return Line(line.page, tuple(replace(sign, y=sign.y - points) for sign in line.signs))


def at(words: str, change: LineChange) -> Rework:
    """Change the first line that begins with `words`."""

    def rework(sheets: list[Sheet]) -> list[Sheet]:
        lines = [line for sheet in sheets for line in sheet.lines]
        chosen = next(line for line in lines if line.text.startswith(words))
        return [
            replace(
                sheet,
                lines=tuple(
                    each
                    for line in sheet.lines
                    for each in (change(line) if line is chosen else [line])
                ),
            )
            for sheet in sheets
        ]

    return rework


def says(old: str, new: str) -> Rework:
    """The first line that begins with `old` says `new` in its stead."""
    return at(old, lambda line: [typed(line, line.text.replace(old, new, 1))])


def line_below(words: str, new: str, points: float = 16.0) -> Rework:
    """A line more, below the first that begins with `words`."""
    return at(words, lambda line: [line, typed(lowered(line, points), new)])


def gone(words: str) -> Rework:
    """The first line that begins with `words` is not there."""
    return at(words, lambda _line: [])


def styled(words: str, *, font: str = "", size: float = 0.0, black: bool = True) -> Rework:
    """The first line that begins with `words` in another font, size or colour."""

    def change(line: Line) -> list[Line]:
        signs = tuple(
            replace(sign, font=font or sign.font, size=size or sign.size, black=black)
            for sign in line.signs
        )
        return [Line(line.page, signs)]

    return at(words, change)


def shifted(words: str, points: float) -> Rework:
    """The first line that begins with `words`, further to the right."""
    return at(
        words,
        lambda line: [
            Line(
                line.page,
                tuple(replace(s, x0=s.x0 + points, x1=s.x1 + points) for s in line.signs),
            )
        ],
    )


def last_page_from(words: str, until: str = "") -> Rework:
    """What stands from `words` on, or up to `until`, stands alone at the head of a page more."""

    def rework(sheets: list[Sheet]) -> list[Sheet]:
        last = sheets[-1]
        texts = [line.text for line in last.lines]
        begin = next(place for place, text in enumerate(texts) if text.startswith(words))
        end = texts.index(until) + 1 if until else len(texts)
        number = last.number + 1
        lift = last.lines[begin].y - last.height + 80
        moved = tuple(Line(number, lowered(line, lift).signs) for line in last.lines[begin:end])
        kept = replace(last, lines=last.lines[:begin])
        return [*sheets[:-1], kept, replace(last, number=number, lines=moved, drawn=())]

    return rework
