"""Amounts written with a word of number: "1,4 tỷ" where the unit is "triệu đồng" is 1.400. Pure."""

from __future__ import annotations

from decimal import Decimal

NUMBER_WORDS = {
    "nghìn": 1_000,
    "ngàn": 1_000,
    "triệu": 1_000_000,
    "tr": 1_000_000,
    "trđ": 1_000_000,
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
}
_MONEY = ("đồng", "đ", "vnđ", "vnd")


def amount_in(value: Decimal, words: str, unit: str) -> Decimal | None:
    """`value` counted in `words`, told in `unit`; None where one does not follow from the other.

    Both as small letters. Money is told in money only: "12 triệu đồng" is nothing where people are
    counted.
    """
    size, what = _split(words)
    unit_size, unit_what = _split(unit.partition("/")[0].strip())
    if what in _MONEY and unit_what not in _MONEY:
        return None
    if what and what not in _MONEY and what != unit_what:
        return None
    amount = value * size / unit_size
    exact = amount.quantize(Decimal("0.0001"))
    return exact.normalize() if exact == amount else None


def _split(words: str) -> tuple[int, str]:
    """(how many of what): "triệu đồng" → (1000000, "đồng"); "người" → (1, "người")."""
    if words == "trđ":
        return NUMBER_WORDS["trđ"], "đồng"
    first, _space, rest = words.partition(" ")
    if first in NUMBER_WORDS:
        return NUMBER_WORDS[first], rest.strip()
    return 1, words
