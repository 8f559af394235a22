"""Whole numbers and versions as pages and addresses send them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledge_app.kernel.errors import Conflict
from pledge_app.kernel.numbers import whole_number, year_number
from pledge_app.kernel.versions import NOT_SENT, check_version, version_from

RUBBISH = [None, "", " ", "-1", "+1", "1.0", "1e3", "٣", "²", "1_000", "0x1", "1234567890", "nan"]


@given(st.integers(0, 999_999_999))
def test_a_whole_number_comes_back_as_it_was_written(number):
    assert whole_number(str(number)) == number
    assert whole_number(f" {number} ") == number


@given(st.text(max_size=20))
def test_whatever_was_sent_is_a_small_number_or_none(text):
    number = whole_number(text)
    assert number is None or 0 <= number < 10**9


@pytest.mark.parametrize("text", RUBBISH)
def test_rubbish_is_no_number_and_no_version(text):
    assert whole_number(text) is None
    assert version_from(text) == NOT_SENT


@pytest.mark.parametrize(("text", "year"), [("2026", 2026), ("26", None), ("20260", None)])
def test_a_year_has_four_digits(text, year):
    assert year_number(text) == year


@pytest.mark.parametrize("stored", [0, 1, 7])
@pytest.mark.parametrize("text", RUBBISH)
def test_a_version_that_was_not_sent_is_stale_also_where_nothing_was_stored_before(
    app, stored, text
):
    with app.test_request_context(), pytest.raises(Conflict):
        check_version(stored, version_from(text))


def test_the_version_that_is_stored_passes():
    check_version(3, version_from("3"))
