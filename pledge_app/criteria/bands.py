"""Bands of points in a criterion's name ("trên 98% 5 điểm; 97 đến dưới 98% 4 điểm"): what they
leave unsaid.

Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from pledge_app.kernel.numbers import format_number

LONGEST = 480  # characters of a name; a longer one is refused anyway
# Nothing is given back once it was taken (++, ?+), and a number is tried from its first digit only.
_NUMBER = r"(?<![0-9])([0-9]++(?:,[0-9]++)?+)\s*+%?+"
_BETWEEN = re.compile(
    rf"(?:từ\s++)?+(trên\s++)?+{_NUMBER}\s*+(?:đến|-|–)\s*+(dưới\s++)?+{_NUMBER}",
    re.IGNORECASE,
)
_ABOVE = re.compile(rf"(trên|>|từ)\s*+{_NUMBER}", re.IGNORECASE)
_BELOW = re.compile(rf"(dưới|<)\s*+{_NUMBER}", re.IGNORECASE)
_POINTS = re.compile(r"(?<![0-9])[0-9]++(?:,[0-9]++)?+\s*+điểm", re.IGNORECASE)


@dataclass(frozen=True)
class _Band:
    """From `low` to `high`; None is without end; whether the edge itself belongs to it."""

    low: Decimal | None
    high: Decimal | None
    with_low: bool
    with_high: bool


def unsaid(name: str) -> list[str]:
    """The values for which a name with two or more bands gives no points: ["đúng 98", "dưới
    96"].
    """
    if len(name) > LONGEST or len(_POINTS.findall(name)) < 2:
        return []
    bands = _bands(name)
    if len(bands) < 2:
        return []
    edges = sorted({edge for band in bands for edge in (band.low, band.high) if edge is not None})
    held = _held(bands, edges)
    gaps = []
    if not held[0] and edges[0] > 0:
        gaps.append(f"dưới {format_number(edges[0])}")
    for place, edge in enumerate(edges):
        if not held[2 * place + 1]:
            gaps.append(f"đúng {format_number(edge)}")
        if place + 1 < len(edges) and not held[2 * place + 2]:
            gaps.append(f"giữa {format_number(edge)} và {format_number(edges[place + 1])}")
    if not held[-1]:
        gaps.append(f"trên {format_number(edges[-1])}")
    return gaps


def _held(bands: list[_Band], edges: list[Decimal]) -> list[bool]:
    """Which stretches some band holds: below the first edge, that edge itself, between it and
    the next, and so on to what lies above the last one.
    """
    places = {edge: 2 * number + 1 for number, edge in enumerate(edges)}
    changes = [0] * (2 * len(edges) + 2)
    for band in bands:
        first = 0 if band.low is None else places[band.low] + (not band.with_low)
        last = 2 * len(edges) if band.high is None else places[band.high] - (not band.with_high)
        if first <= last:
            changes[first] += 1
            changes[last + 1] -= 1
    return [count > 0 for count in accumulate(changes[:-1])]


def _bands(name: str) -> list[_Band]:
    bands = []
    rest = _POINTS.sub("điểm", name)
    for match in _BETWEEN.finditer(rest):
        low = _value(match.group(2))
        high = _value(match.group(4))
        bands.append(
            _Band(
                low,
                high,
                not match.group(1),
                not match.group(3),
            )
        )
    rest = _BETWEEN.sub(" ", rest)
    for match in _ABOVE.finditer(rest):
        bands.append(
            _Band(
                _value(match.group(2)),
                None,
                match.group(1).lower() == "từ",
                False,
            )
        )
    rest = _ABOVE.sub(" ", rest)
    for match in _BELOW.finditer(rest):
        bands.append(
            _Band(
                None,
                _value(match.group(2)),
                False,
                False,
            )
        )
    return bands


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
