"""A time of day as people type it: "8h30", "8:30", "08 giờ 30"; kept and shown as "08 giờ 30"."""

from __future__ import annotations

import re
from datetime import time

LONGEST = 30  # characters; "08 giờ 30 phút" has fourteen
# What is optional holds its own spaces: two runs of spaces side by side would be tried in every
# split.
SHAPE = re.compile(
    r"([0-9]{1,2})(?:\s*(?:giờ|g|h|:|\.))?(?:\s*([0-9]{1,2})(?:\s*(?:phút|ph|p|'))?)?",
    re.IGNORECASE,
)
RUN_TOGETHER = re.compile(r"([0-9]{1,2})([0-9]{2})")


class TimeProblem(ValueError):
    """What was typed is no time of day; `suggestion` is what it may have meant, or ""."""

    def __init__(self, suggestion: str = "") -> None:
        super().__init__(suggestion)
        self.suggestion = suggestion


def parse_time(typed: str) -> time:
    """Hour and minute. Raises TimeProblem: "1400" may mean "14 giờ 00" and is asked, not
    guessed.
    """
    text = typed.strip()
    if len(text) > LONGEST:
        raise TimeProblem
    match = SHAPE.fullmatch(text)
    has_mark = match is not None and (match[2] is None or not text.isdigit())
    if match is not None and has_mark and _is_time(match[1], match[2] or "0"):
        return time(int(match[1]), int(match[2] or "0"))
    digits = RUN_TOGETHER.fullmatch(text)
    if digits is not None and _is_time(digits[1], digits[2]):
        raise TimeProblem(time_words(time(int(digits[1]), int(digits[2]))))
    raise TimeProblem


def time_words(value: time) -> str:
    """ "08 giờ 30", as papers write it."""
    return f"{value.hour:02} giờ {value.minute:02}"


def _is_time(hour: str, minute: str) -> bool:
    return int(hour) < 24 and int(minute) < 60
