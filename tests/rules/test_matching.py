"""Which indicator a row of a set goes on with."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pledge_app.criteria.matching import Known, Row, match


def row(code: str, name: str, *, is_group: bool = False, unit: str = "") -> Row:
    return Row(code, name, is_group, unit)


def known(code: str, name: str, number: int, *, is_group: bool = False, unit: str = "") -> Known:
    return Known(code, name, is_group, unit, number)


def test_the_same_code_and_name_of_another_set_is_the_same_thing():
    assert match([row("1", "HÒA giải")], [], [known("1", "Hoà giải", 7)]) == [7]


def test_the_same_code_of_another_set_under_another_name_is_something_else():
    assert match([row("1", "Thu nhập")], [], [known("1", "Hộ nghèo", 7)]) == [None]


def test_a_renumbered_row_keeps_its_indicator_and_its_old_number_goes_to_nobody():
    others = [known("1", "Thu nhập", 7), known("2", "Hộ nghèo", 8)]
    rows = [row("1", "Y tế"), row("2", "Thu nhập"), row("3", "Hộ nghèo")]
    assert match(rows, [], others) == [None, 7, 8]


def test_the_same_name_of_another_set_counts_only_in_the_same_unit():
    others = [known("1", "Hộ nghèo", 7, unit="hộ")]
    assert match([row("4", "Hộ nghèo", unit="%")], [], others) == [None]
    assert match([row("4", "Hộ nghèo", unit="hộ")], [], others) == [7]


def test_a_name_put_right_in_the_same_set_keeps_its_indicator():
    own = [[known("1", "Thu nhap", 7)]]
    assert match([row("1", "Thu nhập bình quân")], own, []) == [7]


def test_two_rows_that_changed_their_numbers_are_told_apart_by_their_names():
    own = [[known("1", "Thu nhập", 7), known("2", "Hộ nghèo", 8)]]
    assert match([row("1", "Hộ nghèo"), row("2", "Thu nhập")], own, []) == [8, 7]


def test_a_name_that_stands_for_two_things_elsewhere_is_not_guessed():
    others = [known("1", "Khác", 7), known("9", "Khác", 8)]
    assert match([row("5", "Khác")], [], others) == [None]
    assert match([row("9", "Khác")], [], others) == [8]


def test_a_group_is_never_a_criterion():
    assert match([row("I", "Kinh tế")], [], [known("I", "Kinh tế", 7, is_group=True)]) == [None]


def test_the_draft_as_it_stood_counts_before_the_version_before():
    draft, before = [known("1", "Thu nhập", 9)], [known("1", "Thu nhập", 7)]
    assert match([row("1", "Thu nhập")], [draft, before], []) == [9]


few = st.sampled_from(["1", "2", "3"])
names = st.sampled_from(["Thu nhập", "Hộ nghèo", "Khác"])
rows = st.lists(st.builds(row, few, names, is_group=st.booleans(), unit=few), max_size=6)
sets = st.lists(
    st.builds(known, few, names, st.integers(1, 5), is_group=st.booleans(), unit=few), max_size=6
)


@given(rows=rows, own=st.lists(sets, max_size=2), others=sets)
def test_no_indicator_is_given_twice_and_none_is_made_up(rows, own, others):
    given_to = [number for number in match(rows, own, others) if number is not None]
    assert len(given_to) == len(set(given_to))
    assert set(given_to) <= {one.indicator_id for layer in [*own, others] for one in layer}


@given(rows=st.lists(st.builds(row, st.text("123", min_size=1), names), unique_by=lambda r: r.code))
def test_a_set_saved_as_it_was_keeps_every_indicator(rows):
    own = [[known(one.code, one.name, n) for n, one in enumerate(rows, 1)]]
    assert match(rows, own, []) == [n for n, _one in enumerate(rows, 1)]
