"""Is a content such that its paper can be made? Asked before it is frozen, by the renderer's own
functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from flask_babel import gettext as _
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from pledge_app.documents.sentences import sentence
from pledge_app.kernel.canonical import JsonObject
from pledge_app.kernel.errors import DomainError, Problem
from pledge_app.kernel.numbers import format_number
from pledge_app.papers.content.conform import (
    LONGEST_PAPER,
    LONGEST_PRINTED,
    conform,
    without_unprintable,
)
from pledge_app.papers.definition import Content
from pledge_app.papers.errors import PaperError
from pledge_app.papers.printing.assets import FONT_DIRECTORY, FONTS
from pledge_app.papers.printing.paper import render_html

SHOWN = 40
"""Characters of a text that is named in a sentence."""
LOOKS_LIKE = str.maketrans({"\u2011": "-"})
"""What Word pastes and the papers' fonts lack, and its like that they have."""


def as_printed(kind: str, content: Content) -> JsonObject:
    """The content as it is frozen: NFC, without what a page cannot hold. Raises
    PaperError("content").
    """
    return conform(kind, {name: _looking_like(value) for name, value in content.items()})


def check_printable(kind: str, content: Content) -> JsonObject:
    """The content as it is frozen. Raises DomainError naming each text that cannot be printed.

    The problems' anchors are the content's own fields ("measures").
    """
    problems = text_problems(content)
    if problems:
        raise DomainError(_("Văn bản chưa in được. Nội dung đã nhập vẫn được giữ."), problems)
    try:
        printed = as_printed(kind, content)
        render_html(kind, printed)
    except PaperError as refusal:
        raise DomainError(sentence(refusal)) from refusal
    return printed


def text_problems(content: Content) -> list[Problem]:
    """Every text that is too long or has a sign that the papers' fonts lack, by the field it
    stands in.
    """
    problems: list[Problem] = []
    length = 0
    for field, value in content.items():
        for text in _texts(value):
            length += len(text)
            problems += [Problem(fault, field) for fault in _faults(text)]
    if length > LONGEST_PAPER:
        long = _(
            "Cả văn bản dài quá %(n)s ký tự nên không in được. Hãy rút gọn nội dung.",
            n=format_number(Decimal(LONGEST_PAPER)),
        )
        problems.append(Problem(long))
    return problems


def unprintable(text: str) -> list[str]:
    """The signs of a text that the papers' fonts lack, each once, in their order."""
    known = _known_signs()
    shown = without_unprintable(text.translate(LOOKS_LIKE))
    return list(dict.fromkeys(sign for sign in shown if ord(sign) not in known))


def _faults(text: str) -> Iterator[str]:
    begins = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    if len(text) > LONGEST_PRINTED:
        yield _(
            "Đoạn “%(begins)s” dài quá %(n)s ký tự nên không in được. Hãy rút gọn hoặc tách "
            "thành nhiều dòng.",
            begins=begins,
            n=format_number(Decimal(LONGEST_PRINTED)),
        )
    missing = unprintable(text)
    if missing:
        yield _(
            "Không in được ký tự %(signs)s trong “%(begins)s”. Hãy viết lại bằng chữ cái tiếng "
            "Việt.",
            signs=", ".join(f"“{sign}”" for sign in missing[:6]),
            begins=begins,
        )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name != "svg":
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _looking_like(value: object) -> object:
    if isinstance(value, str):
        return value.translate(LOOKS_LIKE)
    if isinstance(value, Mapping):
        return {name: _looking_like(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_looking_like(part) for part in value]
    return value


@cache
def _known_signs() -> frozenset[int]:
    """What every one of the bundled faces can print, and the line end."""
    faces = [set(TTFont(FONT_DIRECTORY / name, lazy=True).getBestCmap()) for name in FONTS]
    return frozenset(set.intersection(*faces) | {ord("\n")})
