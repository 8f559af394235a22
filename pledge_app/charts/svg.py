"""Our own charts: one deterministic SVG string for the page and the PDF. Pure.

Presentation attributes only (the page's security policy forbids styles in the document), real text,
a title and a description. Colour is never the only sign: every series also has a number and a
hatch, and every figure is written beside its bar. A table with the same figures belongs beside a
chart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html import escape

from markupsafe import Markup

from pledge_app.kernel.numbers import format_number
from pledge_app.kernel.text import clean_line

Blank = Decimal | None
EMPTY = "Chưa có số liệu để vẽ biểu đồ."
BLANK = "chưa có"
COLOURS = ("#9e1b1e", "#1f4e8c", "#8a5a00", "#1e6b3a", "#5b6472", "#6b3fa0")
INK = "#000000"
LINE = "#d9dbe0"
PAPER = "#ffffff"
FONT = "Be Vietnam Pro, Liberation Serif, sans-serif"  # the page's own font, the paper's own font
WIDTH = 720
LABELS = 250
# of every text: the smallest on the screen, 9 points on a paper whose text is as wide as the
# drawing
SIZE = 14
LEAD = 16  # from line to line
GLYPH = 8  # room for one character
NAME = 27  # characters of a name in one line
BAR = 16
GAP = 10
_HATCHES = (
    "",
    '<path d="M0 6L6 0" stroke="{c}" stroke-width="1.6"/>',
    '<circle cx="3" cy="3" r="1.5" fill="{c}"/>',
    '<path d="M0 3H6" stroke="{c}" stroke-width="1.6"/>',
    '<path d="M0 0L6 6" stroke="{c}" stroke-width="1.6"/>',
    '<path d="M3 0V6" stroke="{c}" stroke-width="1.6"/>',
)


@dataclass(frozen=True)
class Series:
    """What the legend names, with one figure for each category; None is blank and is not drawn
    as zero.
    """

    name: str
    values: Sequence[Blank]


def inline(svg: str) -> Markup:
    """A drawing of this module for a page. It is made of figures and of names that were escaped
    here.
    """
    return Markup(svg)  # noqa: S704


def vietnamese(value: Decimal, places: int = 2) -> str:
    """1234.5 → "1.234,5", with at most `places` decimals, half up."""
    return format_number(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _text(
    x: float,
    y: float,
    content: str,
    anchor: str = "start",
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{SIZE}" '
        f'text-anchor="{anchor}">{_safe(content)}</text>'
    )


def _safe(content: str) -> str:
    return escape(clean_line(content))


def _svg(
    height: float,
    title: str,
    desc: str,
    body: str,
    width: int = WIDTH,
) -> str:
    """The frame. Ids come from the content, so that several charts can stand on one page."""
    key = hashlib.sha256(f"{title}\0{desc}\0{body}".encode()).hexdigest()[:10]
    body = body.replace("@key@", key)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" '
        f'width="{width}" height="{height:.0f}" role="img" aria-labelledby="t{key} d{key}" '
        f'font-family="{FONT}"><title id="t{key}">{_safe(title)}</title><desc '
        f'id="d{key}">{_safe(desc)}</desc>{body}</svg>'
    )


def _nothing(title: str, desc: str, empty: str) -> str:
    box = f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="63" fill="{PAPER}" stroke="{LINE}"/>'
    return _svg(
        64,
        title,
        desc,
        box + _text(WIDTH / 2, 37, empty, "middle"),
    )


def _is_empty(categories: Sequence[str], series: Sequence[Series]) -> bool:
    return not categories or all(v is None for s in series for v in s.values)


def _scale(series: Sequence[Series]) -> tuple[Decimal, Decimal, list[Decimal]]:
    """Lowest, highest and the ticks between; zero is always in, ticks are 1, 2 or 5 × 10ⁿ apart.

    Whole figures, which may be counted things, have whole ticks.
    """
    given = [v for s in series for v in s.values if v is not None]
    low = min([Decimal(0), *given])
    high = max([Decimal(0), *given])
    if low == high:
        high = Decimal(1)
    step = Decimal(1).scaleb((high - low).adjusted() - 1)
    while (high - low) / step > 6:
        leading = int(step.scaleb(-step.adjusted()))
        step = step * 2 if leading in (1, 5) else step * 5 / 2
    if all(v == int(v) for v in given):
        step = max(step, Decimal(1))
    first = _floor(low, step)
    last = -_floor(-high, step)
    return first * step, last * step, [i * step for i in range(first, last + 1)]


def _figure_width(series: Sequence[Series]) -> int:
    """Room for the longest figure, so that none runs out of the picture."""
    return GLYPH * max(len(vietnamese(v)) for s in series for v in s.values if v is not None)


def _floor(value: Decimal, step: Decimal) -> int:
    whole = int(value / step)
    return whole - 1 if whole * step > value else whole


def _paint(i: int) -> str:
    return COLOURS[i % len(COLOURS)] if i % len(_HATCHES) == 0 else f"url(#h{i}-@key@)"


def _hatches(n: int) -> str:
    """One pattern for each series after the first of a round, which is solid."""
    out = []
    for i in range(n):
        if i % len(_HATCHES):
            mark = _HATCHES[i % len(_HATCHES)].format(c=COLOURS[i % len(COLOURS)])
            out.append(
                f'<pattern id="h{i}-@key@" width="6" height="6" patternUnits="userSpaceOnUse">'
                f'<rect width="6" height="6" fill="{PAPER}"/>{mark}</pattern>'
            )
    return f"<defs>{''.join(out)}</defs>" if out else ""


def _legend(series: Sequence[Series], y: float) -> tuple[str, float]:
    """The names, numbered when there are several, in as many lines as they need; and where the
    next part may begin.
    """
    out = []
    x = 8.0
    for i, s in enumerate(series):
        name = _name(i, s, series)
        width = 30 + len(name) * GLYPH
        if x > 8 and x + width > WIDTH:
            x = 8.0
            y += 20
        out.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="18" height="12" fill="{_paint(i)}"'
            f' stroke="{COLOURS[i % len(COLOURS)]}"/>'
        )
        out.append(_text(x + 24, y + 11, name))
        x += width + 10
    return "".join(out), y + 30


def _name(i: int, of: Series, series: Sequence[Series]) -> str:
    return f"{i + 1}. {_shorten(of.name, 40)}" if len(series) > 1 else _shorten(of.name, 40)


def _shorten(name: str, limit: int) -> str:
    name = clean_line(name)
    words = name[:limit].rpartition(" ")[0]
    return name if len(name) <= limit else (words or name[: limit - 1]) + "…"


def _wrap(name: str, limit: int, lines: int) -> list[str]:
    """At most `lines` lines of about `limit` characters; what does not fit ends in "…"."""
    out = [""]
    for word in clean_line(name).split(" "):
        word = _shorten(word, limit)
        if out[-1] and len(out[-1]) + 1 + len(word) > limit:
            out.append(word)
        else:
            out[-1] = f"{out[-1]} {word}".strip()
    if len(out) > lines:
        out = [*out[: lines - 1], _shorten(" ".join(out[lines - 1 :]), limit)]
    return out


def grouped_bars(
    title: str,
    desc: str,
    categories: Sequence[str],
    series: Sequence[Series],
    unit: str = "",
    empty: str = EMPTY,
    blank: str = BLANK,
) -> str:
    """Lying bars: a group for each category, in it a numbered bar for each series, its figure
    beside it.

    ValueError when a series has not one value for each category.
    """
    _check(categories, series)
    if _is_empty(categories, series):
        return _nothing(title, desc, empty)
    legend, top = _legend(series, 4)
    plot = _plot_of(
        categories,
        series,
        top + 18,
        blank,
    )
    body = [
        _hatches(len(series)),
        legend,
        _text(LABELS - 22, top + 8, unit, "end"),
        *_ticks(plot),
    ]
    for row, category in enumerate(categories):
        body.append(f"<g><title>{_safe(category)}</title>")
        body += _label(plot, row, category)
        body.append("</g>")
        body += _bars(plot, row, series, blank)
    body.append(_upright(plot, Decimal(0), INK))
    return _svg(
        plot.bottom + 6,
        title,
        desc,
        "".join(body),
    )


@dataclass(frozen=True)
class Plot:
    """Where the bars stand, and how long a figure is."""

    top: float
    bottom: float
    group: int
    """The height of a category with the gap below it."""
    bars: int
    """The height of the bars of a category."""
    width: int
    low: Decimal
    high: Decimal
    ticks: list[Decimal]

    def at(self, value: Decimal) -> float:
        """The place of a figure, from the left."""
        return LABELS + float((value - self.low) / (self.high - self.low)) * self.width


def _plot_of(
    categories: Sequence[str],
    series: Sequence[Series],
    top: float,
    blank: str,
) -> Plot:
    low, high, ticks = _scale(series)
    lines = 2 if any(len(clean_line(name)) > NAME for name in categories) else 1
    bars = BAR * len(series)
    group = max(bars, LEAD * lines) + GAP
    return Plot(
        top=top,
        bottom=top + group * len(categories),
        group=group,
        bars=bars,
        width=WIDTH - LABELS - 14 - max(_figure_width(series), GLYPH * len(blank)),
        low=low,
        high=high,
        ticks=ticks,
    )


def _ticks(plot: Plot) -> Iterator[str]:
    """A line for each tick, and figures above as many of them as have room."""
    longest = max(len(vietnamese(tick, 4)) for tick in plot.ticks)
    every = 1 + (GLYPH + 2) * len(plot.ticks) * longest // plot.width
    for i, tick in enumerate(plot.ticks):
        yield _upright(plot, tick, LINE)
        if i % every == 0:
            yield _text(
                plot.at(tick),
                plot.top - 10,
                vietnamese(tick, 4),
                "middle",
            )


def _upright(plot: Plot, value: Decimal, colour: str) -> str:
    return (
        f'<path d="M{plot.at(value):.1f} {plot.top - 4:.1f}V{plot.bottom:.1f}" stroke="{colour}"/>'
    )


def _label(plot: Plot, row: int, category: str) -> Iterator[str]:
    """The name of a category in lines, in the middle of its group."""
    lines = _wrap(category, NAME, max(1, plot.group // LEAD))
    middle = plot.top + row * plot.group + (plot.group - GAP) / 2
    first = middle - LEAD / 2 * (len(lines) - 1) + 5
    for i, line in enumerate(lines):
        yield _text(
            LABELS - 22,
            first + LEAD * i,
            line,
            "end",
        )


def _bars(
    plot: Plot,
    row: int,
    series: Sequence[Series],
    blank: str,
) -> Iterator[str]:
    """The bars of a category, numbered when there are several."""
    top = plot.top + row * plot.group + (plot.group - GAP - plot.bars) / 2
    for i, one in enumerate(series):
        y = top + i * BAR
        if len(series) > 1:
            yield _text(
                LABELS - 4,
                y + 13,
                str(i + 1),
                "end",
            )
        yield _bar(
            plot,
            i,
            one.values[row],
            y,
            blank,
        )


def _bar(
    plot: Plot,
    i: int,
    value: Blank,
    y: float,
    blank: str,
) -> str:
    zero = plot.at(Decimal(0))
    if value is None:
        return _text(zero + 5, y + 13, blank)
    end = plot.at(value)
    left = min(zero, end)
    width = abs(end - zero)
    return (
        f'<rect x="{left:.1f}" y="{y + 1:.1f}" width="{width:.1f}" height="{BAR - 2}"'
        f' fill="{_paint(i)}" stroke="{COLOURS[i % len(COLOURS)]}"/>'
        + _text(max(zero, end) + 5, y + 13, vietnamese(value))
    )


def _check(categories: Sequence[str], series: Sequence[Series]) -> None:
    for s in series:
        if len(s.values) != len(categories):
            raise ValueError(f"{s.name}: {len(s.values)} figures for {len(categories)} categories")
