"""Content is checked against the schema before it is frozen and again before it is rendered."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints, is_typeddict

from pledge_app.kernel.text import LONGEST_TEXT, TextProblem, nfc
from pledge_app.papers.content.meeting_schema import MEETING_TYPES
from pledge_app.papers.content.schema import CONTENT_TYPES, SCHEMA_VERSION
from pledge_app.papers.errors import PaperError

PAPER_TYPES: dict[str, type] = {
    **{str(kind): wanted for kind, wanted in CONTENT_TYPES.items()},
    **MEETING_TYPES,
}
CELL = re.compile(r"sig-[1-9][0-9]*")
LONGEST_PRINTED = LONGEST_TEXT + 4_000
"""Characters of one printed line: what may be typed into one field, and what the paper says
before it.

The forms of the first release took 10,000: what was typed into them is printed as well.
"""
LONGEST_PAPER = 400_000
"""Characters of a whole paper: about 130 pages, made in some ten seconds."""
LONGEST_PICTURE = 400_000
MOST_ITEMS = 1_000


def conform(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of `content` with NFC text, or PaperError("content") naming the first field at
    fault.
    """
    if kind not in PAPER_TYPES:
        raise PaperError("content", f"unknown kind {kind!r}")
    checked = _checked(PAPER_TYPES[kind], upcast(kind, content), kind)
    if checked["schema"] != SCHEMA_VERSION:
        raise PaperError("content", f"{kind}.schema is {checked['schema']}, not {SCHEMA_VERSION}")
    _check_whole(kind, checked)
    return cast(dict[str, Any], checked)


def upcast(kind: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """A content of an earlier version of the schema as one of today's; anything else comes back
    as it is.
    """
    if content.get("schema") != 1:
        return content
    added: dict[str, Any] = {"commitment": []} if kind == "agreement" else {}
    return {**content, **added, "schema": SCHEMA_VERSION}


def _check_whole(kind: str, checked: Mapping[str, Any]) -> None:
    """What no single field shows: cells have names of their own, rows have a figure for each
    party.
    """
    cells = list(_cells(checked))
    if len(set(cells)) != len(cells) or not all(CELL.fullmatch(cell) for cell in cells):
        raise PaperError("content", f"{kind}: signature cells {cells} are not sig-1, sig-2 …")
    if kind == "agreement":
        for group in checked["groups"]:
            for row in group["rows"]:
                if len(row["values"]) != len(checked["parties"]):
                    raise PaperError(
                        "content", f"criterion {row['code']} has not one value for each party"
                    )


def _cells(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "cell" in value:
            yield value["cell"]
        for part in value.values():
            yield from _cells(part)
    elif isinstance(value, list):
        for part in value:
            yield from _cells(part)


def _checked(wanted: Any, value: Any, where: str) -> Any:
    if is_typeddict(wanted):
        return _checked_mapping(wanted, value, where)
    if get_origin(wanted) is list:
        if not isinstance(value, list) or len(value) > MOST_ITEMS:
            raise PaperError("content", f"{where} is not a list of at most {MOST_ITEMS}")
        (inner,) = get_args(wanted)
        return [_checked(inner, item, f"{where}[{place}]") for place, item in enumerate(value)]
    if get_origin(wanted) is UnionType:
        if value is None:
            return None
        (inner,) = (part for part in get_args(wanted) if part is not NoneType)
        return _checked(inner, value, where)
    if type(value) is not wanted:
        raise PaperError("content", f"{where} is {type(value).__name__}, not {wanted.__name__}")
    return _checked_text(value, where) if wanted is str else value


def _checked_mapping(wanted: Any, value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise PaperError("content", f"{where} is not a mapping")
    hints = get_type_hints(wanted)
    if hints.keys() != value.keys():
        wrong = sorted(str(key) for key in hints.keys() ^ value.keys())
        raise PaperError("content", f"{where}: missing or unknown {', '.join(wrong)}")
    return {key: _checked(hint, value[key], f"{where}.{key}") for key, hint in hints.items()}


def _checked_text(value: str, where: str) -> str:
    """NFC, line ends as \\n, no characters that XML or a page cannot hold."""
    limit = LONGEST_PICTURE if where.endswith(".svg") else LONGEST_PRINTED
    if len(value) > limit:
        raise PaperError("content", f"{where} has more than {limit} characters")
    try:
        text = nfc(value.replace("\r\n", "\n"))
    except TextProblem as problem:
        raise PaperError("content", f"{where}: {problem}") from problem
    return without_unprintable(text)


def without_unprintable(text: str) -> str:
    """Without controls and marks that would turn the text round: a page shows none of them."""
    return "".join(
        sign
        for sign in text
        if sign == "\n"
        or unicodedata.category(sign) not in UNPRINTABLE
        and sign not in DIRECTION_MARKS
    )


UNPRINTABLE = {"Cc", "Cs", "Co", "Cn"}
DIRECTION_MARKS = frozenset(
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
"""They would let a printed figure read otherwise than it was typed."""
