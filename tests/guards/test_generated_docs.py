"""Documents generated from the program are equal to it, and no lifecycle has a dead end that is
not its end.
"""

from __future__ import annotations

import pytest

from tests.tools.docs import DOCUMENTS, LIVES

ENDS = {
    "CriteriaSet": {"ended"},
    "Pledge": {"closed", "discontinued"},
    "Agreement": {"replaced", "void"},
    "ProgressReport": {"superseded"},
    "SigningRound": {"void"},
    "SigningStep": set(),
    "Amendment": {"applied", "rejected", "lapsed"},
}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_document_is_what_the_program_says(path):
    assert path.read_text(encoding="utf-8") == DOCUMENTS[path]()


@pytest.mark.parametrize("name", LIVES)
def test_every_state_is_reached_and_every_state_but_the_ends_can_be_left(name):
    life = LIVES[name]
    reached, todo = {life.start}, [life.start]
    while todo:
        state = todo.pop()
        for move in life:
            if state in move.sources and move.target not in reached:
                reached.add(move.target)
                todo.append(move.target)
    assert reached == set(type(life.start))
    stuck = {
        str(state)
        for state in reached
        if not any(state in m.sources and m.target != state for m in life)
    }
    assert stuck == ENDS[name]
