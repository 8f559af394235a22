"""The minutes as plain data, in the shape of their paper."""

from __future__ import annotations

from datetime import date

from pledge_app.documents import parts
from pledge_app.documents.wording import wording
from pledge_app.kernel.daytime import TimeProblem, parse_time
from pledge_app.meetings.models import Attendance, VoteLine
from pledge_app.meetings.paper import (
    MINUTES,
    Attendee,
    ClusterOffice,
    MinutesContent,
    Signed,
    Vote,
)
from pledge_app.meetings.particulars import Delegate, Particulars, year_of_meeting
from pledge_app.orgs.models import Body
from pledge_app.orgs.office_queries import holdings_of
from pledge_app.papers.content.schema import Signatory
from pledge_app.signing.models import SigningRound, SigningStep
from pledge_app.signing.states import Means, StepState


def minutes_content(facts: Particulars, signing_round: SigningRound | None) -> MinutesContent:
    """Biên bản Hội nghị ký kết giao ước thi đua."""
    agreement = facts.agreement
    year, cluster, body = agreement.emulation_year, agreement.cluster, agreement.lead_body
    on = facts.on_date
    words, places = wording(MINUTES), {"năm": str(year.year), "cụm": cluster.name}
    frame = parts.frame(
        MINUTES,
        year=year.year,
        type_name=words.filled("type_name", places),
        subject=facts.own_title or words.filled("subject", places),
        title=f"Biên bản {facts.title} - {cluster.name}",
        author=body.full_name,
        heading={
            "superior": "",
            "issuer": cluster.name.upper(),
            "number": "",
            "symbol": "",
            "place": agreement.place,
            "day": str(on.day) if on else "",
            "month": str(on.month) if on else "",
            "year": str(year_of_meeting(facts)),
        },
        bases=[],
        opening=[],
        recipients=["Các đơn vị trong cụm", cluster.reviewer.full_name, "Lưu: VT"],
        illustrative=agreement.is_illustrative,
    )
    steps = signing_round.steps if signing_round is not None else []
    return {
        **frame,
        "starts_at": clock_of(on, facts.begins),
        "ends_at": clock_of(on, facts.ends),
        "place": facts.place or "…..",
        "present": [_attendee(row) for row in facts.who(Attendance.PRESENT, Attendance.GUEST)],
        "absent": [_attendee(row) for row in facts.who(Attendance.ABSENT)],
        "refused": [_attendee(row) for row in facts.who(Attendance.REFUSED)],
        "agenda": list(facts.agenda),
        "proceedings": list(facts.proceedings),
        "votes": _votes(facts),
        "signed": [_signed(step) for step in steps if step.state is StepState.SIGNED],
        "witnesses": [
            {
                "name": row.name,
                "title": row.titles,
                "organisation": "",
                "signatory": None,
            }
            for row in facts.who(Attendance.WITNESS)
        ],
        "lead": _office(facts.next_lead, on),
        "deputy": _office(facts.next_deputy, on),
        "closing": words.filled("closing", places),
        "secretary": _role("sig-1", "THƯ KÝ", facts.secretary_name),
        "chair": _role("sig-2", "CHỦ TỌA", facts.chair_name),
        "second_chair": _role("sig-3", "CHỦ TỌA", facts.second_chair_name)
        if facts.second_chair_name
        else None,
    }


def clock_of(day: date | None, text: str) -> str:
    """ "08 giờ 00" of a day as "2023-02-24T08:00"; "" where either is not known, or not a time of
    day.
    """
    if day is None or not text.strip():
        return ""
    try:
        at = parse_time(text)
    except TimeProblem:
        return ""
    return f"{day.isoformat()}T{at.hour:02}:{at.minute:02}"


def _attendee(row: Delegate) -> Attendee:
    return {
        "name": row.name,
        "title": row.titles,
        "unit": "",
        "reason": row.note,
    }


def _votes(facts: Particulars) -> list[Vote]:
    """Each matter with its own figures, the agreement first."""
    lines = [*facts.other_votes]
    if facts.votes_for or facts.votes_against:
        on_agreement: VoteLine = {
            "matter": "Thông qua bản giao ước thi đua",
            "in_favour": facts.votes_for,
            "against": facts.votes_against,
            "abstained": facts.votes_abstained,
        }
        lines.insert(0, on_agreement)
    return [_vote(line) for line in lines]


def _vote(line: VoteLine) -> Vote:
    has_won = line["in_favour"] > line["against"]
    return {**line, "result": "Thông qua" if has_won else "Không thông qua"}


def _signed(step: SigningStep) -> Signed:
    means = {Means.PAPER: "ký trên bản giấy", Means.CONFIRMATION: "xác nhận điện tử trong phần mềm"}
    return {
        "unit": step.body_name,
        "name": step.person_name,
        "office": f"{step.title} {step.body_name}".strip(),
        "means": ", ".join(means[one] for one in step.means),
    }


def _office(body: Body | None, on: date | None) -> ClusterOffice | None:
    if body is None or on is None:
        return None
    held = holdings_of([body.id], on=on)
    return {
        "unit": body.name,
        "person": held[0].person.name if held else "",
        "basis": "Hội nghị thống nhất",
    }


def _role(cell: str, title: str, name: str) -> Signatory:
    return {
        "cell": cell,
        "authority": "",
        "organisation": "",
        "acting": "",
        "title": title,
        "name": name,
    }
