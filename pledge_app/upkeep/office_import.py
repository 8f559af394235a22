"""A folder of sheets that set an office up: each read in its turn, by the verbs of the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.accounts import importing
from pledge_app.accounts.first_passwords import First, Made
from pledge_app.accounts.importing_sheet import from_head as users_from_head
from pledge_app.accounts.models import User
from pledge_app.administration.criteria_forms import criterion_rows
from pledge_app.administration.register_views import FAULT_WORDS, from_head
from pledge_app.campaigns import assigned_figures, assigning, year_sheet
from pledge_app.campaigns.models import EmulationYear
from pledge_app.criteria.doubts import doubts_about
from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.operations import import_set, publish
from pledge_app.criteria.paste import Dash, Declared
from pledge_app.criteria.reading import read_criteria, with_codes
from pledge_app.kernel.actor import SYSTEM
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.kernel.text import same_name_key
from pledge_app.orgs import cluster_sheet, comparing, office_sheet, register_loading
from pledge_app.orgs.comparing import Finding
from pledge_app.tables.filled import Blank, Filled, fill
from pledge_app.web.language import kept_text

Table = Sequence[Sequence[str]]
UNHASHED = First("", "")


@dataclass
class Told:
    """What a sheet did, and what is wrong with it: (row of the file, sentence); 0: the whole
    file.
    """

    does: list[tuple[int, str]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    same: int = 0
    made: list[Made] = field(default_factory=list)


@dataclass(frozen=True)
class Setting:
    """When it is done, from when new units exist, and the one-time passwords that were hashed
    beforehand (None: a dry run, which needs none).
    """

    at: datetime
    today: date
    units_from: date
    firsts: Mapping[str, First] | None


def units(table: Table, setting: Setting) -> Told:
    """Đơn vị: what is new in a register; what would change there is left to the browser."""
    on = setting.units_from
    register = comparing.read_register(from_head(table), comparing.known_units(on))
    told = Told()
    for error in register.errors:
        told.faults.append((error.line, f"{FAULT_WORDS[error.fault]} {error.value}".rstrip()))
    if told.faults:
        return told
    compared = comparing.compare(register.rows, on=on)
    for one in compared.rows:
        if one.finding is Finding.SAME:
            told.same += 1
        elif one.finding in (Finding.UNCLEAR, Finding.CHANGED):
            told.faults.append((one.row.line, one.said or _("khác với đơn vị đã có")))
        else:
            told.does.append((one.row.line, _("thêm %(name)s", name=one.row.full_name)))
    if told.does and not told.faults:
        register_loading.load(
            register,
            source="import",
            on=on,
            with_changes=False,
            actor=SYSTEM,
            at=setting.at,
            today=setting.today,
        )
    return told


def by_rows(blank: Blank, carry_out: Callable[..., None]) -> Callable[[Table, Setting], Told]:
    """A sheet of which each row is done by itself."""

    def act(table: Table, setting: Setting) -> Told:
        sheet = fill(blank, table)
        if sheet.fault:
            return Told(faults=[(0, sheet.fault)])
        carry_out(
            sheet,
            actor=SYSTEM,
            at=setting.at,
            today=setting.today,
        )
        return _told(sheet)

    return act


def _told(sheet: Filled) -> Told:
    told = Told()
    for line in sheet.lines:
        if line.faults:
            told.faults.append((line.number, " ".join(line.faults)))
        elif line.does or line.notes:
            told.does.append((line.number, "; ".join([*line.does, *line.notes])))
        else:
            told.same += 1
    return told


def users(table: Table, setting: Setting) -> Told:
    """Người dùng, with the offices that they hold."""
    reading = importing.read(users_from_head(table), today=setting.today)
    if reading.fault:
        return Told(faults=[(0, reading.fault)])
    told = Told(same=reading.count("same"))
    for row in reading.rows:
        if row.faults:
            told.faults.append((row.number, " ".join(row.faults)))
        elif row.does != "same":
            office = f"; {row.office.said}" if row.office is not None else ""
            word = _("thêm người dùng") if row.does == "new" else _("thêm vai trò cho")
            told.does.append((row.number, f"{word} {row.username}{office}"))
    if told.does and not told.faults:
        firsts = setting.firsts
        if firsts is None:
            firsts = {row.username: UNHASHED for row in reading.rows}
        told.made = importing.load(
            reading,
            actor=SYSTEM,
            at=setting.at,
            firsts=firsts,
        )
    return told


def new_usernames(table: Table) -> set[str]:
    """The logins of a users' sheet that are not there yet."""
    rows = [list(row) for row in users_from_head(table)]
    if not rows or "Tên đăng nhập" not in rows[0]:
        return set()
    place = rows[0].index("Tên đăng nhập")
    named = {row[place].lower() for row in rows[1:] if len(row) > place and row[place]}
    return named - set(db.session.scalars(select(User.username)))


def criteria(table: Table, setting: Setting) -> Told:
    """Tiêu chí: one set, called as the first line of the sheet says, published."""
    reading = read_criteria(table)
    name = next((line for line in reading.above if line), "")
    if not name:
        return Told(faults=[(0, _("Dòng đầu của tệp phải là tên bộ tiêu chí."))])
    taken = db.session.scalars(select(CriteriaSet.name)).all()
    if any(same_name_key(one) == same_name_key(name) for one in taken):
        return Told(same=len(reading.rows))
    rows = with_codes(list(reading.rows))
    told = Told()
    for doubt in doubts_about(rows):
        if doubt.blocks:
            told.faults.append((rows[doubt.row].line, doubt.sentence))
    if told.faults:
        return told
    draft = import_set(
        name,
        criterion_rows(rows),
        valid_from=date(setting.today.year, 1, 1),
        valid_to=None,
        source="",
        actor=SYSTEM,
        at=setting.at,
    )
    publish(draft, actor=SYSTEM, at=setting.at)
    said = _(
        "ban hành bộ tiêu chí “%(name)s”, %(n)s dòng",
        name=name,
        n=len(rows),
    )
    told.does.append((0, said))
    return told


def figures(table: Table, setting: Setting) -> Told:
    """Chỉ tiêu giao of the newest year: communes × criteria, as they are pasted in the browser."""
    newest = select(EmulationYear).order_by(EmulationYear.year.desc(), EmulationYear.id)
    year = db.session.scalars(newest.limit(1)).first()
    if year is None:
        return Told(faults=[(0, _("Chưa mở năm thi đua nào."))])
    block = "\n".join("\t".join(row) for row in table)
    reading = assigning.read(
        year,
        block,
        Declared(Dash.ASK, frozenset()),
    )
    told = Told(same=reading.unchanged)
    wrong = [reading.fault] if reading.fault else []
    wrong += [f"{place}: {why}" for place, why in reading.faulty]
    wrong += [_("không nhận ra: %(name)s", name=name) for name in reading.unknown]
    wrong += [f"{one.place}: {one.text} = {one.understood}?" for one in reading.questions]
    told.faults = [(0, sentence) for sentence in wrong]
    if reading.taken and not told.faults:
        assigned_figures.assign_figures(
            year,
            reading.figures,
            actor=SYSTEM,
            at=setting.at,
        )
        told.does.append((0, _("giao %(n)s chỉ tiêu", n=len(reading.taken))))
    return told


# The sheets in the order in which each needs those before it: file name → what it holds, its act.
SHEETS: dict[str, tuple[str, Callable[[Table, Setting], Told]]] = {
    "don-vi": ("đơn vị, như tệp mẫu danh mục đơn vị", units),
    "co-quan": (
        "cơ quan và người giữ chức",
        by_rows(office_sheet.SHEET, office_sheet.carry_out),
    ),
    "nguoi-dung": ("người dùng và vai trò", users),
    "tieu-chi": ("một bộ tiêu chí, ban hành luôn; dòng đầu là tên bộ", criteria),
    "nam": (
        "năm thi đua: Năm, Hệ, Cơ quan hướng dẫn, Bộ tiêu chí, Hạn gửi bản đăng ký, Hạn ký giao "
        "ước",
        by_rows(year_sheet.SHEET, year_sheet.carry_out),
    ),
    "cum": ("cụm thi đua và thành viên", by_rows(cluster_sheet.SHEET, cluster_sheet.carry_out)),
    "chi-tieu": ("chỉ tiêu giao của năm mới nhất: xã × tiêu chí", figures),
}


def carry_out(
    name: str,
    table: Table,
    setting: Setting,
) -> Told:
    """One sheet; what a verb refuses as a whole is a fault of the file."""
    try:
        return SHEETS[name][1](table, setting)
    except DomainError as error:
        return Told(faults=[(0, kept_text(error.sentence))])
