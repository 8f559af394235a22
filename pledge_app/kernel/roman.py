"""Roman numerals, as Vietnamese papers number quarters, groups and annexes."""

from __future__ import annotations

LETTERS = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def roman(number: int) -> str:
    """4 → "IV"; 0 → ""."""
    text = ""
    for value, letters in LETTERS:
        times, number = divmod(number, value)
        text += letters * times
    return text
