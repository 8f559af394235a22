"""Reading an agreement asks the database as often for three parties as for one."""

from __future__ import annotations

import pytest

from tests import agreeing, scale
from tests.cast import COMMUNES

STATEMENTS = 39
"""Of the page of an agreement that is sent round, whoever is a party to it."""


@pytest.mark.parametrize("parties", [1, 3])
def test_an_agreement_is_read_with_the_same_statements(app, cast, visit, parties):
    lead = COMMUNES.index("Hải Đông")
    communes = (COMMUNES[lead], *COMMUNES[:lead], *COMMUNES[lead + 1 :])[:parties]
    made = agreeing.agreement(cast, state="circulated", communes=communes)
    path = f"/giao-uoc-cum/{made.pid}"
    page = visit("dong").get(path).text
    assert all(f"UBND xã {name}" in page for name in communes)
    assert scale.statements(app, cast.users["dong"], path) == STATEMENTS
