"""Nhập người dùng từ Excel: upload, look at what it would do, confirm, hand out the one-time
passwords.
"""

from __future__ import annotations

import json

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts import importing
from pledge_app.accounts.current import actor, needs
from pledge_app.accounts.importing_sheet import GUIDE, HEAD, from_head
from pledge_app.accounts.words import ROLE_WORDS
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.tables.filled import faulty_book
from pledge_app.tables.reading import LARGEST, SheetError, kept_table, read_table
from pledge_app.tables.writing import Value, download, xlsx
from pledge_app.web.application import looking, takes_bytes
from pledge_app.web.language import kept_text

bp = Blueprint("user_import", __name__)


@bp.get("/quan-tri/nguoi-dung/nhap/mau")
@needs(Role.ADMIN)
def sample() -> ResponseReturnValue:
    """The empty table with its head and two examples: a clerk, and a leader who holds an office."""
    today = clock.today()
    clerk: list[Value] = [
        "Nguyễn Thị Lan",
        "lan.haiquang",
        "",
        kept_text(ROLE_WORDS[Role.CLERK]),
        "UBND xã Hải Quang",
        today,
        None,
    ]
    leader: list[Value] = [
        "Trần Văn Hùng",
        "hung.haiquang",
        "",
        kept_text(ROLE_WORDS[Role.LEADER]),
        "UBND xã Hải Quang",
        today,
        None,
        "Phó Chủ tịch",
        "KT.",
        today,
    ]
    name = _("Mẫu danh sách người dùng")
    guide = tuple(GUIDE.items())
    return download(
        xlsx(
            name,
            HEAD,
            [clerk, leader],
            guide=guide,
        ),
        f"{name}.xlsx",
    )


@bp.route("/quan-tri/nguoi-dung/nhap", methods=["GET", "POST"])
@needs(Role.ADMIN)
@takes_bytes(LARGEST + 2 * 1024 * 1024)
def load() -> ResponseReturnValue:
    """A file is previewed; the table that was previewed is loaded when confirmed. One faulty
    row: nothing is loaded.
    """
    if request.method == "GET":
        return _page(None, [])
    if request.form.get("then") == "write":
        try:
            table = kept_table(request.form.get("table", ""))
        except SheetError as error:
            return _page(
                None,
                [],
                error.sentence,
            ), 422
        reading = importing.read(table, today=clock.today())
        if reading.fault or reading.faulty:
            return _page(reading, table), 422
        made = importing.load(
            reading,
            actor=actor(),
            at=clock.now(),
        )
        return render_template(
            "accounts/imported.html",
            made=made,
            roles=len(reading.rows) - reading.count("same"),
        )
    if request.form.get("then") == "faulty":
        return _faulty()
    given = request.files.get("file")
    try:
        with looking():
            table = read_table(given.read()) if given is not None and given.filename else []
    except SheetError as error:
        return _page(
            None,
            [],
            error.sentence,
        ), 422
    if not table:
        return _page(
            None,
            [],
            _("Chưa chọn tệp nào."),
        ), 422
    table = from_head(table)
    reading = importing.read(table, today=clock.today())
    return _page(reading, table), 422 if reading.fault or reading.faulty else 200


def _page(reading: importing.Reading | None, table: list[list[str]], problem: str = "") -> str:
    return render_template(
        "accounts/import.html",
        reading=reading,
        kept=json.dumps(table, ensure_ascii=False),
        problem=problem or (reading.fault if reading else ""),
        largest=LARGEST,
        roles=[kept_text(word) for word in ROLE_WORDS.values()],
    )


def _faulty() -> ResponseReturnValue:
    """The faulty rows of the table that was previewed, each with why."""
    try:
        table = kept_table(request.form.get("table", ""))
    except SheetError as error:
        return _page(
            None,
            [],
            error.sentence,
        ), 422
    reading = importing.read(table, today=clock.today())
    if reading.fault or not reading.faulty:
        return _page(reading, table), 422
    rows = [(table[row.number - 1], row.faults) for row in reading.faulty]
    title = _("Dòng chưa nạp: người dùng")
    name = title.replace(":", "")
    return download(
        faulty_book(
            title,
            table[0],
            rows,
        ),
        f"{name}.xlsx",
    )
