"""A time of day as people type it."""

from datetime import time
from time import process_time

import pytest

from pledge_app.kernel.daytime import LONGEST, SHAPE, TimeProblem, parse_time, time_words


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("08 giờ 00", 8, 0),
        ("8h30", 8, 30),
        ("8:05", 8, 5),
        ("14.45", 14, 45),
        ("8 giờ", 8, 0),
        (" 7 giờ 30 phút ", 7, 30),
        ("0h", 0, 0),
        ("23 giờ 59", 23, 59),
        ("8", 8, 0),
    ],
)
def test_what_is_understood(typed: str, hour: int, minute: int) -> None:
    assert parse_time(typed) == time(hour, minute)


@pytest.mark.parametrize("typed", ["24 giờ", "8 giờ 75", "sáng", "25:00", "8-9", "-1", "٨ giờ"])
def test_what_is_no_time_of_day(typed: str) -> None:
    with pytest.raises(TimeProblem) as problem:
        parse_time(typed)
    assert problem.value.suggestion == ""


@pytest.mark.parametrize(
    ("typed", "meant"), [("1400", "14 giờ 00"), ("830", "08 giờ 30"), ("0730", "07 giờ 30")]
)
def test_figures_run_together_are_asked(typed: str, meant: str) -> None:
    with pytest.raises(TimeProblem) as problem:
        parse_time(typed)
    assert problem.value.suggestion == meant


def test_every_minute_is_read_as_it_is_written() -> None:
    for hour in range(24):
        for minute in (0, 7, 59):
            assert parse_time(time_words(time(hour, minute))) == time(hour, minute)


def test_a_long_text_is_no_time_and_is_not_looked_at() -> None:
    with pytest.raises(TimeProblem):
        parse_time("8" + " " * LONGEST + "30")


def test_blanks_are_not_tried_in_every_split() -> None:
    """Eight times as many cost about eight times as much: side by side it would be 64 or 512
    times.
    """

    def cost(blanks: int) -> float:
        began = process_time()
        for _n in range(20):
            SHAPE.fullmatch("1" + " " * blanks + "x")
        return process_time() - began

    assert min(cost(4000) for _n in range(3)) < 30 * max(cost(500) for _n in range(3))
