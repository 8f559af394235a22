"""Requests that no page of ours sends: wrong kinds, wrong types, nothing, too much. An answer
with a sentence, never a fault.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from pledge_app.kernel.base import db
from pledge_app.pledges.models import Target
from tests import make
from tests.pages.access_rows import Row
from tests.pages.access_table import ROWS
from tests.pages.test_access import address, asked, visitor_of, world_place
from tests.site import Visitor, inspect

__all__ = ["asked", "world_place"]
FORM = "application/x-www-form-urlencoded"
RAW: dict[str, tuple[str, bytes]] = {
    "no body": (FORM, b""),
    "no kind": ("", b"a=b"),
    "a list": ("application/json", b"[1, 2]"),
    "a number": ("application/json", b"1e999"),
    "wrong types": (
        "application/json",
        b'{"cells": {"goal": [1]}, "ver": {}, "tab": 1, "seq": "x", "reason": {}, "name": null}',
    ),
    "half a surrogate": (
        "application/json",
        b'{"cells": {"goal": "\\ud800", "measures": "\\udfff\\u0000"}, '
        b'"ver": "1", "tab": "\\ud800", "seq": 1}',
    ),
    "torn JSON": ("application/json", b'{"cells": {'),
    "deep JSON": ("application/json", b"[" * 50_000),
    "XML": ("application/xml", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"),
    "bytes that are no text": (FORM, b"reason=%FF%FE%C0%80&name=\xff\xfe&ver=%ED%A0%80"),
    "a torn part": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="reason"\r\n\r\nabc',
    ),
    "parts without boundary": ("multipart/form-data", b"--x--"),
    "a part without name": (
        "multipart/form-data; boundary=x",
        b"--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--\r\n",
    ),
    "a file without name": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; filename="a"\r\n\r\nabc\r\n--x--\r\n',
    ),
    "a file where a text is asked": (
        "multipart/form-data; boundary=x",
        b"".join(
            b'--x\r\nContent-Disposition: form-data; name="%s"; filename="a.txt"\r\n\r\nabc\r\n'
            % name
            for name in (b"reason", b"name", b"ver", b"place")
        )
        + b"--x--\r\n",
    ),
    "every field ten times": (
        FORM,
        b"&".join([b"reason=a&name=b&ver=1&ver=2&body=x&year=y&role=z&act=reject"] * 10),
    ),
    "names that are code": (
        FORM,
        b"__class__=x&__proto__=x&_method=DELETE&self=1&request=1&endpoint=x&data.x=1&%00=1&=x&[]=y",
    ),
}
DOING = [row for row in ROWS if row.method == "POST"]
CLOSED = [row for row in DOING if "p" not in row.let_in]


def ask(visitor: Visitor, path: str, kind: str, body: bytes) -> Any:
    """With the token in the header, as our script sends it."""
    _data, sent = visitor._with_token(None, {"json": {}})
    return visitor._ask("POST", path, data=body, content_type=kind or None, headers=sent["headers"])


@pytest.mark.parametrize("row", DOING, ids=lambda row: row.endpoint)
def test_a_request_of_another_shape_is_no_fault(asked, cast, row: Row) -> None:
    app, made = asked
    path, visitor = address(row, made), None
    for what, (kind, body) in RAW.items():
        visitor = (
            visitor
            or visitor_of(app, cast, row, next((one for one in row.let_in if one != "p"), "c"))
            or Visitor(app)
        )
        answer = ask(visitor, path, kind, body)
        assert answer.status_code < 500, f"{path}, {what}: {answer.status_code}"
        inspect(answer, path)
        if answer.status_code == 303:  # something was done; perhaps the session was ended
            visitor = None


def refuses(asked: Any, cast: Any, row: Row, kind: str, body: bytes) -> None:
    app, made = asked
    visitor = visitor_of(app, cast, row, next(iter(row.let_in), "c")) or Visitor(
        app, cast.users["lan"]
    )
    answer = ask(visitor, address(row, made), kind, body)
    assert answer.status_code < 500, f"{row.path}: {answer.status_code}"
    if answer.status_code == 413:
        assert "vượt giới hạn" in answer.text


@pytest.mark.parametrize("row", CLOSED, ids=lambda row: row.endpoint)
def test_too_much_is_refused_with_a_sentence(asked, cast, row: Row) -> None:
    refuses(asked, cast, row, FORM, b"reason=" + b"a" * (5 << 20))


@pytest.mark.parametrize(
    "row", CLOSED[::10], ids=lambda row: row.endpoint
)  # one limit for all, and half a second each
def test_too_many_fields_are_refused_with_a_sentence(asked, cast, row: Row) -> None:
    fields = (
        b"".join(
            b'--x\r\nContent-Disposition: form-data; name="f%d"\r\n\r\na\r\n' % n
            for n in range(8100)
        )
        + b"--x--\r\n"
    )
    refuses(asked, cast, row, "multipart/form-data; boundary=x", fields)


def test_a_row_with_broken_letters_is_saved_without_them_also_late(app, cast, visit):
    made = make.pledge(cast)
    target, lan = made.targets[0], visit("lan")
    path, target_id = f"/giao-uoc/{made.pid}/dong/{target.pid}", target.id
    body = json.dumps(
        {
            "cells": {"goal": "3", "measures": "Cắm cờ \ud83d\u0000\u202eở đường"},
            "ver": f"{target.version}.",
            "tab": "\ud800",
            "seq": 1,
        }
    )
    assert ask(lan, path, "application/json", body.encode()).status_code in {200, 400, 409}
    body = json.dumps(
        {
            "cells": {"goal": "3", "measures": "Cắm cờ \ud83d\u0000\u202eở đường"},
            "ver": f"{target.version}.",
            "tab": "t",
            "seq": 1,
        }
    )
    assert ask(lan, path, "application/json", body.encode()).status_code == 200
    db.session.expire_all()
    assert db.session.get_one(Target, target_id).measures == "Cắm cờ ở đường"
    late = make.pledge(cast, "Hải Tây", state="with_leader")
    row = next(row for row in late.targets if not row.items)
    answer = ask(
        visit("tay"), f"/giao-uoc/{late.pid}/dong/{row.pid}", "application/json", body.encode()
    )
    assert answer.status_code == 409 and answer.get_json()["closed"]
