"""Bodies and office-holders from a sheet: a row per office-holder, or one for a body without any.

The same verbs as in the browser, row by row; nothing is guessed about two people of one name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, check
from pledge_app.kernel.text import clean_line, fold, same_name_key
from pledge_app.orgs.bodies import add_body, end_body
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Body, BodyKind, OfficeHolding, Person, Unit
from pledge_app.orgs.named import Bodies, Place, Places
from pledge_app.orgs.offices import Term, appoint
from pledge_app.orgs.policy import administer
from pledge_app.orgs.queries import find_unit
from pledge_app.orgs.register import split_type_word
from pledge_app.orgs.typed_offices import read_authority, read_kind
from pledge_app.tables.filled import Blank, Filled, Line, row_by_row

BODY, UNIT, KIND, FULL = "Cơ quan", "Đơn vị", "Loại cơ quan", "Tên đầy đủ"
SYMBOL, PLACE, ABOVE = "Ký hiệu", "Địa danh", "Cấp trên ghi trên văn bản"
BEGUN, ENDED = "Có từ ngày", "Có đến ngày"
PERSON, NAMESAKE, TITLE, AUTHORITY = "Họ và tên", "Trùng tên", "Chức vụ", "Khi ký ghi"
HELD_FROM, HELD_TO = "Giữ chức từ ngày", "Giữ chức đến ngày"
SAME_PERSON, ANOTHER = "cùng người", "người khác"
SHORT_WORDS = {"UBND ": "Ủy ban nhân dân ", "HĐND ": "Hội đồng nhân dân "}
SYMBOLS = {BodyKind.UBND: "UBND", BodyKind.COUNCIL: "HĐND", BodyKind.MTTQ: "MTTQ-BTT"}
LONGEST = {BODY: 200, FULL: 300, PERSON: 120, TITLE: 300, SYMBOL: 40, PLACE: 100}

SHEET = Blank(
    head=(
        "STT",
        BODY,
        UNIT,
        KIND,
        FULL,
        SYMBOL,
        PLACE,
        ABOVE,
        BEGUN,
        ENDED,
        PERSON,
        NAMESAKE,
        TITLE,
        AUTHORITY,
        HELD_FROM,
        HELD_TO,
    ),
    needed=(BODY, UNIT),
    guide={
        "Mỗi dòng": "Một người giữ chức của một cơ quan. Cơ quan có nhiều người thì ghi nhiều "
        "dòng; cơ quan chưa có ai thì một dòng, để trống họ và tên.",
        BODY: "Bắt buộc. Tên gọn, ví dụ: UBND xã Hải Quang. Đã có thì không thêm lần nữa.",
        UNIT: "Bắt buộc. Tên đơn vị như trong danh mục, ví dụ: Xã Hải Quang; hai đơn vị trùng tên "
        "thì ghi thêm cấp trên: Xã Tân Phú, Huyện Châu Thành. Ghi mã đơn vị cũng được.",
        KIND: "Ủy ban nhân dân; Ủy ban MTTQ Việt Nam; Cấp ủy Đảng; Hội đồng nhân dân; Hội đồng Thi "
        "đua - Khen thưởng; Sở, phòng, ban, ngành; Đơn vị sự nghiệp; Doanh nghiệp; Quân sự, "
        "công an; Tổ chức khác (công đoàn, đoàn thể, hội); Thôn, xóm. Để trống: theo tên cơ quan.",
        FULL: "Như trên văn bản. Để trống: viết đủ từ tên gọn (UBND thành Ủy ban nhân dân).",
        SYMBOL: "Trong số văn bản, ví dụ: UBND, MTTQ-BTT. Để trống: theo loại cơ quan.",
        PLACE: "Địa danh trước ngày tháng trên văn bản. Để trống: tên riêng của đơn vị.",
        ABOVE: "Dòng cơ quan cấp trên ở đầu văn bản, chỉ khi thể thức có dòng này.",
        BEGUN: "ngày/tháng/năm. Để trống khi cơ quan có từ lâu.",
        ENDED: "Chỉ ghi cho cơ quan đã kết thúc: ngày đầu tiên không còn hoạt động.",
        PERSON: "Người giữ chức. Viết như trên văn bản, không có Ông, Bà.",
        NAMESAKE: "Chỉ ghi khi đơn vị đã có người cùng tên: “cùng người” (một người giữ hai chức) "
        "hoặc “người khác” (hai người trùng tên).",
        TITLE: "Ví dụ: Chủ tịch, Phó Chủ tịch, Giám đốc, Trưởng thôn.",
        AUTHORITY: "TM., Q., KT., TL., TUQ. hoặc “không”. Để trống: cấp phó là KT., người đứng đầu "
        "UBND, Mặt trận, cấp ủy, HĐND là TM., người khác không ghi.",
        HELD_FROM: "Bắt buộc khi có họ và tên. ngày/tháng/năm.",
        HELD_TO: "Ngày đầu tiên không còn giữ chức; để trống khi đang giữ.",
    },
    example=(
        [
            1,
            "UBND xã Hải Quang",
            "Xã Hải Quang",
            "Ủy ban nhân dân",
            "",
            "",
            "",
            "",
            None,
            None,
            "Trần Văn Hùng",
            "",
            "Chủ tịch",
            "TM.",
            date(2025, 7, 1),
        ],
        [
            2,
            "Trường Tiểu học Hải Quang",
            "Xã Hải Quang",
            "Đơn vị sự nghiệp",
            "",
            "",
            "",
            "",
            None,
            None,
            "Nguyễn Thị Lan",
            "",
            "Hiệu trưởng",
            "",
            date(2025, 8, 1),
        ],
    ),
)


@dataclass
class Known:
    """What is there, and what the rows above have added."""

    places: Places
    bodies: Bodies
    units: dict[str, Unit] = field(default_factory=dict)
    held: dict[tuple[int, str], list[OfficeHolding]] = field(
        default_factory=lambda: defaultdict(list)
    )
    with_holder: set[int] = field(default_factory=set)
    ended: dict[Body, date] = field(default_factory=dict)

    def unit(self, place: Place) -> Unit:
        """The unit itself, asked for once."""
        if place.pid not in self.units:
            self.units[place.pid] = find_unit(place.pid)
        return self.units[place.pid]

    def namesakes(self, unit_id: int, name: str) -> list[OfficeHolding]:
        """The offices in the unit of everybody who is called so."""
        return self.held[(unit_id, same_name_key(name))]

    def note(self, holding: OfficeHolding) -> None:
        """An office that is held, or was."""
        self.namesakes(holding.body.unit_id, holding.person.name).append(holding)
        self.with_holder.add(holding.body_id)


def carry_out(
    sheet: Filled,
    *,
    actor: Actor,
    at: datetime,
    today: date,
) -> None:
    """Write every row that can be written; each row says what it did, or why not. Whoever calls
    it keeps all of them or none.
    """
    administer(actor)
    known = Known(Places(today), Bodies(today))
    holdings = select(OfficeHolding).options(
        joinedload(OfficeHolding.person), joinedload(OfficeHolding.body)
    )
    for holding in db.session.scalars(holdings):
        known.note(holding)
    for line in sheet.lines:
        with row_by_row(line):
            _write(line, known, actor, at)
    for body, day in known.ended.items():
        end_body(
            body,
            on=day,
            version=body.version_id,
            actor=actor,
            at=at,
        )


def _write(
    line: Line,
    known: Known,
    actor: Actor,
    at: datetime,
) -> None:
    _check_lengths(line)
    place = known.places.find(line.wants(UNIT))
    unit = known.unit(place)
    body = known.bodies.of_unit(unit, line.wants(BODY))
    is_new = body is None
    if body is None:
        values = _described(line, place)
        body = add_body(
            unit,
            values,
            actor=actor,
            at=at,
        )
        line.does.append(_("thêm cơ quan"))
    elif line[KIND]:
        kind = read_kind(line[KIND], body.name, place.level)
        check(
            kind is body.kind,
            _("Cơ quan này đã ghi với loại khác. Hãy sửa ở trang của cơ quan."),
        )
    holding = _hold(line, body, known, actor, at)
    if holding is not None:
        known.note(holding)
    if is_new:  # only now: a row that is refused leaves no body to be found
        known.bodies.add(body)
        ended = line.day(ENDED)
        if ended is not None:
            known.ended[body] = ended


def _check_lengths(line: Line) -> None:
    for column, most in LONGEST.items():
        check(
            len(line[column]) <= most,
            _("Cột “%(name)s” dài quá %(n)s ký tự.", name=column, n=most),
        )


def _described(line: Line, place: Place) -> dict[str, object]:
    """The columns of a body; what is blank is what is usual for its kind and unit."""
    name = line[BODY]
    kind = read_kind(line[KIND], name, place.level)
    full = line[FULL] or name
    for short, long in SHORT_WORDS.items():
        if not line[FULL] and name.startswith(short):
            full = long + name.removeprefix(short)
    return {
        "kind": kind,
        "name": name,
        "full_name": full,
        "superior_name": line[ABOVE],
        "symbol": line[SYMBOL] or SYMBOLS.get(kind, ""),
        "place": line[PLACE] or _usual_place(place),
        "exists_from": line.day(BEGUN),
    }


def _usual_place(place: Place) -> str:
    """The unit's own name without the word of its type; a hamlet has that of its commune."""
    level = UnitLevel.COMMUNE if place.level is UnitLevel.HAMLET else place.level
    name = place.above if place.level is UnitLevel.HAMLET else place.name
    named = split_type_word(name, level)
    return named[1] if named is not None else name


def _hold(
    line: Line,
    body: Body,
    known: Known,
    actor: Actor,
    at: datetime,
) -> OfficeHolding | None:
    """The office of the row as it is written; None: it names nobody, or is there already."""
    name = clean_line(line[PERSON])
    if not name:
        check(not line[TITLE], _("Có chức vụ mà chưa có họ và tên."))
        if body.id not in known.with_holder:
            line.notes.append(_("chưa có người giữ chức nên chưa ký được văn bản"))
        return None
    title = line.wants(TITLE)
    line.wants(HELD_FROM)
    begun = line.day(HELD_FROM)
    assert begun is not None
    term = Term(
        title,
        read_authority(line[AUTHORITY], title, body.kind),
        begun,
        line.day(HELD_TO),
    )
    namesakes = known.namesakes(body.unit_id, name)
    if any(_is_there(one, body, term) for one in namesakes):
        return None
    person = _person(line, name, namesakes)
    holding = appoint(
        body,
        term,
        person=person,
        name=name,
        actor=actor,
        at=at,
    )
    line.does.append(_("ghi %(title)s: %(name)s", title=title, name=name))
    return holding


def _is_there(holding: OfficeHolding, body: Body, term: Term) -> bool:
    """The same office of the same person; raises DomainError where only its end is another."""
    same = (
        holding.body_id == body.id
        and same_name_key(holding.title) == same_name_key(term.title)
        and holding.held_from == term.held_from
    )
    check(
        not same or holding.held_to == term.held_to,
        _("Chức vụ này đã ghi với ngày thôi giữ chức khác. Hãy sửa ở trang của cơ quan."),
    )
    return same


def _person(line: Line, name: str, namesakes: list[OfficeHolding]) -> Person | None:
    """Who it is: None is somebody new. Raises DomainError where the sheet has to say it."""
    if not namesakes:
        return None
    said = fold(line[NAMESAKE])
    if said == fold(ANOTHER):
        return None
    first = namesakes[0]
    if said != fold(SAME_PERSON):
        raise DomainError(
            _(
                "Đơn vị này đã có %(name)s (%(title)s, %(body)s). Hãy ghi ở cột “Trùng tên”: “cùng "
                "người” hoặc “người khác”.",
                name=name,
                title=first.title,
                body=first.body.name,
            )
        )
    if len({one.person_id for one in namesakes}) > 1:
        raise DomainError(
            _(
                "Đơn vị này có nhiều người tên %(name)s. Hãy ghi chức vụ này ở trang của cơ quan "
                "và chọn đúng người.",
                name=name,
            )
        )
    return first.person
