"""Fields for numbers, days and times as they are typed in Vietnam."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from flask_babel import LazyString
from flask_babel import gettext as _
from wtforms import Field, IntegerField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import TextInput

from pledge_app.kernel.daytime import TimeProblem, parse_time, time_words
from pledge_app.kernel.numbers import (
    ANY,
    NumberProblem,
    Shape,
    format_number,
    parse_figure,
    whole_number,
)
from pledge_app.kernel.text import LONGEST_LINE
from pledge_app.ui.typed_values import number_sentence, parse_day, time_sentence


class Given(InputRequired):
    """Something other than blanks was typed."""

    def __init__(self, sentence: str | LazyString = "") -> None:
        super().__init__(sentence or None)

    def __call__(self, form: BaseForm, field: Field) -> None:
        if not field.raw_data or not str(field.raw_data[0]).strip():
            raise ValidationError(str(self.message or _("Chưa nhập nội dung này.")))


def _typed(sent: Sequence[object]) -> str:
    """What was typed into a field that is no text, as far as it is looked at and comes back."""
    return str(sent[0])[:LONGEST_LINE] if sent else ""


class VnDecimalField(Field):
    """An exact number as typed in Vietnam; blank is None. `data` is a Decimal, never a float.

    `shape`: what the figure looks like, where a page knows its criterion.
    """

    widget = TextInput()
    shape: Shape = ANY
    typed = ""

    def _value(self) -> str:
        if self.raw_data:
            return _typed(self.raw_data)
        return format_number(self.data)

    def process_formdata(self, valuelist: list[object]) -> None:
        self.data: Decimal | None = None
        self.typed = _typed(valuelist)

    def pre_validate(self, form: BaseForm) -> None:
        """Read here and not before, since the page may have said meanwhile what figure it is."""
        if not self.raw_data:
            return
        try:
            self.data = parse_figure(self.typed, self.shape)
        except NumberProblem as problem:
            raise ValidationError(number_sentence(problem)) from problem


class VnDateField(Field):
    """A day typed as dd/mm/yyyy."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return _typed(self.raw_data)
        return f"{self.data.day:02}/{self.data.month:02}/{self.data.year}" if self.data else ""

    def process_formdata(self, valuelist: list[object]) -> None:
        self.data: date | None = None
        if typed := _typed(valuelist).strip():
            self.data = parse_day(typed)


class TimeField(Field):
    """A time of day; `data` is "08 giờ 30" or ""."""

    widget = TextInput()

    def _value(self) -> str:
        return _typed(self.raw_data) if self.raw_data else self.data or ""

    def process_formdata(self, valuelist: list[object]) -> None:
        self.data = ""
        typed = _typed(valuelist).strip()
        if not typed:
            return
        try:
            self.data = time_words(parse_time(typed))
        except TimeProblem as problem:
            raise ValueError(time_sentence(problem)) from problem


class WholeField(IntegerField):
    """A small whole number; anything else is a sentence."""

    def _value(self) -> str:
        if self.raw_data:
            return _typed(self.raw_data)
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[object]) -> None:
        typed = _typed(valuelist).strip()
        self.data = whole_number(typed)
        if typed and self.data is None:
            raise ValueError(_("Hãy nhập một số nguyên."))
