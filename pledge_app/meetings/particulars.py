"""What is known of a meeting: as recorded, before that as planned, before that what the
agreement itself says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pledge_app.agreements.models import Agreement
from pledge_app.documents.parts import paragraphs
from pledge_app.kernel.text import same_name_key
from pledge_app.meetings import agenda
from pledge_app.meetings.models import Attendance, Meeting, MeetingPlan, VoteLine
from pledge_app.meetings.queries import meeting_of, plan_of
from pledge_app.orgs.models import Body
from pledge_app.orgs.queries import unit_words

LEVELS = ("xã", "phường", "thị trấn", "đặc khu", "thôn", "xóm", "ấp", "bản", "buôn", "tổ dân phố")


@dataclass(frozen=True)
class Delegate:
    """A person of the list of delegates; `party_title` stands in such lists only."""

    name: str
    office: str
    party_title: str
    attendance: Attendance
    note: str = ""
    is_guest: bool = False
    """Invited as a guest as well, who attests."""

    @property
    def titles(self) -> str:
        """ "Thường vụ Huyện ủy, Chủ tịch UBMTTQ huyện"."""
        return ", ".join(filter(None, (self.party_title, self.office)))


@dataclass(frozen=True)
class Particulars:
    """A meeting's facts in the shape that its papers need. `recorded`: it was held and written
    down.
    """

    agreement: Agreement
    on_date: date | None
    begins: str
    ends: str
    place: str
    agenda: tuple[str, ...]
    proceedings: tuple[str, ...]
    votes_for: int
    votes_against: int
    votes_abstained: int | None
    chair_name: str
    secretary_name: str
    next_lead: Body | None
    next_deputy: Body | None
    people: tuple[Delegate, ...]
    recorded: bool = True
    own_title: str = ""
    """"" = the meeting is named after the signing."""
    second_chair_name: str = ""
    other_votes: tuple[VoteLine, ...] = ()

    @property
    def title(self) -> str:
        """ "Hội nghị tổng kết năm 2022 và ký kết giao ước thi đua năm 2023"."""
        return self.own_title or agenda.usual_title(self.agreement.cluster.year)

    @property
    def chairs(self) -> str:
        """One or two: "Nguyễn Văn A, Trần Thị B"."""
        return ", ".join(filter(None, (self.chair_name, self.second_chair_name)))

    def who(self, *kinds: Attendance) -> list[Delegate]:
        """The people of some kinds, in the order of the kinds."""
        return [one for kind in kinds for one in self.people if one.attendance is kind]


def as_recorded(meeting: Meeting) -> Particulars:
    """As the secretary wrote it down."""
    return Particulars(
        meeting.agreement,
        meeting.on_date,
        meeting.begins,
        meeting.ends,
        meeting.place,
        tuple(paragraphs(meeting.agenda)),
        tuple(paragraphs(meeting.proceedings)),
        meeting.votes_for,
        meeting.votes_against,
        meeting.votes_abstained,
        meeting.chair_name,
        meeting.secretary_name,
        meeting.next_lead,
        meeting.next_deputy,
        each_once(
            [
                Delegate(
                    row.name,
                    row.office,
                    row.party_title,
                    row.attendance,
                    row.note,
                )
                for row in meeting.attendees
            ]
        ),
        own_title=meeting.title,
        second_chair_name=meeting.second_chair_name,
        other_votes=tuple(meeting.other_votes),
    )


def as_known(agreement: Agreement) -> Particulars:
    """The newest of what is known."""
    meeting = meeting_of(agreement)
    return as_recorded(meeting) if meeting is not None else as_planned(agreement)


def as_planned(agreement: Agreement) -> Particulars:
    """What is to be: the plan, and the signatories of the agreement as those who come."""
    plan = plan_of(agreement.cluster) or MeetingPlan(
        title="",
        begins="",
        place="",
        chair_name="",
        second_chair_name="",
        secretary_name="",
        items=[],
        matters="",
        guests="",
        news_closing="",
        news_author="",
    )
    matters = programme(agreement, plan, guest_lines(plan))
    return Particulars(
        agreement,
        plan.on_date,
        plan.begins,
        "",
        plan.place,
        tuple(one.name for one in matters),
        tuple(one.minuted for one in matters),
        0,
        0,
        None,
        plan.chair_name,
        plan.secretary_name,
        None,
        None,
        each_once([*guests(plan), *_signatories(agreement)]),
        recorded=False,
        own_title=plan.title,
        second_chair_name=plan.second_chair_name,
    )


def each_once(people: list[Delegate]) -> tuple[Delegate, ...]:
    """A witness who is also named as a guest comes once, with the guest's titles, in the guest's
    place.
    """
    attesting = {same_name_key(one.name) for one in people if one.attendance is Attendance.WITNESS}
    invited = {same_name_key(one.name) for one in people if one.attendance is Attendance.GUEST}
    both = attesting & invited
    return tuple(
        replace(one, attendance=Attendance.WITNESS, is_guest=True)
        if one.attendance is Attendance.GUEST and same_name_key(one.name) in both
        else one
        for one in people
        if not (one.attendance is Attendance.WITNESS and same_name_key(one.name) in both)
    )


def year_of_meeting(facts: Particulars) -> int:
    """Next year's agreement is often signed in November or December of this one."""
    return facts.on_date.year if facts.on_date else facts.agreement.paper_date.year


def programme(
    agreement: Agreement,
    plan: MeetingPlan | None,
    guests_named: tuple[str, ...],
) -> list[agenda.Matter]:
    """The matters of the meeting: the office's own agenda, or as chosen in the plan."""
    if plan is not None and plan.matters.strip():
        return agenda.own_matters(paragraphs(plan.matters))
    members = [party.body for party in agreement.parties if not party.is_witness]
    words = unit_words(members, on=agreement.paper_date)
    return agenda.matters(
        plan.items if plan else [],
        agenda.Words(
            year=agreement.cluster.year,
            cluster=in_sentence(agreement.cluster.name),
            lead=agreement.lead_body.full_name,
            upper=agreement.cluster.reviewer.full_name,
            units=together([words[body.id] for body in members]),
            guests=guests_named,
            chair=plan.chair_name if plan else "",
            title=plan.title if plan else "",
        ),
    )


def guests(plan: MeetingPlan) -> list[Delegate]:
    """Guests as typed: "Họ tên; chức vụ đảng; chức vụ, cơ quan"; with two parts the second is
    the office.
    """
    found = []
    for line in paragraphs(plan.guests):
        name, *titles = [part.strip() for part in line.split(";")]
        found.append(
            Delegate(
                name,
                titles[-1] if titles else "",
                "; ".join(titles[:-1]),
                Attendance.GUEST,
            )
        )
    return found


def guest_lines(plan: MeetingPlan) -> tuple[str, ...]:
    """ "đồng chí Nguyễn Quang Hưng, Thường vụ Huyện ủy, Chủ tịch UBMTTQ huyện"."""
    return tuple(
        ", ".join(filter(None, (f"đồng chí {one.name}", one.titles))) for one in guests(plan)
    )


def _signatories(agreement: Agreement) -> list[Delegate]:
    return [
        Delegate(
            row.name,
            f"{row.title} {row.body.full_name}",
            "",
            Attendance.WITNESS if party.is_witness else Attendance.PRESENT,
        )
        for party in agreement.parties
        for row in party.signatories
        if row.name
    ]


def in_sentence(name: str) -> str:
    """ "Vùng Quang Đông" inside a sentence: "vùng Quang Đông"."""
    return name[:1].lower() + name[1:]


def together(units: list[str]) -> str:
    """ "các xã Hải Quang, Hải Đông" where all are of one level, else each with its own word."""
    for level in LEVELS:
        if units and all(unit.lower().startswith(level + " ") for unit in units):
            names = [unit[len(level) + 1 :] for unit in units]
            return f"các {level} {', '.join(names)}" if len(names) > 1 else units[0]
    return ", ".join(units)
