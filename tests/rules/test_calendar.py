"""Anniversaries, lunar years, quarters."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledge_app.campaigns import calendar
from pledge_app.campaigns.calendar import (
    celebrate,
    day_in,
    lunar_year_name,
    may_join,
    phrase,
    quarter_of,
    read_commemorations,
    spring_phrase,
    tet,
)
from pledge_app.campaigns.periods import PeriodKind, usual_bounds

REGISTER = Path(calendar.__file__).parent.parent / "data" / "commemorations.csv"
DAYS = {d.name: d for d in read_commemorations(REGISTER.read_text("utf-8").splitlines())}
PARTY = "Ngày thành lập Đảng Cộng sản Việt Nam"
years = st.integers(min_value=1990, max_value=2099)

COUNTS = [
    (PARTY, 93, 94),
    ("Ngày giải phóng miền Nam, thống nhất đất nước", 48, 49),
    ("Ngày Chiến thắng Điện Biên Phủ", 69, 70),
    ("Ngày sinh Chủ tịch Hồ Chí Minh", 133, 134),
    ("Cách mạng tháng Tám", 78, 79),
    ("Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam", 78, 79),
    ("Ngày thành lập huyện Hải Hậu", 135, None),
    ("Ngày thành lập Quân đội nhân dân Việt Nam", 79, 80),
    ("Ngày hội Quốc phòng toàn dân", 34, 35),
]


@pytest.mark.parametrize(("name", "n2023", "n2024"), COUNTS)
def test_the_counts_of_the_seed_and_of_2024(name: str, n2023: int, n2024: int | None) -> None:
    assert DAYS[name].phrase(2023).startswith(f"kỷ niệm {n2023} năm ")
    if n2024 is not None:
        assert DAYS[name].phrase(2024).startswith(f"kỷ niệm {n2024} năm ")


def test_phrases_read_as_in_the_seed() -> None:
    assert DAYS[PARTY].phrase(2023) == "kỷ niệm 93 năm ngày thành lập Đảng Cộng sản Việt Nam"
    joined = phrase(2023, ["Cách mạng tháng Tám", "Quốc khánh 02/9"], 1945)
    assert joined == "kỷ niệm 78 năm Cách mạng tháng Tám và Quốc khánh 02/9"
    assert celebrate([DAYS[PARTY].phrase(2023), spring_phrase(2023)]) == (
        "kỷ niệm 93 năm ngày thành lập Đảng Cộng sản Việt Nam, mừng Xuân Quý Mão"
    )
    assert celebrate(
        ["kỷ niệm 48 năm ngày A", "ngày Quốc tế Lao động", "kỷ niệm 69 năm ngày B"]
    ) == ("kỷ niệm 48 năm ngày A, ngày Quốc tế Lao động, 69 năm ngày B")
    assert phrase(2023, ["A", "B", "C"], 1945) == "kỷ niệm 78 năm A, B và C"
    assert celebrate([]) == ""


def test_the_first_of_may_carries_no_count() -> None:
    assert DAYS["Ngày Quốc tế Lao động"].phrase(2023) == "ngày Quốc tế Lao động"


def test_days_share_a_count_only_when_founded_in_one_year() -> None:
    assert may_join(
        [DAYS["Cách mạng tháng Tám"], DAYS["Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam"]]
    )
    assert not may_join([DAYS["Cách mạng tháng Tám"], DAYS[PARTY]])
    assert not may_join([DAYS["Ngày Quốc tế Lao động"]])


@given(st.sampled_from(sorted(DAYS)), years)
def test_the_count_grows_by_one_each_year(name: str, year: int) -> None:
    founded = DAYS[name].founding_year
    if founded is None or not DAYS[name].shows_count or year <= founded:
        return
    assert f" {year - founded} năm " in DAYS[name].phrase(year)
    assert f" {year + 1 - founded} năm " in DAYS[name].phrase(year + 1)


def test_before_the_founding_there_is_nothing_to_commemorate() -> None:
    assert phrase(2022, ["ngày Chuyển đổi số"], 2022) == "ngày Chuyển đổi số"
    with pytest.raises(ValueError):
        phrase(2021, ["ngày Chuyển đổi số"], 2022)
    with pytest.raises(ValueError):
        phrase(2023, ["", " "], 1930)


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (1945, "Ất Dậu"),
        (1954, "Giáp Ngọ"),
        (1968, "Mậu Thân"),
        (1975, "Ất Mão"),
        (2020, "Canh Tý"),
        (2021, "Tân Sửu"),
        (2022, "Nhâm Dần"),
        (2023, "Quý Mão"),
        (2024, "Giáp Thìn"),
        (2025, "Ất Tỵ"),
        (2026, "Bính Ngọ"),
        (2027, "Đinh Mùi"),
        (2029, "Kỷ Dậu"),
        (2030, "Canh Tuất"),
        (2031, "Tân Hợi"),
    ],
)
def test_lunar_year_names(year: int, name: str) -> None:
    assert lunar_year_name(year) == name


@given(years)
def test_lunar_names_come_back_after_sixty_years_and_not_before(year: int) -> None:
    names = [lunar_year_name(year + i) for i in range(60)]
    assert len(set(names)) == 60
    assert lunar_year_name(year + 60) == names[0]


@pytest.mark.parametrize(
    "day",
    [
        date(1968, 1, 29),
        date(1985, 1, 21),
        date(2007, 2, 17),
        date(2023, 1, 22),
        date(2024, 2, 10),
        date(2025, 1, 29),
        date(2026, 2, 17),
        date(2030, 2, 2),
    ],
)
def test_tet_is_vietnam_s_also_where_it_differs_from_china_s(day: date) -> None:
    assert tet(day.year) == day


@given(st.integers(min_value=1900, max_value=2100))
def test_tet_falls_in_january_or_february(year: int) -> None:
    assert date(year, 1, 20) <= tet(year) <= date(year, 2, 21)


@given(years)
def test_quarters_fill_the_year_without_gap(year: int) -> None:
    bounds = [usual_bounds(year, PeriodKind.QUARTER, q) for q in (1, 2, 3, 4)]
    assert bounds[0][0] == date(year, 1, 1)
    assert bounds[3][1] == date(year, 12, 31)
    for (_, last), (first, _) in zip(bounds, bounds[1:], strict=False):
        assert last + timedelta(days=1) == first


@given(st.dates())
def test_a_day_lies_in_its_quarter(day: date) -> None:
    first, last = usual_bounds(day.year, PeriodKind.QUARTER, quarter_of(day))
    assert first <= day <= last


def test_there_is_no_fifth_quarter() -> None:
    with pytest.raises(ValueError):
        usual_bounds(2023, PeriodKind.QUARTER, 5)


def test_each_day_of_the_register_is_a_day_of_its_usual_quarter() -> None:
    for d in DAYS.values():
        assert quarter_of(day_in(d, 2023)) == d.usual_quarter
