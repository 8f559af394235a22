"""Anniversaries, the lunar year's name, the quarter of a day. Pure.

Source: the seed of 2023 and the official counts of 2024; N = year − founding year.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lunar_vn import SUPPORTED_YEAR_RANGE, LunarDate, lunar_to_solar

from pledge_app.kernel.roman import roman

CAN = ("Canh", "Tân", "Nhâm", "Quý", "Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ")  # year mod 10
# year mod 12
CHI = (
    "Thân",
    "Dậu",
    "Tuất",
    "Hợi",
    "Tý",
    "Sửu",
    "Dần",
    "Mão",
    "Thìn",
    "Tỵ",
    "Ngọ",
    "Mùi",
)
QUARTERS = {roman(number): number for number in range(1, 5)}
_LEAD = "kỷ niệm "


@dataclass(frozen=True)
class Commemoration:
    """Ngày kỷ niệm. `day` and `month` None: a day of the lunar calendar (Tết).

    `usual_quarter` is only a suggestion: the campaign's author chooses the quarter.
    """

    name: str
    day: int | None
    month: int | None
    founding_year: int | None
    usual_quarter: int | None
    shows_count: bool = True
    place: str = ""
    certainty: str = "verified"

    def phrase(self, year: int) -> str:
        """This day alone, in the wording of the register."""
        return phrase(
            year,
            [self.name],
            self.founding_year,
            self.shows_count,
        )


def count(year: int, founding_year: int) -> int:
    """N of "kỷ niệm N năm". ValueError for a year before the founding."""
    if year < founding_year:
        raise ValueError(f"{year} is before the founding year {founding_year}")
    return year - founding_year


def phrase(
    year: int,
    names: Sequence[str],
    founding_year: int | None,
    shows_count: bool = True,
) -> str:
    """One phrase of a campaign: one day, or several joined under one count.

    (2023, ["ngày thành lập Đảng Cộng sản Việt Nam"], 1930) → "kỷ niệm 93 năm ngày thành lập Đảng
    …". Without a founding year, where the day carries no count (1 May), and in the founding year
    itself, only the names. ValueError: no name, or a year before the founding.
    """
    wording = [_inside(name) for name in names if name.strip()]
    if not wording:
        raise ValueError("an anniversary needs a name")
    joined = " và ".join([", ".join(wording[:-1]), wording[-1]]) if len(wording) > 1 else wording[0]
    if founding_year is None or not shows_count:
        return joined
    n = count(year, founding_year)
    return f"{_LEAD}{n} năm {joined}" if n else joined


def _inside(name: str) -> str:
    """A name within a sentence: "Ngày …" begins small, as in the seed."""
    name = name.strip()
    return "ngày" + name[4:] if name.startswith("Ngày ") else name


def celebrate(phrases: Sequence[str]) -> str:
    """The phrases of one campaign as running text; "kỷ niệm" is said once, as in the seed.

    "kỷ niệm 48 năm …, ngày Quốc tế Lao động, 69 năm …"; [] → "".
    """
    out: list[str] = []
    has_lead = False
    for text in phrases:
        out.append(text.removeprefix(_LEAD) if has_lead else text)
        has_lead = has_lead or text.startswith(_LEAD)
    return ", ".join(out)


def lunar_year_name(year: int) -> str:
    """Can Chi of the lunar year that begins in `year`: 2023 → "Quý Mão"."""
    return f"{CAN[year % 10]} {CHI[year % 12]}"


def spring_phrase(year: int) -> str:
    """ "mừng Xuân Quý Mão"."""
    return f"mừng Xuân {lunar_year_name(year)}"


def tet(year: int) -> date:
    """The first day of the lunar year (Hanoi time). ValueError outside 1900–2100, what lunar-vn
    knows.
    """
    if not SUPPORTED_YEAR_RANGE[0] <= year <= SUPPORTED_YEAR_RANGE[1]:
        raise ValueError(f"no lunar calendar for {year}")
    return lunar_to_solar(LunarDate(1, 1, year))


def day_in(commemoration: Commemoration, year: int) -> date:
    """When the day falls in `year`; a lunar day is Tết."""
    if commemoration.day is None or commemoration.month is None:
        return tet(year)
    return date(year, commemoration.month, commemoration.day)


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def may_join(days: Iterable[Commemoration]) -> bool:
    """Whether the days can stand under one count: all carry a count, of the same founding year."""
    years = {d.founding_year if d.shows_count else None for d in days}
    return len(years) == 1 and None not in years


def read_commemorations(lines: Iterable[str]) -> list[Commemoration]:
    """The register `data/commemorations.csv`. ValueError or KeyError on a row that is not in
    order.
    """
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [_read_row(row) for row in rows]


def _read_row(row: dict[str, str]) -> Commemoration:
    day, month = (int(x) for x in row["ngay"].split("/")) if "/" in row["ngay"] else (None, None)
    return Commemoration(
        name=row["su_kien"],
        day=day,
        month=month,
        founding_year=int(row["nam_goc"]) if row["nam_goc"] else None,
        usual_quarter=QUARTERS[row["quy_mac_dinh"]] if row["quy_mac_dinh"] else None,
        shows_count=row["hien_so_nam"] == "có",
        place=row["dia_phuong"],
        certainty=row["do_chac"],
    )
