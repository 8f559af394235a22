"""Form base and fields. They check shape only; everything typed comes back as it was typed."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from typing import Any

from flask import request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import (
    Field,
    FileField,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs of 3.2
from wtforms.form import BaseForm
from wtforms.validators import Length, Optional
from wtforms.widgets import TextInput

from pledge_app.kernel.text import (
    LONGEST_LINE,
    LONGEST_TEXT,
    PARTS,
    TextProblem,
    clean_line,
    clean_text,
)
from pledge_app.kernel.versions import version_from
from pledge_app.ui.fields import Given, TimeField, VnDateField, VnDecimalField, WholeField
from pledge_app.ui.sentences import Sentences
from pledge_app.ui.typed_values import text_sentence

# A sentence of the screen: Vietnamese as it stands, or translated when it is shown.
Words = str | LazyString
# A field of a class of forms. What its `data` is, is known only of a form that was validated.
Unbound = Any


class Form(FlaskForm):
    """The base of every form: text is NFC without control characters before it is checked."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: BaseForm) -> Sentences:
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
            self,
            form: Any,
            unbound_field: Any,
            options: MutableMapping[str, Any],
        ) -> Any:
            field = super().bind_field(
                form,
                unbound_field,
                options,
            )
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
        field.filters = [
            *field.filters,
            lambda value: _cleaned(
                value,
                clean,
                longest,
            ),
        ]


class _Limit(Length):
    """For a field that names none; a default that is no text (a version that was not sent)
    passes.
    """

    def __call__(self, form: BaseForm, field: StringField) -> None:
        if isinstance(field.data, str):
            super().__call__(form, field)


def limit_of(field: Field) -> int | None:
    """The most characters that a field takes; None when it names no limit."""
    rules: Sequence[object] = field.validators
    limits = (rule.max for rule in rules if isinstance(rule, Length) and rule.max > 0)
    return next(limits, None)


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


def required(sentence: str = "") -> list[Given]:
    """Validators of an obligatory line."""
    return [Given(sentence)]


def line(
    label: Words,
    *,
    needed: bool = True,
    longest: int = LONGEST_LINE,
    help_: Words = "",
) -> Unbound:
    """A line of text."""
    return StringField(
        label,
        _validators(needed, longest),
        description=help_,
        render_kw={"maxlength": longest, "autocomplete": "off"},
    )


def text(
    label: Words,
    *,
    needed: bool = True,
    longest: int = LONGEST_TEXT,
    help_: Words = "",
    rows: int = 4,
) -> Unbound:
    """Several lines of text."""
    return TextAreaField(
        label,
        _validators(needed, longest),
        description=help_,
        render_kw={"maxlength": longest, "rows": rows},
    )


def _validators(needed: bool, longest: int) -> list[Given | Optional | Length]:
    return [Given() if needed else Optional(), Length(max=longest, message=_too_long(longest))]


def _too_long(longest: int) -> LazyString:
    return _l("Nội dung dài quá %(n)s ký tự.", n=longest)


def day(label: Words, *, needed: bool = True, help_: Words = "") -> Unbound:
    """A day."""
    return VnDateField(
        label,
        [Given() if needed else Optional()],
        description=help_ or _l("ngày/tháng/năm"),
        render_kw={
            "class": "short",
            "inputmode": "numeric",
            "autocomplete": "off",
            "maxlength": 10,
            "data-day": True,
        },
    )


def daytime(label: Words, *, needed: bool = True, help_: Words = "") -> Unbound:
    """A time of day."""
    return TimeField(
        label,
        [Given() if needed else Optional()],
        description=help_ or _l("Ví dụ: 08 giờ 30, 8h30 hoặc 8:30"),
        render_kw={
            "class": "short",
            "autocomplete": "off",
            "maxlength": 20,
        },
    )


def decimal(label: Words, *, needed: bool = True, help_: Words = "") -> Unbound:
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
    )


def whole(label: Words, *, needed: bool = True, help_: Words = "") -> Unbound:
    """A whole number ≥ 0."""
    return WholeField(
        label,
        [Given() if needed else Optional()],
        description=help_,
        widget=TextInput(),
        render_kw={"class": "short num", "inputmode": "numeric"},
    )


def choose(
    label: Words,
    choices: Sequence[tuple[str, Words]],
    *,
    needed: bool = True,
    help_: Words = "",
    default: str | None = None,
) -> Unbound:
    """One of `choices` (value, word); a foreign value is refused with a sentence."""
    return SelectField(
        label,
        [Given(_PICK)] if needed else [Optional()],
        choices=[SelectChoice(value, word) for value, word in choices],
        description=help_,
        validate_choice=True,
        default=default,
    )


_PICK = _l("Hãy chọn một mục.")


def version() -> Unbound:
    """The hidden version that the form was opened with."""
    return HiddenField()


def posted_version() -> int:
    """The version that the form was opened with; see kernel.versions for one that was not sent."""
    return version_from(request.form.get("ver"))
