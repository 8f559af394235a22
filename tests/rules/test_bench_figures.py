"""A run of `make bench` ends well only when every goal is reached, and writes down what it saw."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import figures
from bench.figures import Figure, compared, keep


def test_one_missed_goal_makes_the_run_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(figures, "RESULTS", tmp_path / "results.json")
    good, bad = Figure("pages.a", 25.0, 25, "pings"), Figure("data.b", 1.01, 1.0, "ratio")
    assert keep([good])
    assert not keep([good, bad])
    assert json.loads((tmp_path / "results.json").read_text()) == [
        {"name": "pages.a", "value": 25.0, "goal": 25, "unit": "pings", "holds": True},
        {"name": "data.b", "value": 1.01, "goal": 1.0, "unit": "ratio", "holds": False},
    ]


def test_a_ratio_is_taken_within_each_round():
    assert compared([1.0, 20.0, 3.0], [1.0, 10.0, 3.0]) == 1.0
