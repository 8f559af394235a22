"""Form base and fields. They check shape only; everything typed comes back as it was typed."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, FileField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import TextInput

from pledge_app.kernel.base import db
from pledge_app.kernel.daytime import TimeProblem, parse_time, time_words
from pledge_app.kernel.errors import DomainError
from pledge_app.kernel.numbers import NumberProblem, format_number, parse_number
from pledge_app.kernel.text import LONGEST_LINE, LONGEST_TEXT, clean_line, clean_text
from pledge_app.ui.sentences import Sentences

FIRST_YEAR, LAST_YEAR = 1800, 2200


class Form(FlaskForm):
    """The base of every form: text is NFC without control characters before it is checked."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Sentences:
            return _SENTENCES

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What a form sent: no JSON, which the library would take for one, and a file only where one is asked for."""
            if formdata is None or isinstance(formdata, MultiDict):
                return super().wrap_formdata(form, formdata)
            asked = {field.name for field in form if isinstance(field, FileField)}
            files = [(name, file) for name, file in request.files.items(multi=True) if name in asked]
            return CombinedMultiDict((MultiDict(files), request.form)) if form.is_submitted() else None

        def bind_field(self, form: Any, unbound_field: Any, options: MutableMapping[str, Any]) -> Any:
            kind = unbound_field.field_class
            if issubclass(kind, TextAreaField):
                options.setdefault("filters", [_text])
            elif issubclass(kind, StringField) and not getattr(kind, "is_secret", False):
                options.setdefault("filters", [_line])
            return super().bind_field(form, unbound_field, options)


_SENTENCES = Sentences()


def _line(value: str | None) -> str | None:
    return clean_line(value) if isinstance(value, str) else value


def _text(value: str | None) -> str | None:
    return clean_text(value) if isinstance(value, str) else value


def required(sentence: str = "") -> list[Any]:
    """Validators of an obligatory line."""
    return [Given(sentence)]


class Given(InputRequired):
    """Something other than blanks was typed."""

    def __init__(self, sentence: Any = "") -> None:
        super().__init__(sentence or None)

    def __call__(self, form: Any, field: Any) -> None:
        if not field.raw_data or not str(field.raw_data[0]).strip():
            raise ValidationError(str(self.message or _("Chưa nhập nội dung này.")))


def line(label: Any, *, needed: bool = True, longest: int = LONGEST_LINE, help_: Any = "", **kwargs: Any) -> Any:
    """A line of text."""
    return StringField(label, _validators(needed, longest), description=help_,
                       render_kw={"maxlength": longest, "autocomplete": "off"}, **kwargs)


def text(label: Any, *, needed: bool = True, longest: int = LONGEST_TEXT, help_: Any = "", rows: int = 4,
         **kwargs: Any) -> Any:
    """Several lines of text."""
    return TextAreaField(label, _validators(needed, longest), description=help_,
                         render_kw={"maxlength": longest, "rows": rows}, **kwargs)


def _validators(needed: bool, longest: int) -> list[Any]:
    return [Given() if needed else Optional(), Length(max=longest, message=_too_long(longest))]


def _too_long(longest: int) -> Any:
    return _l("Nội dung dài quá %(n)s ký tự.", n=longest)


class VnDecimalField(Field):
    """An exact number as typed in Vietnam; blank is None. `data` is a Decimal, never a float."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_number(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data: Decimal | None = None
        if not valuelist:
            return
        try:
            self.data = parse_number(str(valuelist[0]))
        except NumberProblem as problem:
            raise ValueError(number_sentence(problem)) from problem


def number_sentence(problem: NumberProblem) -> str:
    """What to say about a number that was not understood."""
    if problem.suggestion:
        return _("Ý bạn là %(n)s? Dấu phẩy ngăn phần thập phân, dấu chấm ngăn hàng nghìn.", n=problem.suggestion)
    sentences: dict[str, Callable[[], str]] = {
        "long": lambda: _("Số này quá lớn (nhiều nhất 12 chữ số)."),
        "places": lambda: _("Nhiều nhất bốn chữ số sau dấu phẩy."),
    }
    say = sentences.get(problem.reason, lambda: _("Đây chưa phải là số. Ví dụ cách viết đúng: 1.234,5"))
    return say()


class VnDateField(Field):
    """A day typed as dd/mm/yyyy."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data.day:02}/{self.data.month:02}/{self.data.year}" if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data: date | None = None
        if valuelist and str(valuelist[0]).strip():
            self.data = parse_day(str(valuelist[0]))


def parse_day(typed: str) -> date:
    """dd/mm/yyyy (also d/m/yyyy, with - or .). Raises ValueError with a sentence."""
    parts = typed.strip().replace("-", "/").replace(".", "/").split("/")
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() and len(p) <= 4 for p in parts):
        raise ValueError(_("Ngày phải viết theo dạng ngày/tháng/năm, ví dụ 07/02/2023."))
    day, month, year = (int(part) for part in parts)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(_("Năm phải có bốn chữ số, từ %(a)s đến %(b)s.", a=FIRST_YEAR, b=LAST_YEAR))
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_("Không có ngày %(typed)s trong lịch.", typed=typed.strip())) from None


def day(label: Any, *, needed: bool = True, help_: Any = "", **kwargs: Any) -> Any:
    """A day."""
    return VnDateField(label, [Given() if needed else Optional()], description=help_ or _SHAPE,
                       render_kw={"class": "short", "inputmode": "numeric", "autocomplete": "off",
                                  "maxlength": 10}, **kwargs)


_SHAPE = _l("ngày/tháng/năm")


class TimeField(Field):
    """A time of day; `data` is "08 giờ 30" or ""."""

    widget = TextInput()

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else self.data or ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = ""
        typed = str(valuelist[0]).strip() if valuelist else ""
        if not typed:
            return
        try:
            self.data = time_words(parse_time(typed))
        except TimeProblem as problem:
            raise ValueError(_time_sentence(problem)) from problem


def _time_sentence(problem: TimeProblem) -> str:
    if problem.suggestion:
        return _("Ý bạn là %(time)s? Hãy ghi giờ và phút tách nhau.", time=problem.suggestion)
    return _("Giờ phải viết theo dạng 08 giờ 30, từ 00 giờ 00 đến 23 giờ 59.")


def daytime(label: Any, *, needed: bool = True, help_: Any = "", **kwargs: Any) -> Any:
    """A time of day."""
    return TimeField(
        label,
        [Given() if needed else Optional()],
        description=help_ or _l("Ví dụ: 08 giờ 30, 8h30 hoặc 8:30"),
        render_kw={"class": "short", "autocomplete": "off", "maxlength": 20},
        **kwargs,
    )


def decimal(label: Any, *, needed: bool = True, help_: Any = "", **kwargs: Any) -> Any:
    """A number."""
    return VnDecimalField(label, [Given() if needed else Optional()], description=help_,
                          render_kw={"class": "short num", "inputmode": "decimal", "autocomplete": "off",
                                     "maxlength": 24}, **kwargs)


class WholeField(IntegerField):
    """A small whole number; anything else is a sentence."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).strip() if valuelist else ""
        if not typed:
            self.data = None
        elif typed.isascii() and typed.isdigit() and len(typed) <= 9:
            self.data = int(typed)
        else:
            self.data = None
            raise ValueError(_("Hãy nhập một số nguyên."))


def whole(label: Any, *, needed: bool = True, help_: Any = "", **kwargs: Any) -> Any:
    """A whole number ≥ 0."""
    return WholeField(label, [Given() if needed else Optional()], description=help_,
                      widget=TextInput(), render_kw={"class": "short num", "inputmode": "numeric"}, **kwargs)


def choose(label: Any, choices: Sequence[tuple[str, Any]], *, needed: bool = True, help_: Any = "",
           **kwargs: Any) -> Any:
    """One of `choices` (value, word); a foreign value is refused with a sentence."""
    return SelectField(label, [Given(_PICK)] if needed else [Optional()], choices=list(choices),
                       description=help_, validate_choice=True, **kwargs)


_PICK = _l("Hãy chọn một mục.")


def version() -> Any:
    """The hidden version that the form was opened with."""
    return HiddenField()


def typed_version(form: Any) -> int:
    """The version that the form was opened with; 0 for rubbish."""
    text = str(form.ver.data or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def show_refusal(form: Any, refused: DomainError) -> None:
    """A 422 of a verb at its fields, so that the page can be drawn again with what was typed; others go on.

    Returning would commit what the verb began: it is rolled back here.
    """
    if refused.status != 422:
        raise refused
    db.session.rollback()
    form.form_errors.append(refused.sentence)
    for problem in refused.problems:
        if problem.anchor in form:
            form[problem.anchor].errors = [*form[problem.anchor].errors, problem.sentence]
