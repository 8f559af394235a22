"""A form that met the end of its session: what was typed, under the labels of its page, and the
way to send it on after the login, in one hidden field.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

from flask import request

from pledge_app.web.safe_next import safe_next
from pledge_app.web.sent_json import read_json

LABELS = "labels"  # written by app.js: what each changed field is called, and what it reads
LONGEST_CARRIED = 48_000  # bytes as sent: the page of the login takes 64 kB
MOST_LABELS = 300
LONGEST_LABEL = 200


@dataclass(frozen=True)
class Carried:
    """A form on its way: where it goes, its fields as they were sent."""

    path: str
    fields: list[tuple[str, str]]


def labelled(fields: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    """What was typed by the labels of its page, as far as its script named them; else by the
    names of the fields. Without any the body may not have been read: it is not asked for.
    """
    if not fields:
        return fields
    said = read_json(request.form.get(LABELS, ""))
    shown: dict[str, list[str]] = {}
    for pair in said[:MOST_LABELS] if isinstance(said, list) else []:
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(x, str) for x in pair):
            shown.setdefault(pair[0][:LONGEST_LABEL], []).append(pair[1])
    return shown or {name: texts for name, texts in fields.items() if name != LABELS}


def carry(secret_names: frozenset[str]) -> str:
    """The form that was refused, to be sent on after the login; "" where it cannot be: it came
    from another site, has files, or is too long for the page of the login.
    """
    if not _is_from_here() or request.files:
        return ""
    fields = [
        (name, text)
        for name, texts in request.form.lists()
        for text in texts
        if name not in secret_names and "password" not in name
    ]
    carried = json.dumps([request.path, fields], ensure_ascii=False)
    return carried if len(quote_plus(carried)) <= LONGEST_CARRIED else ""


def _is_from_here() -> bool:
    """A page of another site must not have a form of its own sent on with one press."""
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.host


def read_carried(text: str) -> Carried | None:
    """What `carry` wrote, or None."""
    match read_json(text):
        case [str(path), list(pairs)] if safe_next(path, ""):
            return Carried(path, [_pair(one) for one in pairs])
    return None


def _pair(sent: object) -> tuple[str, str]:
    """A field with its text; what is none names nothing."""
    match sent:
        case [str(name), str(value)]:
            return name, value
    return "", ""
