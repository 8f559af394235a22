"""The sheet of 40 criteria reaches a browser that has nothing of ours yet in at most 150 kB."""

from __future__ import annotations

from tests import make, scale
from tests.weight import first_load

MOST = 150  # kB


def test_the_first_load_of_the_sheet_is_light(cast, visit):
    scale.more_criteria(scale.CRITERIA)
    lan = visit("lan")
    weight = first_load(lambda path: lan.get(path).data, f"/giao-uoc/{make.pledge(cast).pid}/nhap")
    assert 50 < weight <= MOST, "fonts, styles and scripts are in it"
