"""Every text that somebody types has a limit, and there is one door in front of what costs more
than its length.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FileField, SelectFieldBase, StringField, SubmitField
from wtforms.validators import ValidationError

from pledge_app.application import create_app
from pledge_app.config import Settings
from pledge_app.kernel.text import (
    LONGEST_LINE,
    MOST_MARKS,
    PARTS,
    TextProblem,
    admit,
    clean_line,
    fold,
)
from pledge_app.ui import fields as ui_fields
from pledge_app.ui.fields import TimeField, VnDateField, VnDecimalField, WholeField
from pledge_app.ui.forms import Form, limit_of
from tests.guards.sources import ROOT, files, lines_with, text_of

NORMAL_FORMS_ALLOWED = {
    "pledge_app/kernel/text.py": "the door itself",
    "pledge_app/kernel/canonical.py": "a digest of what is stored, which went through the door",
}
LONGEST_OF_ALL = 20_000
READERS = ("parse_day", "parse_figure", "parse_time")
CHOSEN = (SelectFieldBase, BooleanField, FileField, SubmitField)  # nothing of them is taken apart
READ_AS_A_LINE = {TimeField, VnDateField, VnDecimalField, WholeField}


def forms() -> list[type[Form]]:
    """Every form class of the application, those made inside functions left out."""
    found: list[type[Form]] = []
    waiting: list[type[Form]] = [Form]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if (
                kind.__module__ in sys.modules
                and getattr(sys.modules[kind.__module__], kind.__name__, None) is kind
            ):
                found.append(kind)
    return found


@cache
def application() -> Flask:
    """An application that is asked for nothing of its database."""
    return create_app(Settings("sqlite://", Path("/nonexistent"), "k" * 64))


def bound(kind: type[Form], typed: dict[str, str]) -> Any:
    """A form as it is sent, without a token."""
    with application().test_request_context("/", method="POST"):
        return kind(MultiDict(typed), meta={"csrf": False})


def test_there_are_forms() -> None:
    assert len(forms()) > 25


@pytest.mark.parametrize("kind", forms(), ids=lambda kind: kind.__name__)
def test_every_text_field_has_a_limit_and_looks_at_no_more(
    kind: type[Form], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    real = unicodedata.normalize

    def spy(form: Any, text: str) -> str:
        seen.append(len(text))
        return real(form, text)

    monkeypatch.setattr(unicodedata, "normalize", spy)
    names = [field.name for field in bound(kind, {}) if isinstance(field, StringField)]
    form = bound(kind, dict.fromkeys(names, "ế" * (LONGEST_OF_ALL * PARTS + 9)))
    for name in names:
        limit = limit_of(form[name])
        assert limit is not None and limit <= LONGEST_OF_ALL, name
        assert len(form[name].data) <= limit * PARTS + 1, (
            f"{name} comes back longer than anybody reads"
        )
    assert not seen, "a text was put into its normal form before its length was asked"


def test_nobody_else_asks_for_a_normal_form() -> None:
    paths = [
        path
        for path in files("pledge_app", ".py")
        if str(path.relative_to(ROOT)) not in NORMAL_FORMS_ALLOWED
    ]
    assert not lines_with(
        r"unicodedata\.normalize|from unicodedata import .*\bnormalize|secure_filename", paths
    )


def test_the_door_is_asked_before_every_normal_form() -> None:
    """In kernel/text.py each function that asks for one has its text from the door."""
    source = text_of(ROOT / "pledge_app/kernel/text.py")
    bodies = re.split(r"^def ", source, flags=re.MULTILINE)[1:]
    for body in bodies:
        if "unicodedata.normalize(" in body:
            assert re.search(r"\badmit\(|_visible\(|clean_line\(|= nfc\(|letter = nfc", body), body[
                :60
            ]


def test_the_marks_are_all_the_marks_there_are() -> None:
    """Whatever becomes a mark in one of the normal forms is counted as one."""
    missed = []
    for point in range(sys.maxunicode + 1):
        sign = chr(point)
        if 0xD800 <= point < 0xE000 or sign.isascii():
            continue
        becomes = unicodedata.normalize("NFKD", sign)
        if unicodedata.combining(becomes[0]) or unicodedata.category(sign)[0] == "M":
            try:
                admit(sign * (MOST_MARKS + 1))
            except TextProblem:
                continue
            missed.append(hex(point))
    assert not missed


def test_a_sign_that_cleaning_drops_does_not_part_the_marks() -> None:
    dropped = [
        chr(point)
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point)) in ("Cf", "Cs", "Cc") or point & 0xFFFE == 0xFFFE
    ]
    for sign in dropped:
        if sign in "\n\t\r\x85":
            continue
        for clean in (clean_line, fold):
            with pytest.raises(TextProblem, match="marks"):
                clean("a" + (("\u0301" * MOST_MARKS) + sign) * 2)


@pytest.mark.parametrize("kind", forms(), ids=lambda kind: kind.__name__)
def test_every_other_field_looks_at_no_more_than_a_line(
    kind: type[Form], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A time, a day, a figure, a whole number: what reads them is given a line, and a line comes
    back.
    """
    seen: list[int] = []

    def spied(read: Any) -> Any:
        def spy(typed: str, *more: Any) -> Any:
            seen.append(len(typed))
            return read(typed, *more)

        return spy

    for reader in READERS:
        monkeypatch.setattr(ui_fields, reader, spied(getattr(ui_fields, reader)))
    names = [field.name for field in bound(kind, {}) if not isinstance(field, CHOSEN)]
    form = bound(kind, dict.fromkeys(names, "1" + " " * LONGEST_OF_ALL + "x"))
    for name in names:
        if isinstance(form[name], StringField):
            continue
        assert type(form[name]) in READ_AS_A_LINE, (
            f"{kind.__name__}.{name}: say here how much of it is read"
        )
        with suppress(ValidationError):
            form[name].pre_validate(form)
        assert len(form[name]._value()) <= LONGEST_LINE, (
            f"{name} comes back longer than anybody reads"
        )
    assert max(seen, default=0) <= LONGEST_LINE
