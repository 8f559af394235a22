"""A year with some days in its calendar, for the tests of its pages."""

from __future__ import annotations

from pledge_app.campaigns.calendar import read_commemorations
from pledge_app.campaigns.models import Commemoration, EmulationYear
from pledge_app.kernel.base import db
from tests.cast import Cast

DAYS = """su_kien,ngay,nam_goc,quy_mac_dinh,hien_so_nam,dia_phuong,do_chac
Cách mạng tháng Tám,19/08,1945,III,có,,verified
Quốc khánh 02/9,02/09,1945,III,có,,verified
Ngày Quốc tế Lao động,01/05,1886,II,không,,verified
Ngày thành lập huyện Hải Hậu,27/12,1888,IV,có,Hải Hậu,verified
Tết Nguyên đán,âm lịch,,I,không,,verified""".splitlines()


def year_with_days(cast: Cast) -> EmulationYear:
    """The year of the cast."""
    for row in read_commemorations(DAYS):
        db.session.add(
            Commemoration(
                name=row.name,
                day=row.day,
                month=row.month,
                founding_year=row.founding_year,
                usual_quarter=row.usual_quarter,
                shows_count=row.shows_count,
                place=row.place,
                certainty=row.certainty,
            )
        )
    db.session.commit()
    return db.session.get_one(EmulationYear, cast.year)


def path(year: EmulationYear, rest: str = "") -> str:
    """The address of a page of the year."""
    return f"/nam-thi-dua/{year.pid}{rest}"
