"""Numbers as people in Vietnam type and read them: 1.234,5. Exact Decimals, at most four places.

The only parser of what is typed, pasted or imported. Nothing is guessed: what may be meant in two
ways is refused with a reason and, where one meaning is likely, a suggestion that can be typed or
taken as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from pledge_app.kernel.amounts import NUMBER_WORDS, amount_in
from pledge_app.kernel.text import fold

# Never \d: it takes Arabic and full-width digits. No group of thousands begins with 0: "0.500" is
# half, not 500. One kind of separator in one number: "1 234.567" is asked. For their totals the
# scripts have the same: static/js/grid/numbers.js.
TYPED = re.compile(
    r"^-?([0-9]{1,12}|[1-9][0-9]{0,2}(\.[0-9]{3})+|[1-9][0-9]{0,2}( [0-9]{3})+)(,[0-9]{1,4})?$"
)
POINT_AS_COMMA = re.compile(r"^-?[0-9]{1,12}\.[0-9]{1,4}$")
ENGLISH = re.compile(r"^-?[1-9][0-9]{0,2}((,[0-9]{3})+\.[0-9]{1,4}|(,[0-9]{3}){2,})$")
# A group of thousands, or three places.
TWO_MEANINGS = re.compile(r"^-?[1-9][0-9]{0,2}[.,][0-9]{3}$")
_FRACTION = re.compile(r"^([0-9. ]+(?:,[0-9]+)?) ?/ ?([0-9. ]+(?:,[0-9]+)?)$")
_CONDITION = re.compile(
    r"^(?:[≥≤><~±]+|>=|<=|tren|duoi|tu|it nhat|toi thieu|toi da|nhieu nhat|khoang|dat) ?(?=[0-9])"
)
_SIGNED = re.compile(r"^(?:\((?P<inside>[^()]+)\)|(?P<sign>[+\-–—‒]) ?(?P<rest>[0-9].*))$")
_AMOUNT = re.compile(r"^(-?[0-9][0-9., ]*?) ?([^0-9., ].*)$")
_SURE = re.compile(r" ?\((?:đúng|dung)\)$", re.IGNORECASE)

MOST_DIGITS = 9  # of a whole number: a count, a place, a version
LONGEST_WHOLE = 12
LONGEST_TYPED = 200  # with every blank around it; a longer text is no number and is not looked at
# 113 % of a plan is real; beyond this a missing comma is more likely, and it is asked.
MOST_PERCENT = 200
SURE = "(đúng)"  # typed after a figure that was asked about: it is meant as it stands
OTHER_WAY = str.maketrans(",.", ".,")  # a figure as the other half of the world writes it
UNSEEN = ("Cf", "Cc", "Cs")
BLANK_WORDS = frozenset({"-", "–", "—"})  # what Excel shows for nothing
YES_WORDS = ("đạt", "có", "x", "✓", "✔", "☑", "đ", "1")
NO_WORDS = ("không đạt", "chưa đạt", "không", "0")


@dataclass(frozen=True)
class Shape:
    """What the figures of a criterion look like. `unit` is its unit of measure as people read
    it.
    """

    unit: str = ""
    is_percent: bool = False
    is_yes_no: bool = False
    may_be_negative: bool = True


ANY = Shape()


class NumberProblem(ValueError):
    """Why a text is not a number.

    `reason` is a key of ui.forms; `suggestion` is what was probably meant, or "".
    """

    def __init__(self, reason: str, suggestion: str = "", unit: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.suggestion = suggestion
        self.unit = unit


def whole_number(text: str | None) -> int | None:
    """A whole number ≥ 0 of at most MOST_DIGITS digits; None for anything else."""
    digits = (text or "").strip()
    is_whole = digits.isascii() and digits.isdigit()
    if not is_whole or len(digits) > MOST_DIGITS:
        return None
    return int(digits)


def year_number(text: str | None) -> int | None:
    """A year of four digits, as a filter asks for it; None, which asks for nothing, for others."""
    number = whole_number(text)
    if number is None or not 1000 <= number <= 9999:
        return None
    return number


def parse_number(text: str) -> Decimal | None:
    """The number in `text`, or None for a blank one (blank is not zero). Raises NumberProblem."""
    return parse_figure(text, ANY)


def parse_figure(text: str, shape: Shape, beside: Sequence[str] = ()) -> Decimal | None:
    """The figure of a criterion in `text`; None for blank, and for the dash that stands for it.

    `beside`: the other cells of the block that it was pasted with; where one of them is written in
    the English way, a figure that can be read both ways is asked about. Raises NumberProblem.
    """
    if len(text) > LONGEST_TYPED:
        raise NumberProblem("shape", unit=shape.unit)
    typed = plain(text)
    if not typed or typed in BLANK_WORDS:
        return None
    if shape.is_yes_no:
        return _yes_or_no(typed)
    is_sure = _SURE.search(typed) is not None
    typed = _SURE.sub("", typed)
    bare = typed.removesuffix("%").rstrip()
    if typed.endswith("%") and not shape.is_percent:
        reason = "percent_sign" if shape.unit else "word"
        raise NumberProblem(reason, _suggested(bare, shape), shape.unit)
    if not TYPED.match(bare):
        raise _problem(bare, shape)
    if not is_sure:
        _ask_back(bare, shape, beside)
    value = _value(bare)
    if value < 0 and not shape.may_be_negative:
        raise NumberProblem("negative")
    return value


def plain(text: str) -> str:
    """Without what cannot be seen; every space alike; the minus sign as "-"; without Excel's
    leading apostrophe.
    """
    seen = "".join(_seen(character) for character in text)
    seen = seen.replace("\u2212", "-")
    seen = re.sub(" +", " ", seen).strip()
    return re.sub(r"^'(?=[0-9\-])", "", seen)


def _seen(character: str) -> str:
    """The character, a plain space for every kind of blank, "" for what cannot be seen."""
    category = unicodedata.category(character)
    if category == "Zs" or character in "\t\r\n":
        return " "
    return "" if category in UNSEEN else character


def is_english(texts: Sequence[str]) -> bool:
    """Whether a block of cells holds a number that can only be meant in the English way."""
    written = [plain(text[:LONGEST_TYPED]).removesuffix("%").rstrip() for text in texts]
    return any(_is_only_english(text) for text in written)


def _is_only_english(text: str) -> bool:
    if ENGLISH.match(text):
        return True
    return bool(POINT_AS_COMMA.match(text)) and not TWO_MEANINGS.match(text)


def _yes_or_no(typed: str) -> Decimal:
    word = typed.casefold()
    folded = fold(word)
    if word in YES_WORDS or folded in ("dat", "co"):
        return Decimal(1)
    if word in NO_WORDS or folded in ("khong dat", "chua dat", "khong"):
        return Decimal(0)
    raise NumberProblem("yes_no")


def _value(typed: str) -> Decimal:
    whole, _comma, places = typed.partition(",")
    digits = re.sub("[. ]", "", whole)
    if len(digits.lstrip("-")) > LONGEST_WHOLE:
        raise NumberProblem("long")
    value = Decimal(f"{digits}.{places or '0'}").normalize()
    if value == 0:
        return Decimal(0)
    return Decimal(format(value, "f"))


def _ask_back(typed: str, shape: Shape, beside: Sequence[str]) -> None:
    """What is a number but may be another one: three places that look like thousands, a per cent
    that cannot be.
    """
    two_ways = TWO_MEANINGS.match(typed)
    if two_ways and is_english(beside):
        raise NumberProblem("block", typed.translate(OTHER_WAY))
    if not shape.is_percent:
        return
    if two_ways and "." in typed:
        raise NumberProblem("point", format_number(Decimal(typed)))
    value = _value(typed)
    if abs(value) > MOST_PERCENT:
        shown = format_number(value)
        raise NumberProblem("large_percent", f"{shown} {SURE}", shown)


def format_number(value: Decimal | None) -> str:
    """1234.50 → "1.234,5"; None → ""."""
    if value is None:
        return ""
    whole, _point, places = format(abs(value), "f").partition(".")
    groups = f"{int(whole):,}".replace(",", ".")
    places = places.rstrip("0")
    shown = f"{groups},{places}" if places else groups
    is_negative = value < 0 and shown != "0"
    return f"-{shown}" if is_negative else shown


def _problem(typed: str, shape: Shape) -> NumberProblem:
    if POINT_AS_COMMA.match(typed):
        return NumberProblem("point", format_number(Decimal(typed)))
    if ENGLISH.match(typed):
        return NumberProblem("english", format_number(Decimal(typed.replace(",", ""))))
    if re.fullmatch(r"-?[0-9]{13,}(,[0-9]*)?", typed):
        return NumberProblem("long")
    if re.fullmatch(r"-?[0-9. ]+,[0-9]{5,}", typed):
        return NumberProblem("places")
    if fraction := _FRACTION.match(typed):
        return _fraction(fraction, shape)
    if re.fullmatch(r"[0-9., ]+ ?[-–—] ?[0-9., ]+%?", typed):
        return NumberProblem("one", unit=shape.unit)
    return _dressed(typed, shape)


def _fraction(parts: re.Match[str], shape: Shape) -> NumberProblem:
    """250/326: a share is worked out where a per cent is meant; anywhere else one number is."""
    try:
        part = parse_number(parts[1])
        whole = parse_number(parts[2])
    except NumberProblem:
        return NumberProblem("one", unit=shape.unit)
    if not shape.is_percent or part is None or not whole:
        return NumberProblem("one", unit=shape.unit)
    share = (part * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return NumberProblem("share", format_number(share))


def _dressed(typed: str, shape: Shape) -> NumberProblem:
    """A number with something around it: a condition, a sign, a unit, full-width digits."""
    folded = fold(typed)
    if condition := _CONDITION.match(typed) or _CONDITION.match(folded):
        rest = folded[condition.end() :].removesuffix("%").strip()
        return NumberProblem("condition", _suggested(rest, shape))
    if signed := _SIGNED.match(typed):
        rest = (signed["inside"] or signed["rest"]).strip()
        sign = "" if signed["sign"] == "+" else "-"
        number = sign + rest.removesuffix("%").strip()
        return NumberProblem("sign", _suggested(number, shape))
    if folded != typed.casefold() and TYPED.match(folded):
        return NumberProblem("shape", _suggested(folded, shape))
    amount = _AMOUNT.match(typed)
    if amount is None:
        return NumberProblem("shape")
    words = amount[2].casefold()
    is_exponent = re.fullmatch("e[0-9]+", words) is not None
    if is_exponent or not any(character.isalpha() for character in words):
        return NumberProblem("shape")
    number = _suggested(amount[1].strip(), shape)
    reason = "unit" if shape.unit else "word"
    return NumberProblem(reason, _in_unit(number, words, shape), shape.unit)


def _in_unit(number: str, words: str, shape: Shape) -> str:
    """The number in the criterion's own unit, if the words are that unit or another size of the
    same; else "".
    """
    if not number or SURE in number:
        return ""
    unit = shape.unit.casefold()
    is_own_unit = words == unit
    is_begin_of_unit = words not in NUMBER_WORDS and unit.startswith(f"{words}/")
    if is_own_unit or is_begin_of_unit:
        return number
    value = parse_number(number)
    assert value is not None
    amount = amount_in(value, words, unit)
    return "" if amount is None else _suggested(format_number(amount), shape)


def _suggested(typed: str, shape: Shape) -> str:
    """What `typed` would be understood as, to be offered; "" where that is not clear or not
    allowed.
    """
    try:
        value = parse_figure(typed, shape)
    except NumberProblem as problem:
        return problem.suggestion
    except InvalidOperation:
        return ""
    return format_number(value)
