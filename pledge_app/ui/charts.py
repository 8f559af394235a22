"""Our own charts: one deterministic SVG string for the page and the PDF. Pure.

Presentation attributes only (the page's security policy forbids styles in the document), real text, a
title and a description. Colour is never the only sign: every series also has a number, a hatch or a
dash, and every figure is written beside its bar. A table with the same figures belongs beside a chart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html import escape

from markupsafe import Markup

from pledge_app.kernel.numbers import format_number
from pledge_app.kernel.text import clean_line

Blank = Decimal | None
Point = tuple[float, float, Decimal]  # x, y, the figure
EMPTY = "Chưa có số liệu để vẽ biểu đồ."
BLANK = "chưa có"
COLOURS = ("#9e1b1e", "#1f4e8c", "#8a5a00", "#1e6b3a", "#5b6472", "#6b3fa0")
INK, QUIET, LINE, PAPER = "#000000", "#000000", "#d9dbe0", "#ffffff"
FONT = "Be Vietnam Pro, Liberation Serif, sans-serif"  # the page's own font, the paper's own font
WIDTH, LABELS = 720, 244
BAR, GAP = 12, 10
_HATCHES = (
    "", '<path d="M0 6L6 0" stroke="{c}" stroke-width="1.6"/>',
    '<circle cx="3" cy="3" r="1.5" fill="{c}"/>', '<path d="M0 3H6" stroke="{c}" stroke-width="1.6"/>',
    '<path d="M0 0L6 6" stroke="{c}" stroke-width="1.6"/>',
    '<path d="M3 0V6" stroke="{c}" stroke-width="1.6"/>',
)
_DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 2", "10 4")


@dataclass(frozen=True)
class Series:
    """What the legend names, with one figure for each category; None is blank and is not drawn as zero."""

    name: str
    values: Sequence[Blank]


def inline(svg: str) -> Markup:
    """A drawing of this module for a page. It is made of figures and of names that were escaped here."""
    return Markup(svg)  # noqa: S704


def vietnamese(value: Decimal, places: int = 2) -> str:
    """1234.5 → "1.234,5", with at most `places` decimals, half up."""
    return format_number(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _text(x: float, y: float, content: str, size: int = 12, fill: str = INK, anchor: str = "start",
          weight: int = 400) -> str:
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"'
            f' font-weight="{weight}">{_safe(content)}</text>')


def _safe(content: str) -> str:
    return escape(clean_line(content))


def _svg(height: float, title: str, desc: str, body: str, width: int = WIDTH) -> str:
    """The frame. Ids come from the content, so that several charts can stand on one page."""
    key = hashlib.sha256(f"{title}\0{desc}\0{body}".encode()).hexdigest()[:10]
    body = body.replace("@key@", key)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" width="{width}"'
            f' height="{height:.0f}" role="img" aria-labelledby="t{key} d{key}" font-family="{FONT}">'
            f'<title id="t{key}">{_safe(title)}</title><desc id="d{key}">{_safe(desc)}</desc>{body}</svg>')


def _nothing(title: str, desc: str, empty: str) -> str:
    box = f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="63" fill="{PAPER}" stroke="{LINE}"/>'
    return _svg(64, title, desc, box + _text(WIDTH / 2, 37, empty, 14, QUIET, "middle"))


def _is_empty(categories: Sequence[str], series: Sequence[Series]) -> bool:
    return not categories or all(v is None for s in series for v in s.values)


def _scale(series: Sequence[Series]) -> tuple[Decimal, Decimal, list[Decimal]]:
    """Lowest, highest and the ticks between; zero is always in, ticks are 1, 2 or 5 × 10ⁿ apart."""
    given = [v for s in series for v in s.values if v is not None]
    low, high = min([Decimal(0), *given]), max([Decimal(0), *given])
    if low == high:
        high = Decimal(1)
    step = Decimal(1).scaleb((high - low).adjusted() - 1)
    while (high - low) / step > 6:
        leading = int(step.scaleb(-step.adjusted()))
        step = step * 2 if leading in (1, 5) else step * 5 / 2
    first, last = _floor(low, step), -_floor(-high, step)
    return first * step, last * step, [i * step for i in range(first, last + 1)]


def _figure_width(series: Sequence[Series]) -> int:
    """Room for the longest figure, so that none runs out of the picture."""
    return 7 * max(len(vietnamese(v)) for s in series for v in s.values if v is not None)


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
            out.append(f'<pattern id="h{i}-@key@" width="6" height="6" patternUnits="userSpaceOnUse">'
                       f'<rect width="6" height="6" fill="{PAPER}"/>{mark}</pattern>')
    return f"<defs>{''.join(out)}</defs>" if out else ""


def _legend(series: Sequence[Series], y: float) -> tuple[str, float]:
    """Numbered names in as many lines as they need; gives back where the next part may begin."""
    out, x = [], 8.0
    for i, s in enumerate(series):
        name = f"{i + 1}. {_shorten(s.name, 40)}"
        width = 30 + len(name) * 7.2
        if x > 8 and x + width > WIDTH:
            x, y = 8.0, y + 20
        out.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="18" height="12" fill="{_paint(i)}"'
                   f' stroke="{COLOURS[i % len(COLOURS)]}"/>')
        out.append(_text(x + 24, y + 10.5, name))
        x += width + 10
    return "".join(out), y + 28


def _shorten(name: str, limit: int) -> str:
    name = clean_line(name)
    return name if len(name) <= limit else name[:limit - 1].rstrip() + "…"


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
        out = [*out[:lines - 1], _shorten(" ".join(out[lines - 1:]), limit)]
    return out


def grouped_bars(title: str, desc: str, categories: Sequence[str], series: Sequence[Series], unit: str = "",
                 empty: str = EMPTY, blank: str = BLANK) -> str:
    """Lying bars: a group for each category, in it a numbered bar for each series, its figure beside it.

    ValueError when a series has not one value for each category.
    """
    _check(categories, series)
    if _is_empty(categories, series):
        return _nothing(title, desc, empty)
    low, high, ticks = _scale(series)
    wide = WIDTH - LABELS - 14 - _figure_width(series)

    def at(value: Decimal) -> float:
        return LABELS + float((value - low) / (high - low)) * wide

    legend, top = _legend(series, 4)
    lines = 2 if any(len(clean_line(c)) > 29 for c in categories) else 1
    group = max(BAR * len(series), 16, 14 * lines) + GAP
    wrapped = [_wrap(c, 29, max(1, (group - 2) // 14)) for c in categories]
    bottom = top + 18 + group * len(categories)
    body = [_hatches(len(series)), legend, _text(LABELS - 22, top + 8, unit, 11, QUIET, "end")]
    every = 1 + 8 * len(ticks) * max(len(vietnamese(tick, 4)) for tick in ticks) // wide
    for i, tick in enumerate(ticks):
        body.append(f'<path d="M{at(tick):.1f} {top + 14:.1f}V{bottom:.1f}" stroke="{LINE}"/>')
        if i % every == 0:
            body.append(_text(at(tick), top + 8, vietnamese(tick, 4), 11, QUIET, "middle"))
    for row, category in enumerate(categories):
        y = top + 18 + row * group
        middle = y + (group - GAP) / 2 - 7 * (len(wrapped[row]) - 1) + 4
        body.append(f"<g><title>{_safe(category)}</title>")
        body += [_text(LABELS - 22, middle + 14 * i, part, anchor="end")
                 for i, part in enumerate(wrapped[row])]
        body.append("</g>")
        for i, s in enumerate(series):
            body.append(_bar(i, s.values[row], y + i * BAR, at, blank))
    body.append(f'<path d="M{at(Decimal(0)):.1f} {top + 14:.1f}V{bottom:.1f}" stroke="{INK}"/>')
    return _svg(bottom + 6, title, desc, "".join(body))


def _bar(i: int, value: Blank, y: float, at: Callable[[Decimal], float], blank: str) -> str:
    number = _text(LABELS - 6, y + 9.5, str(i + 1), 10, QUIET, "end")
    zero = at(Decimal(0))
    if value is None:
        return number + _text(zero + 5, y + 9.5, blank, 10, QUIET)
    end = at(value)
    left, width = min(zero, end), abs(end - zero)
    return (f'{number}<rect x="{left:.1f}" y="{y + 1:.1f}" width="{width:.1f}" height="{BAR - 2}"'
            f' fill="{_paint(i)}" stroke="{COLOURS[i % len(COLOURS)]}"/>'
            + _text(max(zero, end) + 5, y + 9.5, vietnamese(value), 10))


def _check(categories: Sequence[str], series: Sequence[Series]) -> None:
    for s in series:
        if len(s.values) != len(categories):
            raise ValueError(f"{s.name}: {len(s.values)} figures for {len(categories)} categories")


def progress_bar(percent: Blank, title: str = "Tiến độ", blank: str = BLANK) -> str:
    """Per cent of the goal; the bar ends at 100, the figure does not. Less than 100 never reads "100"."""
    if percent is None:
        label, filled = blank, 0.0
    else:
        shown = percent.quantize(Decimal("0.1"), ROUND_HALF_UP)
        shown = min(shown, Decimal("99.9")) if percent < 100 else shown
        label, filled = f"{vietnamese(shown, 1)} %", float(min(max(percent, Decimal(0)), Decimal(100)))
    done = percent is not None and percent >= 100
    colour = COLOURS[3] if done else COLOURS[1]
    body = (f'<rect x="0.5" y="3.5" width="120" height="11" fill="{PAPER}" stroke="#868d99"/>'
            f'<rect x="0.5" y="3.5" width="{filled * 1.2:.1f}" height="11" fill="{colour}"/>')
    if done:
        body += f'<path d="M54 9L59 13L68 5" fill="none" stroke="{PAPER}" stroke-width="2"/>'
    return _svg(18, title, label, body + _text(128, 13.5, label), width=200)


def line(title: str, desc: str, categories: Sequence[str], series: Sequence[Series], unit: str = "",
         empty: str = EMPTY) -> str:
    """Lines over a few categories such as quarters; a blank figure leaves a gap. ValueError as for bars."""
    _check(categories, series)
    if _is_empty(categories, series):
        return _nothing(title, desc, empty)
    low, high, ticks = _scale(series)
    legend, top = _legend_lines(series, 4)
    top, tall = top + 12, 220
    left = 16 + 7 * max(len(vietnamese(tick, 4)) for tick in ticks)
    edge = WIDTH - 16 - _figure_width(series)
    wide = edge - left
    step = wide / max(len(categories) - 1, 1)
    points: list[list[Point | None]] = [
        [None if v is None else (left + i * step, top + tall * float((high - v) / (high - low)), v)
         for i, v in enumerate(s.values)] for s in series]
    body = [legend, _text(4, top - 6, unit, 11, QUIET)]
    for tick in ticks:
        y = top + tall * float((high - tick) / (high - low))
        body.append(f'<path d="M{left} {y:.1f}H{edge}" stroke="{INK if tick == 0 else LINE}"/>')
        body.append(_text(left - 8, y + 4, vietnamese(tick, 4), 11, QUIET, "end"))
    for i, category in enumerate(categories):
        body.append(_text(left + i * step, top + tall + 20, _shorten(category, 16), anchor="middle"))
    labels = [_spread([point and point[1] for point in column]) for column in zip(*points, strict=True)]
    strokes = [_stroke(n, found, [column[n] for column in labels]) for n, found in enumerate(points)]
    body += [path for path, _ in strokes] + [marks for _, marks in strokes]
    return _svg(top + tall + 30, title, desc, "".join(body))


def _spread(heights: Sequence[float | None]) -> list[float]:
    """Where the figures of one category stand, so that none covers another: 11 apart, from below."""
    out = [0.0] * len(heights)
    lowest = float("inf")
    for n, y in sorted(((n, y) for n, y in enumerate(heights) if y is not None), key=lambda found: -found[1]):
        out[n] = lowest = min(y, lowest - 11)
    return out


def _stroke(n: int, points: Sequence[Point | None], label_heights: Sequence[float]) -> tuple[str, str]:
    """One series: its pieces between the gaps, and its dots with its number and its figures."""
    colour = COLOURS[n % len(COLOURS)]
    path, pen_up = "", True
    marks = []
    for point, label_y in zip(points, label_heights, strict=True):
        if point is None:
            pen_up = True
            continue
        x, y, value = point
        path += f"{'M' if pen_up else 'L'}{x:.1f} {y:.1f}"
        pen_up = False
        marks.append(f'<rect x="{x + 8:.1f}" y="{label_y - 11:.1f}" width="{len(vietnamese(value)) * 6 + 4}"'
                     f' height="11" fill="{PAPER}" fill-opacity="0.85"/>'
                     f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{PAPER}" stroke="{colour}"/>'
                     + _text(x, y + 3.5, str(n + 1), 10, INK, "middle")
                     + _text(x + 10, label_y - 2, vietnamese(value), 10, INK))
    dash = _DASHES[n % len(_DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    drawn = f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>' if path else ""
    return drawn, "".join(marks)


def _legend_lines(series: Sequence[Series], y: float) -> tuple[str, float]:
    out, x = [], 8.0
    for i, s in enumerate(series):
        name = f"{i + 1}. {_shorten(s.name, 40)}"
        width = 40 + len(name) * 7.2
        if x > 8 and x + width > WIDTH:
            x, y = 8.0, y + 20
        dash = _DASHES[i % len(_DASHES)]
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        out.append(f'<path d="M{x:.1f} {y + 6:.1f}h28" stroke="{COLOURS[i % len(COLOURS)]}" stroke-width="2"'
                   f'{dashed}/>' + _text(x + 34, y + 10.5, name))
        x += width + 10
    return "".join(out), y + 28
