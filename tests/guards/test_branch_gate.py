"""The coverage gate shuts for a gap without a reason and for a reason without a gap."""

from __future__ import annotations

from tests.measuring import gated_files
from tests.tools.branches import EXCEPTIONS, Gap, explained, gaps_of, unexplained

SOURCE = ["def act(asked):", "    if asked:", "        tell()", "        count()", "    finish()"]
NEVER_TOLD = Gap("room/operations.py", 3, "tell()", "never run")


def gaps(missing: list[int], executed: list[int], jumps: list[list[int]]) -> list[Gap]:
    figures = {
        "missing_lines": missing,
        "executed_lines": executed,
        "missing_branches": jumps,
    }
    return list(gaps_of("room/operations.py", SOURCE, figures))


def test_lines_that_follow_each_other_are_one_gap_and_the_jump_to_them_is_none_of_its_own():
    assert gaps([3, 4], [1, 2, 5], [[2, 3]]) == [NEVER_TOLD]


def test_a_condition_that_always_held_is_a_gap():
    (gap,) = gaps([], [1, 2, 3, 4, 5], [[2, 5]])
    assert (gap.text, gap.leads_to) == ("if asked:", "never to: finish()")


def test_a_gap_needs_its_reason_and_a_reason_its_gap():
    reason = {"file": "room/operations.py", "line": "tell()", "why": "…"}
    assert unexplained([NEVER_TOLD], []) == ([NEVER_TOLD], [])
    assert unexplained([NEVER_TOLD], [reason]) == ([], [])
    assert unexplained([], [reason]) == ([], ["room/operations.py: tell()"])


def test_every_exception_has_a_reason_and_names_a_file_that_the_gate_watches():
    watched = {path.as_posix() for path in gated_files()}
    for row in explained():
        assert len(row["why"]) > 20, row
        assert any(path.endswith("/" + row["file"]) for path in watched), row
    assert EXCEPTIONS.is_file()


def test_the_verbs_of_every_room_are_watched():
    watched = {"/".join(path.parts[-2:]) for path in gated_files()}
    assert {"pledges/starting.py", "signing/operations.py", "orgs/policy.py"} <= watched
    assert not any(name.endswith("views.py") for name in watched)
