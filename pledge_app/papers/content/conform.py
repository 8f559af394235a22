"""Content is checked against its paper's schema before it is frozen and before it is rendered."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints, is_typeddict

from pledge_app.kernel.canonical import JsonObject
from pledge_app.kernel.text import LONGEST_TEXT, TextProblem, nfc
from pledge_app.papers.definition import Content, Paper
from pledge_app.papers.errors import PaperError
from pledge_app.papers.registry import paper_of

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


def conform(kind: str, content: Content) -> JsonObject:
    """A copy of `content` with NFC text, or PaperError("content") naming the first field at
    fault.
    """
    paper = paper_of(kind)
    checked = cast(JsonObject, _checked(paper.content, upcast(paper, content), kind))
    if checked["schema"] != paper.schema_version:
        raise PaperError(
            "content",
            f"{kind}.schema is {checked['schema']}, not {paper.schema_version}",
        )
    _check_whole(paper, checked)
    return checked


def upcast(paper: Paper, content: Content) -> Content:
    """A content of an earlier version of the schema as one of today's; anything else comes back
    as it is.
    """
    version = content.get("schema")
    if type(version) is not int or not 1 <= version < paper.schema_version:
        return content
    for earlier in range(version, paper.schema_version):
        step = paper.upcasts.get(earlier)
        content = step(content) if step is not None else content
    return {**content, "schema": paper.schema_version}


def _check_whole(paper: Paper, checked: Content) -> None:
    """What no single field shows: cells have names of their own, and the paper's own question."""
    cells = list(_cells(checked))
    are_unique = len(set(cells)) == len(cells)
    if not are_unique or not all(CELL.fullmatch(cell) for cell in cells):
        raise PaperError("content", f"{paper.kind}: signature cells {cells} are not sig-1, sig-2 …")
    fault = paper.fault(checked)
    if fault:
        raise PaperError("content", fault)


def _cells(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if "cell" in value:
            yield value["cell"]
        for part in value.values():
            yield from _cells(part)
    elif isinstance(value, list):
        for part in value:
            yield from _cells(part)


def _checked(wanted: Any, value: object, where: str) -> object:
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
    return _checked_text(value, where) if isinstance(value, str) else value


def _checked_mapping(wanted: type, value: object, where: str) -> JsonObject:
    if not isinstance(value, Mapping):
        raise PaperError("content", f"{where} is not a mapping")
    hints = get_type_hints(wanted)
    if hints.keys() != value.keys():
        odd_keys = sorted(str(key) for key in hints.keys() ^ value.keys())
        raise PaperError("content", f"{where}: missing or unknown {', '.join(odd_keys)}")
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
    return "".join(character for character in text if _is_printed(character))


def _is_printed(character: str) -> bool:
    if character == "\n":
        return True
    is_shown = unicodedata.category(character) not in UNPRINTABLE
    return is_shown and character not in DIRECTION_MARKS


UNPRINTABLE = {"Cc", "Cs", "Co", "Cn"}
DIRECTION_MARKS = frozenset(
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
"""They would let a printed figure read otherwise than it was typed."""
