"""Bands of points in a criterion's name ("trên 98% 5 điểm; 97 đến dưới 98% 4 điểm"): what they leave unsaid.

Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pledge_app.kernel.numbers import format_number

_NUMBER = r"([0-9]+(?:,[0-9]+)?)\s*%?"
_BETWEEN = re.compile(rf"(?:từ\s+)?(trên\s+)?{_NUMBER}\s*(?:đến|-|–)\s*(dưới\s+)?{_NUMBER}", re.IGNORECASE)
_ABOVE = re.compile(rf"(trên|>|từ)\s*{_NUMBER}", re.IGNORECASE)
_BELOW = re.compile(rf"(dưới|<)\s*{_NUMBER}", re.IGNORECASE)
_POINTS = re.compile(r"[0-9]+(?:,[0-9]+)?\s*điểm", re.IGNORECASE)


@dataclass(frozen=True)
class _Band:
    """From `low` to `high`; None is without end; whether the edge itself belongs to it."""

    low: Decimal | None
    high: Decimal | None
    with_low: bool
    with_high: bool

    def holds(self, value: Decimal) -> bool:
        above = self.low is None or value > self.low or (self.with_low and value == self.low)
        below = self.high is None or value < self.high or (self.with_high and value == self.high)
        return above and below


def unsaid(name: str) -> list[str]:
    """The values for which a name with two or more bands gives no points: ["đúng 98", "dưới 96"]."""
    if len(_POINTS.findall(name)) < 2:
        return []
    bands = _bands(name)
    if len(bands) < 2:
        return []
    edges = sorted({edge for band in bands for edge in (band.low, band.high) if edge is not None})
    gaps = []
    tiny = Decimal("0.0001")
    if not any(band.holds(edges[0] - tiny) for band in bands) and edges[0] > 0:
        gaps.append(f"dưới {format_number(edges[0])}")
    for place, edge in enumerate(edges):
        if not any(band.holds(edge) for band in bands):
            gaps.append(f"đúng {format_number(edge)}")
        following = edges[place + 1] if place + 1 < len(edges) else None
        if following is not None and not any(band.holds((edge + following) / 2) for band in bands):
            gaps.append(f"giữa {format_number(edge)} và {format_number(following)}")
    if not any(band.holds(edges[-1] + tiny) for band in bands):
        gaps.append(f"trên {format_number(edges[-1])}")
    return gaps


def _bands(name: str) -> list[_Band]:
    bands = []
    rest = _POINTS.sub("điểm", name)
    for match in _BETWEEN.finditer(rest):
        low, high = _value(match.group(2)), _value(match.group(4))
        bands.append(_Band(low, high, not match.group(1), not match.group(3)))
    rest = _BETWEEN.sub(" ", rest)
    for match in _ABOVE.finditer(rest):
        bands.append(_Band(_value(match.group(2)), None, match.group(1).lower() == "từ", False))
    rest = _ABOVE.sub(" ", rest)
    for match in _BELOW.finditer(rest):
        bands.append(_Band(None, _value(match.group(2)), False, False))
    return bands


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
