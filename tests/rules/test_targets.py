"""Targets: what keeps one from being sent, how ambitious it is, what changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledge_app.criteria.kinds import Cadence, Direction, ValueKind, is_worse
from pledge_app.pledges.changes import Change, changes
from pledge_app.pledges.rules import (
    AmbitionFlag,
    Fault,
    RowState,
    TargetPlain,
    ambition,
    check_target,
    count_rows,
    median,
)

amounts = st.decimals(min_value=0, max_value=10**9, places=4)
blanks = st.none() | amounts
ways = st.sampled_from(Direction)
R, N, X = RowState.REACHED, RowState.NEARLY, RowState.NOT_REACHED
PLAIN = TargetPlain(Direction.HIGHER, Cadence.CUMULATIVE, goal=D(10))


def faults(target: TargetPlain) -> list[tuple[Fault, str]]:
    return [(f.fault, f.field) for f in check_target(target)]


def places(target: TargetPlain) -> list[tuple[Fault, str, int]]:
    return [(f.fault, f.field, f.place) for f in check_target(target)]


def test_a_blank_goal_is_missing_but_zero_may_be_sent() -> None:
    assert faults(replace(PLAIN, goal=None)) == [(Fault.GOAL_MISSING, "goal")]
    assert faults(replace(PLAIN, goal=D(0))) == []


def test_a_goal_worse_than_assigned_needs_a_reason_in_words() -> None:
    low = replace(PLAIN, assigned=D(12))
    assert faults(low) == [(Fault.REASON_MISSING, "reason")]
    assert faults(replace(low, reason=" ... ")) == [(Fault.REASON_MISSING, "reason")]
    assert faults(replace(low, reason="Thu hồi đất làm đường")) == []
    assert faults(replace(low, direction=Direction.LOWER)) == []
    more = replace(PLAIN, assigned=D(8), direction=Direction.LOWER)
    assert faults(more) == [(Fault.REASON_MISSING, "reason")]


@given(goal=amounts, assigned=amounts, way=st.sampled_from([Direction.HIGHER, Direction.LOWER]))
def test_a_reason_is_asked_for_exactly_when_the_goal_is_worse(
    goal: D, assigned: D, way: Direction
) -> None:
    target = TargetPlain(way, Cadence.STATE, goal=goal, assigned=assigned)
    assert bool(check_target(target)) == is_worse(goal, assigned, way)


@given(st.lists(amounts, min_size=1, max_size=12))
def test_a_cumulative_split_must_add_up_to_the_goal(split: list[D]) -> None:
    target = replace(PLAIN, goal=sum(split, D(0)), split=tuple(split))
    assert faults(target) == []
    wrong = replace(target, goal=sum(split, D(0)) + D("0.0001"))
    assert places(wrong) == [(Fault.SPLIT_SUM, "split", len(split) - 1)]


@given(st.lists(blanks, max_size=12), amounts)
def test_a_split_of_states_must_end_at_the_goal(split: list[D | None], goal: D) -> None:
    target = TargetPlain(Direction.HIGHER, Cadence.STATE, goal=goal, split=tuple(split))
    last = [figure for figure in split if figure is not None][-1:]
    assert bool(faults(target)) == (last not in ([], [goal]))


def test_a_half_filled_cumulative_split_names_the_first_blank_period() -> None:
    target = replace(PLAIN, split=(D(5), None, D(5), None))
    assert places(target) == [(Fault.SPLIT_INCOMPLETE, "split", 1)]


def test_a_negative_figure_of_a_period_is_named_though_the_sum_is_right() -> None:
    target = replace(PLAIN, split=(D(12), D(-2)))
    assert places(target) == [(Fault.SPLIT_NEGATIVE, "split", 1)]


def test_what_must_stay_at_zero_and_what_is_yes_or_no() -> None:
    zero = TargetPlain(Direction.KEEP_ZERO, Cadence.CUMULATIVE, goal=D(1))
    assert faults(zero) == [(Fault.GOAL_NOT_ZERO, "goal")]
    assert faults(replace(zero, goal=D("0.00"))) == []
    either = TargetPlain(Direction.YES_NO, Cadence.STATE, ValueKind.YES_NO, goal=D(2))
    assert faults(either) == [(Fault.GOAL_NOT_YES_NO, "goal")]
    assert faults(replace(either, goal=D(1))) == []
    assert faults(replace(PLAIN, goal=D(-1))) == [(Fault.GOAL_NEGATIVE, "goal")]


HAMLETS = TargetPlain(
    Direction.HIGHER,
    Cadence.STATE,
    ValueKind.COUNTED_ROWS,
    goal=D(100),
    rows=(R, N, R),
)


def test_hamlets_are_counted_in_two_states() -> None:
    assert faults(HAMLETS) == []
    assert faults(replace(HAMLETS, rows=(R, N, X))) == [(Fault.ROWS_GOAL, "goal")]
    assert faults(replace(HAMLETS, rows=(R, N, X), goal=D("66.67"))) == []
    assert faults(replace(HAMLETS, rows=(R, N, X), goal=D("66.6667"))) == [], (
        "written with four decimals before"
    )
    assert faults(replace(HAMLETS, rows=(R, N, None))) == [(Fault.ROWS_BLANK, "rows")]


def test_a_commune_without_hamlets_has_no_percent_and_no_fault() -> None:
    assert count_rows([]).percent is None
    assert faults(replace(HAMLETS, rows=(), goal=None)) == []


@given(st.lists(st.sampled_from([R, N, X, None]), max_size=300))
def test_a_hundred_per_cent_means_every_hamlet(rows: list[RowState | None]) -> None:
    counted = count_rows(rows)
    assert (counted.percent == 100) == (bool(rows) and all(row in (R, N) for row in rows))
    assert counted.percent is None or 0 <= counted.percent <= 100


def test_the_ambition_of_a_goal() -> None:
    seen = ambition(D(2), D(2), D(3), [D(2), D(3), D(4), None], Direction.HIGHER)
    assert [seen.vs_last, seen.vs_median, seen.vs_assigned, seen.median] == [
        D(0),
        D(-1),
        D(-1),
        D(3),
    ]
    assert seen.flags == (
        AmbitionFlag.ALREADY_REACHED,
        AmbitionFlag.BELOW_ASSIGNED,
    )
    poor = ambition(D(5), D(3), D(2), [D(1)], Direction.LOWER)
    assert set(poor.flags) == set(AmbitionFlag)
    assert ambition(D(2), D(2), None, [], Direction.HIGHER, Cadence.CUMULATIVE).flags == ()
    assert ambition(D(0), D(0), D(0), [D(0)], Direction.KEEP_ZERO).flags == ()


def test_ambition_of_a_blank_goal_says_nothing() -> None:
    seen = ambition(None, D(1), D(1), [D(1)], Direction.HIGHER)
    assert (seen.vs_last, seen.vs_assigned, seen.flags) == (None, None, ())


@given(
    goal=amounts,
    better=amounts,
    last=blanks,
    assigned=blanks,
    peers=st.lists(blanks, max_size=13),
    way=ways,
)
def test_a_bolder_goal_never_has_more_flags(
    goal: D, better: D, last: D | None, assigned: D | None, peers: list[D | None], way: Direction
) -> None:
    if is_worse(better, goal, way):
        goal, better = better, goal
    bold, tame = (set(ambition(g, last, assigned, peers, way).flags) for g in (better, goal))
    assert bold <= tame


@given(st.lists(amounts, min_size=1, max_size=13))
def test_half_the_cluster_is_on_each_side_of_the_median(figures: list[D]) -> None:
    middle = median(figures)
    assert middle is not None
    assert (
        2 * sum(f < middle for f in figures) <= len(figures) >= 2 * sum(f > middle for f in figures)
    )


BEFORE: dict[str, Any] = {
    "groups": [
        {
            "code": "II",
            "name": "Kinh tế",
            "rows": [
                {
                    "code": "2.1",
                    "name": "Sản phẩm OCOP",
                    "goal": "2",
                    "quarters": ["0", "1", "1", None],
                },
                {"code": "2.2", "name": "Giá trị thu nhập", "goal": "", "quarters": []},
            ],
        }
    ],
    "measures": ["Một", "Hai"],
    "titles": [{"name": "Tập thể LĐTT", "candidate": "UBND xã"}],
}


def test_the_reviewer_sees_only_what_changed() -> None:
    after = {
        "groups": [
            {
                "code": "II",
                "name": "Kinh tế",
                "rows": [
                    {"code": "2.2", "name": "Giá trị thu nhập", "goal": "0", "quarters": []},
                    {
                        "code": "2.1",
                        "name": "Sản phẩm OCOP",
                        "goal": "3",
                        "quarters": ["0", "1", "1", "1"],
                    },
                ],
            }
        ],
        "measures": ["Hai", "Ba"],
        "titles": [],
    }
    assert changes(BEFORE, after) == [
        Change(("groups", "II", "rows", "2.2", "goal"), "2.2 Giá trị thu nhập", "", "0"),
        Change(("groups", "II", "rows", "2.1", "goal"), "2.1 Sản phẩm OCOP", "2", "3"),
        Change(("groups", "II", "rows", "2.1", "quarters", "4"), "2.1 Sản phẩm OCOP", None, "1"),
        Change(("measures", "1"), "", "Một", "Ba"),
        Change(
            ("titles", "Tập thể LĐTT"),
            "Tập thể LĐTT",
            {"name": "Tập thể LĐTT", "candidate": "UBND xã"},
            None,
        ),
    ]


plain = st.recursive(
    st.none() | st.text(max_size=4) | st.integers() | st.booleans(),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["code", "name", "goal", "rows"]), inner, max_size=4),
    ),
    max_leaves=6,
)
snapshots = st.dictionaries(st.sampled_from(["groups", "measures", "year"]), plain)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(snapshots, snapshots)
def test_a_change_seen_forwards_is_seen_backwards(a: dict[str, Any], b: dict[str, Any]) -> None:
    assert changes(a, a) == []
    forth = {(c.path, repr(c.before), repr(c.after)) for c in changes(a, b)}
    back = {(c.path, repr(c.after), repr(c.before)) for c in changes(b, a)}
    assert forth == back


@pytest.mark.parametrize("field", ["goal", "name"])
def test_a_changed_figure_is_never_missed(field: str) -> None:
    after = {
        **BEFORE,
        "groups": [
            {
                **BEFORE["groups"][0],
                "rows": [{**row, field: "khác"} for row in BEFORE["groups"][0]["rows"]],
            }
        ],
    }
    assert len(changes(BEFORE, after)) == 2
