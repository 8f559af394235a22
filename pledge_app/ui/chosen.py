"""The year and the line that somebody chose in the header: what a list shows when it is not
asked for another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import request

COOKIES = {"nam": "year", "he": "line"}
SHAPES = {"nam": re.compile(r"(19|20)[0-9]{2}"), "he": re.compile(r"ubnd|mttq")}


def chosen(name: str) -> str:
    """ "nam" or "he" as this browser chose it; "" for all."""
    value = request.cookies.get(COOKIES[name], "")
    return value if SHAPES[name].fullmatch(value) else ""


def with_chosen(args: Mapping[str, str]) -> dict[str, str]:
    """What a list is asked for; where its own filter says nothing, the choice of the header."""
    usual = {name: chosen(name) for name in COOKIES}
    return usual | dict(args.items())
