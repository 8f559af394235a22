"""Jinja filters and globals: numbers, dates and times as they are read in Vietnam."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask, request, url_for

from pledge_app.kernel.clock import local
from pledge_app.kernel.numbers import NO_WORDS, YES_WORDS, format_number
from pledge_app.ui.badges import badge
from pledge_app.ui.static_files import asset, imports


def init_app(app: Flask) -> None:
    """Attach the filters and globals."""
    app.jinja_env.filters.update(
        number=number,
        day=day,
        moment=moment,
        paper_figure=paper_figure,
    )
    app.jinja_env.globals.update(
        asset=asset,
        imports_of=imports,
        with_query=with_query,
    )
    app.jinja_env.globals.update(badge_of=badge)
    app.jinja_env.globals.update(yes_words="|".join(YES_WORDS), no_words="|".join(NO_WORDS))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def number(value: Decimal | int | None) -> str:
    """1234.5 → "1.234,5"; None → "" (blank is not zero)."""
    return format_number(Decimal(value)) if value is not None else ""


def day(value: date | None) -> str:
    """dd/mm/yyyy; None → ""."""
    return f"{value.day:02}/{value.month:02}/{value.year}" if value is not None else ""


def moment(value: datetime | None) -> str:
    """HH:MM dd/mm/yyyy on the clock of Vietnam; None → ""."""
    if value is None:
        return ""
    here = local(value)
    return f"{here:%H:%M} {day(here.date())}"


def paper_figure(text: str) -> str:
    """A figure of a frozen content ("12.5") as papers print it ("12,5"); any other text as it
    is.
    """
    try:
        return format_number(Decimal(text)) if text else ""
    except ArithmeticError:
        return text


def with_query(**changes: object) -> str:
    """This page with other query parameters. Names that url_for itself understands are not
    passed on.
    """
    args = {
        name: value
        for name, value in request.args.items()
        if name != "endpoint" and not name.startswith("_")
    }
    values: dict[str, Any] = {
        **args,
        **changes,
        **(request.view_args or {}),
    }
    if request.endpoint is None:  # the page that says there is no such page
        return request.path
    return url_for(request.endpoint, **values)
