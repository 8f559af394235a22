"""Shapes of what is typed about bodies and offices."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.models import User
from pledge_app.orgs.models import Authority, BodyKind, OfficeHolding, Person
from pledge_app.orgs.offices import Term
from pledge_app.orgs.words import AUTHORITY_WORDS, KIND_WORDS
from pledge_app.ui.forms import Form, choose, day, line, text, version

AUTHORITIES = [
    (one.value or "-", word) for one, word in AUTHORITY_WORDS.items()
]  # a choice needs a value


class BodyForm(Form):
    """A body as papers name it."""

    ver = version()
    kind = choose(_l("Loại cơ quan"), [(one.value, word) for one, word in KIND_WORDS.items()])
    name = line(_l("Tên gọn"), longest=200, help_=_l("Ví dụ: UBND xã Hải Quang."))
    full_name = line(
        _l("Tên đầy đủ"),
        help_=_l("Như trên văn bản, ví dụ: Ủy ban nhân dân xã Hải Quang."),
    )
    superior_name = line(
        _l("Tên cơ quan cấp trên trên văn bản"),
        needed=False,
        help_=_l("Chỉ ghi khi thể thức có dòng này, ví dụ với Ban Thường trực MTTQ."),
    )
    symbol = line(
        _l("Ký hiệu cơ quan trong số văn bản"),
        needed=False,
        longest=40,
        help_=_l("Ví dụ: UBND, MTTQ-BTT."),
    )
    place = line(
        _l("Địa danh trên văn bản"),
        needed=False,
        longest=100,
        help_=_l("Ví dụ: Hải Quang."),
    )
    exists_from = day(_l("Hoạt động từ ngày"), needed=False)

    def values(self) -> dict[str, object]:
        """The columns that the verbs take."""
        return {
            "kind": BodyKind(self.kind.data),
            "exists_from": self.exists_from.data,
            **{
                name: self[name].data or ""
                for name in ("name", "full_name", "superior_name", "symbol", "place")
            },
        }


class TermForm(Form):
    """An office taken, or put right."""

    ver = version()
    person = choose(_l("Người đã có trong danh sách"), [], needed=False)
    name = line(
        _l("Họ và tên"),
        needed=False,
        longest=120,
        help_=_l("Không ghi “ông”, “bà”, học hàm, học vị."),
    )
    title = line(_l("Chức vụ"), longest=120, help_=_l("Ví dụ: Chủ tịch, Phó Chủ tịch."))
    authority = choose(_l("Khi ký ghi"), AUTHORITIES)
    held_from = day(_l("Giữ chức từ ngày"))
    held_to = day(
        _l("Thôi giữ chức từ ngày"),
        needed=False,
        help_=_l("Ngày đầu tiên không còn giữ chức; để trống khi đang giữ."),
    )
    login = choose(
        _l("Tài khoản đăng nhập của người này"),
        [],
        needed=False,
        help_=_l(
            "Tài khoản có vai trò tại cơ quan và chưa gắn với ai. Có gắn thì người này mới đọc "
            "và xác nhận được."
        ),
    )

    def term(self) -> Term:
        """What was typed, for the verbs."""
        return Term(
            self.title.data or "",
            authority_of(self.authority.data),
            self.held_from.data,
            self.held_to.data,
        )


class ConcurrentForm(Form):
    """Cho phép một người kiêm nhiệm."""

    valid_from = day(_l("Từ ngày"))
    valid_to = day(
        _l("Đến trước ngày"),
        needed=False,
        help_=_l("Ngày đầu tiên không còn cho phép; để trống khi chưa biết."),
    )
    reason = text(
        _l("Lý do"),
        longest=2000,
        rows=2,
        help_=_l("Ví dụ: cơ quan chỉ còn một cán bộ."),
    )


class DelegationForm(Form):
    """Ủy quyền ký trong một thời gian."""

    person = choose(_l("Người đã có trong danh sách"), [], needed=False)
    name = line(_l("Họ và tên người được ủy quyền"), needed=False, longest=120)
    authority = choose(_l("Khi ký ghi"), AUTHORITIES)
    basis = line(_l("Văn bản ủy quyền"), help_=_l("Số, ngày, cơ quan ban hành."))
    held_from = day(_l("Từ ngày"))
    held_to = day(_l("Đến hết ngày"))


class EndForm(Form):
    """From when something no longer holds."""

    ver = version()
    on = day(_l("Từ ngày"))


def people(known: Iterable[Person]) -> list[tuple[str, str]]:
    """The choices of a person: nobody first."""
    return [("", _("(người mới, ghi tên bên dưới)")), *((one.pid, one.name) for one in known)]


def logins(free: Iterable[User]) -> list[tuple[str, str]]:
    """The choices of a login: none first."""
    named = [(user.pid, f"{user.name} ({user.username})") for user in free]
    return [("", _("(chưa có, hoặc gắn sau)")), *named]


def authority_of(value: str) -> Authority:
    """The authority of a choice."""
    return Authority.NONE if value == "-" else Authority(value)


def term_of(holding: OfficeHolding) -> dict[str, object]:
    """A holding as the fields of its form."""
    return {
        "ver": holding.version_id,
        "name": holding.person.name,
        "title": holding.title,
        "authority": holding.authority.value or "-",
        "held_from": holding.held_from,
        "held_to": holding.held_to,
    }
