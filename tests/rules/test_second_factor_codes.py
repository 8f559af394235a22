"""Codes of the second factor as plain values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from pledge_app.accounts import codes

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
STEP = int(AT.timestamp()) // codes.STEP
SECRET = pyotp.random_base32()


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


@pytest.mark.parametrize("late", [-30, 0, 30])
def test_a_code_is_taken_half_a_minute_around_its_time(late: int) -> None:
    typed = code_at(AT + timedelta(seconds=late))
    assert codes.step_of(SECRET, typed, at=AT, after=0) == STEP + late // codes.STEP


def test_a_code_counts_once_and_none_before_it_counts_afterwards() -> None:
    assert codes.step_of(SECRET, code_at(AT), at=AT, after=STEP) is None
    before = code_at(AT - timedelta(seconds=30))
    assert codes.step_of(SECRET, before, at=AT, after=STEP) is None


@pytest.mark.parametrize("typed", ["", "12345", "١٢٣٤٥٦", "abcdef", "1" * 100_000])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert codes.step_of(SECRET, typed, at=AT, after=0) is None


def test_a_code_of_five_minutes_ago_is_refused() -> None:
    old = code_at(AT - timedelta(minutes=5))
    assert codes.step_of(SECRET, old, at=AT, after=0) is None


def test_recovery_codes_differ_and_are_read_as_people_write_them() -> None:
    made = codes.recovery_codes()
    assert len(set(made)) == codes.RECOVERY_CODES
    written = f" {made[0].lower().replace('-', ' ')} "
    assert codes.recovery_digest(written) == codes.recovery_digest(made[0])


def test_it_is_asked_of_the_chosen_roles_and_never_in_a_demo() -> None:
    assert codes.is_asked_of(["clerk", "admin"], ["admin"], is_demo=False)
    assert not codes.is_asked_of(["clerk"], ["admin"], is_demo=False)
    assert not codes.is_asked_of([], ["admin"], is_demo=False)
    assert not codes.is_asked_of(["admin"], ["admin"], is_demo=True)


def test_the_word_of_a_second_official_within_a_day_removes_it() -> None:
    def removes(by: int, hours: int) -> bool:
        return codes.removes_now(1, AT, by=by, at=AT + timedelta(hours=hours))

    assert removes(2, 23)
    assert not removes(1, 1)
    assert not removes(2, 25)
    assert not codes.removes_now(None, None, by=2, at=AT)
