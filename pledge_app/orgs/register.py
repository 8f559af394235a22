"""Reads the registers of units and successions into plain rows; a faulty row is named. Pure."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pledge_app.kernel.text import clean_line, same_name_key
from pledge_app.orgs.levels import UnitLevel

TYPE_WORDS: dict[UnitLevel, tuple[str, ...]] = {
    UnitLevel.PROVINCE: ("Tỉnh", "Thành phố"),
    UnitLevel.DISTRICT: ("Huyện", "Quận", "Thị xã", "Thành phố"),
    UnitLevel.COMMUNE: ("Xã", "Phường", "Thị trấn", "Đặc khu"),
    UnitLevel.HAMLET: (
        "Thôn",
        "Xóm",
        "Ấp",
        "Bản",
        "Buôn",
        "Làng",
        "Khu phố",
        "Tổ dân phố",
        "Khóm",
        "Khối phố",
        "Khối",
        "Tiểu khu",
        "Khu dân cư",
        "Cụm dân cư",
        "Bon",
        "Plei",
        "Phum",
        "Sóc",
        "Khu",
        "Tổ",
        "Đội",
        "Phố",
    ),
}
UNIT_COLUMNS = ("level", "code", "name", "parent_code")
SUCCESSION_COLUMNS = (
    "ngay",
    "don_vi_cu",
    "ma_cu",
    "cap_tren_cu",
    "don_vi_moi",
    "ma_moi",
    "cap_tren_moi",
    "can_cu",
    "do_chac",
)


class RowFault(StrEnum):
    """What is wrong with a row of a register."""

    COLUMNS_MISSING = "columns_missing"
    LEVEL_UNKNOWN = "level_unknown"
    CODE_NOT_DIGITS = "code_not_digits"
    CODE_REPEATED = "code_repeated"
    NAME_MISSING = "name_missing"
    TYPE_WORD_UNKNOWN = "type_word_unknown"
    PARENT_UNKNOWN = "parent_unknown"
    PARENT_UNEXPECTED = "parent_unexpected"  # a province with a unit above it
    DATE_WRONG = "date_wrong"


@dataclass(frozen=True)
class RowError:
    """A fault in line `line` of the file (the first line is 1); `value` is what stands there."""

    line: int
    fault: RowFault
    value: str


@dataclass(frozen=True)
class UnitRow:
    """One unit of a register. `name` is the bare name; codes identify only within one register,
    and may be blank.

    `parent_code`: the code of the unit above, or its full name.
    """

    line: int
    level: UnitLevel
    code: str
    type_word: str
    name: str
    parent_code: str | None

    @property
    def full_name(self) -> str:
        """ "Xã Hải Quang"."""
        return f"{self.type_word} {self.name}"


@dataclass(frozen=True)
class Known:
    """The units that are there already: a row may name one of them as the unit above it, by code
    or by full name.

    `names` are keys of kernel.text.same_name_key.
    """

    codes: Collection[str] = ()
    names: Collection[str] = ()


@dataclass(frozen=True)
class Register:
    """The good rows, parents before children as in the file, and every faulty one."""

    rows: tuple[UnitRow, ...]
    errors: tuple[RowError, ...]


@dataclass(frozen=True)
class SuccessionRow:
    """`predecessor` (of `predecessor_parent`) was taken over by `successor` on a date."""

    line: int
    on_date: date
    predecessor: str
    predecessor_code: str
    predecessor_parent: str
    successor: str
    successor_code: str
    successor_parent: str
    basis: str
    certainty: str


@dataclass(frozen=True)
class Successions:
    rows: tuple[SuccessionRow, ...]
    errors: tuple[RowError, ...]


def split_type_word(full_name: str, level: UnitLevel) -> tuple[str, str] | None:
    """("Xã", "Hải Quang"); None when the name does not begin with a type word of that level."""
    full_name = clean_line(full_name)
    for word in TYPE_WORDS[level]:
        if full_name.casefold().startswith(word.casefold() + " "):
            return word, full_name[len(word) + 1 :]
    return None


def _records(
    lines: Iterable[str],
    columns: tuple[str, ...],
) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Line number and cleaned cells; None instead of cells where columns are missing. "#" is a
    remark.
    """
    numbered = [
        (n, line)
        for n, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#")
    ]
    header: list[str] | None = None
    for n, line in numbered:
        cells = [clean_line(cell) for cell in next(csv.reader([line.lstrip("\ufeff")]))]
        if header is None:
            header = cells
            if not set(columns) <= set(header):
                yield n, None
                return
        else:
            yield n, dict(zip(header, cells, strict=True)) if len(cells) == len(header) else None


def read_units(lines: Iterable[str], known: Known | None = None) -> Register:
    """A register of units: level, code, name ("Xã Hải Quang"), parent_code; parents stand above
    children.

    With `known` a code may be blank, and the parent may be a unit that is there, named by code or
    full name.
    """
    rows: list[UnitRow] = []
    errors: list[RowError] = []
    seen: set[str] = set()
    names: set[str] = set()
    for line, record in _records(lines, UNIT_COLUMNS):
        if record is None:
            errors.append(RowError(line, RowFault.COLUMNS_MISSING, ""))
            continue
        fault = _fault(record, seen, names, known)
        read = RowError(line, *fault) if fault is not None else _row(line, record)
        if isinstance(read, UnitRow):
            rows.append(read)
            seen.add(read.code)
            names.add(same_name_key(read.full_name))
        else:
            errors.append(read)
    return Register(tuple(rows), tuple(errors))


def _fault(
    record: dict[str, str],
    seen: set[str],
    names: set[str],
    known: Known | None,
) -> tuple[RowFault, str] | None:
    code = record["code"]
    parent = record["parent_code"]
    if record["level"] not in set(UnitLevel):
        return RowFault.LEVEL_UNKNOWN, record["level"]
    level = UnitLevel(record["level"])
    if not is_code(code) and (code or known is None):
        return RowFault.CODE_NOT_DIGITS, code
    if code and code in seen:
        return RowFault.CODE_REPEATED, code
    if not record["name"]:
        return RowFault.NAME_MISSING, ""
    if split_type_word(record["name"], level) is None:
        return RowFault.TYPE_WORD_UNKNOWN, record["name"]
    if level is UnitLevel.PROVINCE and parent:
        return RowFault.PARENT_UNEXPECTED, parent
    if level is not UnitLevel.PROVINCE and not _is_there(
        parent,
        seen,
        names,
        known,
    ):
        return RowFault.PARENT_UNKNOWN, parent
    return None


def _is_there(
    parent: str,
    seen: set[str],
    names: set[str],
    known: Known | None,
) -> bool:
    if not parent or parent in seen:
        return bool(parent)
    if known is None:
        return False
    key = same_name_key(parent)
    return parent in known.codes or key in names or key in known.names


def is_code(text: str) -> bool:
    """Digits, as the national register's codes are."""
    return text.isascii() and text.isdigit() and len(text) <= 16


def _row(line: int, record: dict[str, str]) -> UnitRow:
    level = UnitLevel(record["level"])
    named = split_type_word(record["name"], level)
    assert named is not None
    return UnitRow(
        line,
        level,
        record["code"],
        named[0],
        named[1],
        record["parent_code"] or None,
    )


def read_successions(lines: Iterable[str]) -> Successions:
    """The file `data/successions.csv`."""
    rows: list[SuccessionRow] = []
    errors: list[RowError] = []
    for line, record in _records(lines, SUCCESSION_COLUMNS):
        if record is None:
            errors.append(RowError(line, RowFault.COLUMNS_MISSING, ""))
            continue
        try:
            on_date = date.fromisoformat(record["ngay"])
        except ValueError:
            errors.append(RowError(line, RowFault.DATE_WRONG, record["ngay"]))
            continue
        if not (record["don_vi_cu"] and record["don_vi_moi"]):
            errors.append(RowError(line, RowFault.NAME_MISSING, ""))
            continue
        rows.append(
            SuccessionRow(
                line,
                on_date,
                record["don_vi_cu"],
                record["ma_cu"],
                record["cap_tren_cu"],
                record["don_vi_moi"],
                record["ma_moi"],
                record["cap_tren_moi"],
                record["can_cu"],
                record["do_chac"],
            )
        )
    return Successions(tuple(rows), tuple(errors))
