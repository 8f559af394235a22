"""Form base and fields. They check shape only; everything typed comes back as it was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import (
    Field,
    FileField,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError
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
from pledge_app.kernel.text import (
    LONGEST_LINE,
    LONGEST_TEXT,
    PARTS,
    TextProblem,
    clean_line,
    clean_text,
)
from pledge_app.kernel.versions import version_from
from pledge_app.ui.sentences import Sentences

LONGEST_BESIDE = 2000
FIRST_SERIAL = date(1899, 12, 30)  # day 0 of Excel's calendar
FIRST_YEAR, LAST_YEAR = 1800, 2200


class Form(FlaskForm):
    """The base of every form: text is NFC without control characters before it is checked."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Sentences:
            return _SENTENCES

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What a form sent: no JSON, which the library would take for one, and a file only
            where one is asked for.
            """
            if formdata is None or isinstance(formdata, MultiDict):
                return super().wrap_formdata(form, formdata)
            asked = {field.name for field in form if isinstance(field, FileField)}
            files = [
                (name, file) for name, file in request.files.items(multi=True) if name in asked
            ]
            return (
                CombinedMultiDict((MultiDict(files), request.form)) if form.is_submitted() else None
            )

        def bind_field(
            self, form: Any, unbound_field: Any, options: MutableMapping[str, Any]
        ) -> Any:
            field = super().bind_field(form, unbound_field, options)
            if isinstance(field, StringField):
                _guard(field)
            return field


_SENTENCES = Sentences()


def _guard(field: StringField) -> None:
    """A text has a limit, and its length is asked before anything else is done with it."""
    clean = clean_text if isinstance(field, TextAreaField) else clean_line
    longest = limit_of(field)
    if longest is None:
        longest = LONGEST_TEXT if clean is clean_text else LONGEST_LINE
        field.validators = [*field.validators, _Limit(max=longest, message=_too_long(longest))]
    if isinstance(field, PasswordField):
        field.filters = [lambda value: _cut(value, longest)]
    else:
        field.filters = [*field.filters, lambda value: _cleaned(value, clean, longest)]


class _Limit(Length):
    """For a field that names none; a default that is no text (a version that was not sent)
    passes.
    """

    def __call__(self, form: Any, field: Any) -> None:
        if isinstance(field.data, str):
            super().__call__(form, field)


def limit_of(field: Field) -> int | None:
    """The most characters that a field takes; None when it names no limit."""
    rules: Sequence[Any] = field.validators
    return next((rule.max for rule in rules if isinstance(rule, Length) and rule.max > 0), None)


def _cleaned(value: str | None, clean: Callable[[str, int], str], longest: int) -> str | None:
    """A text that is too long stays as typed, but for what nobody would look through: `Length`
    says so.
    """
    if not isinstance(value, str):
        return value
    try:
        return clean(value, longest)
    except TextProblem as problem:
        if problem.reason == "long":
            return _cut(value, longest)
        raise ValueError(text_sentence(problem)) from problem


def _cut(value: str | None, longest: int) -> str | None:
    return value if value is None else value[: longest * PARTS + 1]


def text_sentence(problem: TextProblem) -> str:
    """What to say about a text that is not looked at."""
    if problem.reason == "marks":
        return _(
            "Nội dung có quá nhiều dấu chồng lên một chữ nên không nhận được. Hãy xóa chữ đó rồi "
            "gõ lại."
        )
    return _("Nội dung dài quá %(n)s ký tự.", n=problem.limit)


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


def line(
    label: Any, *, needed: bool = True, longest: int = LONGEST_LINE, help_: Any = "", **kwargs: Any
) -> Any:
    """A line of text."""
    return StringField(
        label,
        _validators(needed, longest),
        description=help_,
        render_kw={"maxlength": longest, "autocomplete": "off"},
        **kwargs,
    )


def text(
    label: Any,
    *,
    needed: bool = True,
    longest: int = LONGEST_TEXT,
    help_: Any = "",
    rows: int = 4,
    **kwargs: Any,
) -> Any:
    """Several lines of text."""
    return TextAreaField(
        label,
        _validators(needed, longest),
        description=help_,
        render_kw={"maxlength": longest, "rows": rows},
        **kwargs,
    )


def _validators(needed: bool, longest: int) -> list[Any]:
    return [Given() if needed else Optional(), Length(max=longest, message=_too_long(longest))]


def _too_long(longest: int) -> Any:
    return _l("Nội dung dài quá %(n)s ký tự.", n=longest)


def _typed(sent: Sequence[Any]) -> str:
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

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data: Decimal | None = None
        self.typed = _typed(valuelist)

    def pre_validate(self, form: Any) -> None:
        """Read here and not before, since the page may have said meanwhile what figure it is."""
        if not self.raw_data:
            return
        try:
            self.data = parse_figure(self.typed, self.shape)
        except NumberProblem as problem:
            raise ValidationError(number_sentence(problem)) from problem


def number_sentence(problem: NumberProblem) -> str:
    """What to say about a number that was not understood: what was meant, and what to type."""
    said = _NUMBER_SENTENCES.get(problem.reason, _NOT_A_NUMBER)
    words = str(said) % {"unit": problem.unit}
    if not problem.suggestion:
        return words
    asked = _("Ý bạn là %(n)s?", n=problem.suggestion)
    return asked if said is _NOT_A_NUMBER else f"{asked} {words}"


def suggestions_of(problems: Mapping[str, NumberProblem]) -> dict[str, str]:
    """What can be taken by one press, by cell."""
    return {name: row.suggestion for name, row in problems.items() if row.suggestion}


def beside(sent: str | None) -> list[str]:
    """The other cells of the block that a figure was pasted with, as static/js/grid sends
    them.
    """
    return sent[:LONGEST_BESIDE].split("\t") if sent else []


_NOT_A_NUMBER = _l("Đây chưa phải là số. Ví dụ cách viết đúng: 1.234,5")
_SEPARATORS = _l("Dấu phẩy ngăn phần thập phân, dấu chấm ngăn hàng nghìn.")
_NUMBER_SENTENCES = {
    "point": _SEPARATORS,
    "english": _SEPARATORS,
    "block": _l(
        "Khối dán có số viết kiểu tiếng Anh (1,234.5) nên số này có hai cách hiểu; hãy chọn hoặc "
        "gõ lại."
    ),
    "percent_sign": _l("Tiêu chí này tính bằng %(unit)s, không tính bằng %%."),
    "large_percent": _l(
        "%(unit)s %% là quá lớn, có thể thiếu dấu phẩy. Nếu đúng như vậy, hãy ghi thêm chữ "
        "(đúng) sau số."
    ),
    "unit": _l("Chỉ nhập số, không ghi đơn vị tính hay chữ khác; đơn vị tính là %(unit)s."),
    "word": _l("Chỉ nhập số, không ghi đơn vị tính hay chữ khác."),
    "condition": _l("Chỉ nhập số; điều kiện (≥, trên, dưới) ghi ở tiêu chí."),
    "share": _l("Chỉ nhập một số là tỷ lệ phần trăm, không nhập tử số và mẫu số."),
    "one": _l("Chỉ nhập một số, không nhập phép chia hay khoảng."),
    "sign": _l("Chỉ nhập số; không ghi dấu +, dấu ngoặc, và dấu trừ viết liền với số (-5)."),
    "negative": _l("Số ở đây không được âm."),
    "yes_no": _l("Chỉ nhận Đạt hoặc Không đạt."),
    "long": _l("Số này quá lớn (nhiều nhất 12 chữ số)."),
    "places": _l("Nhiều nhất bốn chữ số sau dấu phẩy."),
}


class VnDateField(Field):
    """A day typed as dd/mm/yyyy."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return _typed(self.raw_data)
        return f"{self.data.day:02}/{self.data.month:02}/{self.data.year}" if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data: date | None = None
        if typed := _typed(valuelist).strip():
            self.data = parse_day(typed)


def parse_day(typed: str) -> date:
    """dd/mm/yyyy (also d/m/yyyy, with - or .; also yyyy-mm-dd). Raises ValueError with a
    sentence.
    """
    typed = typed[:LONGEST_LINE]
    serial = typed.strip()
    days = whole_number(serial)
    if days is not None and len(serial) == 5:
        meant = FIRST_SERIAL + timedelta(days=days)
        raise ValueError(
            _(
                "%(n)s là số thứ tự ngày của Excel. Ý bạn là %(day)s? Hãy định dạng cột ngày là "
                "Ngày tháng hoặc gõ ngày/tháng/năm.",
                n=serial,
                day=f"{meant:%d/%m/%Y}",
            )
        )
    parts = typed.strip().replace("-", "/").replace(".", "/").split("/")
    numbers = [number for part in parts if (number := whole_number(part)) is not None]
    if len(parts) != 3 or len(numbers) != 3 or max(map(len, parts)) > 4:
        raise ValueError(_("Ngày phải viết theo dạng ngày/tháng/năm, ví dụ 07/02/2023."))
    if len(parts[0]) == 4:
        numbers.reverse()
    day, month, year = numbers
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(
            _("Năm phải có bốn chữ số, từ %(a)s đến %(b)s.", a=FIRST_YEAR, b=LAST_YEAR)
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_("Không có ngày %(typed)s trong lịch.", typed=typed.strip())) from None


def day(label: Any, *, needed: bool = True, help_: Any = "", **kwargs: Any) -> Any:
    """A day."""
    return VnDateField(
        label,
        [Given() if needed else Optional()],
        description=help_ or _SHAPE,
        render_kw={
            "class": "short",
            "inputmode": "numeric",
            "autocomplete": "off",
            "maxlength": 10,
        },
        **kwargs,
    )


_SHAPE = _l("ngày/tháng/năm")


class TimeField(Field):
    """A time of day; `data` is "08 giờ 30" or ""."""

    widget = TextInput()

    def _value(self) -> str:
        return _typed(self.raw_data) if self.raw_data else self.data or ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = ""
        typed = _typed(valuelist).strip()
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
    return VnDecimalField(
        label,
        [Given() if needed else Optional()],
        description=help_,
        render_kw={
            "class": "short num",
            "inputmode": "decimal",
            "autocomplete": "off",
            "maxlength": 24,
        },
        **kwargs,
    )


class WholeField(IntegerField):
    """A small whole number; anything else is a sentence."""

    def _value(self) -> str:
        if self.raw_data:
            return _typed(self.raw_data)
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = _typed(valuelist).strip()
        self.data = whole_number(typed)
        if typed and self.data is None:
            raise ValueError(_("Hãy nhập một số nguyên."))


def whole(label: Any, *, needed: bool = True, help_: Any = "", **kwargs: Any) -> Any:
    """A whole number ≥ 0."""
    return WholeField(
        label,
        [Given() if needed else Optional()],
        description=help_,
        widget=TextInput(),
        render_kw={"class": "short num", "inputmode": "numeric"},
        **kwargs,
    )


def choose(
    label: Any,
    choices: Sequence[tuple[str, Any]],
    *,
    needed: bool = True,
    help_: Any = "",
    **kwargs: Any,
) -> Any:
    """One of `choices` (value, word); a foreign value is refused with a sentence."""
    return SelectField(
        label,
        [Given(_PICK)] if needed else [Optional()],
        choices=list(choices),
        description=help_,
        validate_choice=True,
        **kwargs,
    )


_PICK = _l("Hãy chọn một mục.")


def version() -> Any:
    """The hidden version that the form was opened with."""
    return HiddenField()


def posted_version() -> int:
    """The version that the form was opened with; see kernel.versions for one that was not sent."""
    return version_from(request.form.get("ver"))
