"""Who is named by the first row and column of a pasted block: a commune, a criterion, both ways or
not at all. Pure.

Tone marks and type words count: "Phú Hữu" is not Phú Hựu, "Thị trấn Hải Quang" is not xã Hải Quang.
A name written without any diacritics is compared without. A code and a name that contradict each
other are asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pledge_app.kernel.numbers import ANY, TYPED, Shape, plain
from pledge_app.kernel.text import clean_line, fold, same_name_key

_OFFICES = ("ubnd", "ủy ban nhân dân")
_TYPE_WORDS = ("xã", "phường", "thị trấn", "đặc khu")
_SIGNS = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "“": '"',
        "”": '"',
        "’": "'",
        "‘": "'",
    }
)
_ORDINAL_HEADS = ("stt", "tt", "so tt", "so thu tu")
_UNIT_HEADS = ("dvt", "don vi tinh", "don vi", "d.v.t")
_CODE_HEADS = ("ma", "ma so", "ma tieu chi", "ma chi tieu", "so", "ma don vi")
_NUMBER_IN_FRONT = re.compile(r"^(?:[0-9ivx]+(?:\.[0-9]+)*|[a-z])[.):]?\s+(?=\S)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True)
class Head:
    """What a row or a column may stand for: `key` is given back, `names` are its spellings, `codes`
    those of its code.

    `shape`: of the figures of a criterion.
    """

    key: str
    names: tuple[str, ...]
    codes: tuple[str, ...] = ()
    shape: Shape = ANY


class Named(NamedTuple):
    """Who is meant; `is_asked`: a name or code says so, something beside it says otherwise."""

    key: str
    is_asked: bool = False


class NameCell(NamedTuple):
    """A cell that may name a row; `head` is what stands above it, `is_ordinal`: in a column of
    running numbers.
    """

    text: str
    head: str = ""
    is_ordinal: bool = False


class Heads:
    """All that may be named."""

    def __init__(self, heads: Sequence[Head]) -> None:
        names = [(head.key, _spellings(head)) for head in heads]
        self._names = _index(names)
        self._plain = _index((key, set(map(fold, spellings))) for key, spellings in names)
        self._codes = _index((head.key, set(map(fold, head.codes))) for head in heads)
        self._units = {head.key: fold(head.shape.unit) for head in heads}

    def named_by(self, cells: Collection[NameCell]) -> Named | None:
        """The one that the cells of a line name together; None where nothing is recognised."""
        names: list[str] = []
        codes: list[str] = []
        strange: list[str] = []
        for cell in cells:
            if not cell.text or fold(cell.head) in _UNIT_HEADS:
                continue
            if cell.is_ordinal and len(cells) > 1:
                continue
            self._look_at(
                cell.text,
                names,
                codes,
                strange,
            )
        if names:
            agree = len({*names, *codes}) == 1
            return Named(names[0], not agree)
        if not codes:
            return None
        beside = [text for text in strange if fold(text) != self._units[codes[0]]]
        return Named(codes[0], bool(beside) or len(set(codes)) > 1)

    def _look_at(
        self,
        text: str,
        names: list[str],
        codes: list[str],
        strange: list[str],
    ) -> None:
        if whole := self._by_name(text):
            names.append(whole)
            return
        first, _space, rest = text.partition(" ")
        code = self._codes.get(fold(first).rstrip(".):-"))
        if code is not None:
            codes.append(code)
            rest = rest.lstrip(" .):-–")
        else:
            rest = _NUMBER_IN_FRONT.sub("", text)
        if not rest or (code is None and rest.replace(".", "").isdigit()):
            return
        if named := self._by_name(rest):
            names.append(named)
        else:
            strange.append(rest)

    def _by_name(self, text: str) -> str | None:
        for spelling in _readings(text):
            if found := self._names.get(spelling):
                return found
            if spelling.isascii() and (found := self._plain.get(fold(spelling))):
                return found
        return None


def ordinals(column: Sequence[str], head: str) -> bool:
    """Whether a column is the running numbers 1, 2, 3 … under "STT": they are no codes."""
    texts = [text.rstrip(".") for text in column if text]
    running = [str(number) for number in range(1, len(texts) + 1)]
    return fold(head) in _ORDINAL_HEADS and texts == running


def is_figures(column: Sequence[str], head: str) -> bool:
    """Whether a column that nobody recognised holds figures: it is somebody else's, and names no
    row.
    """
    texts = [plain(text) for text in column if text]
    is_labelled = not head or fold(head) in (*_ORDINAL_HEADS, *_UNIT_HEADS, *_CODE_HEADS)
    return bool(texts) and not is_labelled and all(TYPED.match(text) for text in texts)


def _index(spelled: Iterable[tuple[str, set[str]]]) -> dict[str, str]:
    """Every spelling → key; a spelling that two heads share names neither."""
    index: dict[str, str] = {}
    shared: set[str] = set()
    for key, spellings in spelled:
        for spelling in spellings - {""}:
            if index.setdefault(spelling, key) != key:
                shared.add(spelling)
    return {spelling: key for spelling, key in index.items() if spelling not in shared}


def _spellings(head: Head) -> set[str]:
    """With and without the office and, since a column is often headed so, without the type word."""
    spellings: set[str] = set()
    for name in head.names:
        key = _key(name)
        placed = _without(key, _OFFICES)
        spellings |= {key, placed}
        if placed != key or not head.codes:
            spellings.add(_without(placed, _TYPE_WORDS))
    return spellings


def _readings(text: str) -> list[str]:
    """How a pasted name may be meant: as it is, without the office, without the unit of measure in
    brackets.
    """
    key = _key(text)
    bare = _IN_BRACKETS.sub("", key)
    return [key, _without(key, _OFFICES), bare]


def _key(name: str) -> str:
    return same_name_key(clean_line(name).translate(_SIGNS)).rstrip(" :.;,")


def _without(key: str, words: Sequence[str]) -> str:
    for word in words:
        key = key.removeprefix(same_name_key(word) + " ")
    return key
