"""Numbers as people in Vietnam type and read them: 1.234,5. Exact Decimals, at most four places."""

from __future__ import annotations

import re
from decimal import Decimal

# Never \d: it takes Arabic and full-width digits. No group of thousands begins with 0: "0.500" is half, not 500.
# Source: the house's rule for typed numbers; static/js/grid.js has the same.
TYPED = re.compile(r"^-?([0-9]{1,12}|[1-9][0-9]{0,2}([. \u00a0][0-9]{3})+)(,[0-9]{1,4})?$")
POINT_AS_COMMA = re.compile(r"^-?[0-9]{1,12}\.[0-9]{1,4}$")
LONGEST_WHOLE = 12
LONGEST_TYPED = 200  # with every blank around it; a longer text is no number and is not looked at


class NumberProblem(ValueError):
    """Why a text is not a number. `reason` is a key; `suggestion` is what was probably meant, or ""."""

    def __init__(self, reason: str, suggestion: str = "") -> None:
        super().__init__(reason)
        self.reason = reason  # "point", "places", "long", "shape"
        self.suggestion = suggestion


def parse_number(text: str) -> Decimal | None:
    """The number in `text`, or None for a blank one (blank is not zero). Raises NumberProblem."""
    if len(text) > LONGEST_TYPED:
        raise NumberProblem("shape")
    typed = text.strip(" \u00a0\t\r\n").replace("\u2212", "-")
    if not typed:
        return None
    if not TYPED.match(typed):
        raise _problem(typed)
    whole, _comma, places = typed.partition(",")
    digits = re.sub(r"[. \u00a0]", "", whole)
    if len(digits.lstrip("-")) > LONGEST_WHOLE:
        raise NumberProblem("long")
    value = Decimal(f"{digits}.{places or '0'}").normalize()
    return Decimal(0) if value == 0 else Decimal(format(value, "f"))


def format_number(value: Decimal | None) -> str:
    """1234.50 → "1.234,5"; None → ""."""
    if value is None:
        return ""
    sign, text = ("-" if value < 0 else ""), format(abs(value), "f")
    whole, _point, places = text.partition(".")
    groups = f"{int(whole):,}".replace(",", ".")
    places = places.rstrip("0")
    shown = f"{groups},{places}" if places else groups
    return shown if shown == "0" else sign + shown


def _problem(typed: str) -> NumberProblem:
    if POINT_AS_COMMA.match(typed):
        return NumberProblem("point", format_number(Decimal(typed)))
    if re.fullmatch(r"-?[0-9]{13,}(,[0-9]*)?", typed):
        return NumberProblem("long")
    if re.fullmatch(r"-?[0-9. \u00a0]+,[0-9]{5,}", typed):
        return NumberProblem("places")
    return NumberProblem("shape")
