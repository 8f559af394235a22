"""The votes on other matters than the agreement, as they are typed and shown again."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from pledge_app.agreements.forms import Row, padded
from pledge_app.kernel.errors import Problem
from pledge_app.kernel.numbers import whole_number
from pledge_app.meetings.forms import MOST_VOTES, SPARE_VOTES
from pledge_app.meetings.models import Meeting, VoteLine

VOTE = ("matter", "in_favour", "against", "abstained")


def vote_rows(meeting: Meeting | None) -> list[Row]:
    """As stored, with some empty ones below."""
    rows = [
        Row(
            {
                "matter": line["matter"],
                "in_favour": str(line["in_favour"]),
                "against": str(line["against"]),
                "abstained": "" if line["abstained"] is None else str(line["abstained"]),
            }
        )
        for line in (meeting.other_votes if meeting is not None else [])
    ]
    return padded(
        rows,
        VOTE,
        SPARE_VOTES,
        MOST_VOTES,
    )


def vote_lines(rows: Sequence[Row]) -> tuple[list[VoteLine], list[Problem]]:
    """What was typed, and what is wrong with it; blank rows fall away.

    A vote has a matter and votes in favour; nobody against is no vote against, abstentions that
    are left out were not counted.
    """
    lines = []
    problems = []
    for n, row in enumerate(rows):
        typed = row.values
        if not any(typed.values()):
            continue
        counts = {name: whole_number(typed[name]) for name in VOTE[1:] if typed[name]}
        if not typed["matter"]:
            said = _("Biểu quyết dòng %(n)s: chưa ghi nội dung.", n=n + 1)
            problems.append(Problem(said, f"vote-{n}-matter"))
        elif "in_favour" not in counts or None in counts.values():
            said = _("Biểu quyết dòng %(n)s: hãy ghi số phiếu bằng số nguyên.", n=n + 1)
            problems.append(Problem(said, f"vote-{n}-in_favour"))
        else:
            line: VoteLine = {
                "matter": typed["matter"],
                "in_favour": counts["in_favour"] or 0,
                "against": counts.get("against") or 0,
                "abstained": counts.get("abstained"),
            }
            lines.append(line)
    return lines, problems
