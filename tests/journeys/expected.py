"""The plain model of a year: what must be true, in words of its own and without the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.cast import TODAY

CLERK = {"Hải Quang": "lan", "Hải Đông": "dong", "Hải Tây": "tay"}
LEADER = {"Hải Quang": "hung", "Hải Đông": "dong_leader", "Hải Tây": "tay_leader"}
RECORDS = {"Hải Quang": "van"}
REVIEWERS = frozenset({"rev", "rev2"})
STRANGERS = frozenset({"xa", "revxa"})
WATCHERS = frozenset({"quan", "giam"})
COMMUNES = tuple(CLERK)
EVERYBODY = frozenset(
    {*CLERK.values(), *LEADER.values(), *RECORDS.values(), *REVIEWERS, *STRANGERS, *WATCHERS}
)
REPORTS_OPEN = date(2023, 3, 20)


def people_of(commune: str) -> set[str]:
    """Clerk and leader of a commune."""
    return {CLERK[commune], LEADER[commune]}


def home_of(who: str) -> str:
    """The commune of a person; "" for those of the district and above."""
    for commune in COMMUNES:
        if who in people_of(commune) or RECORDS.get(commune) == who:
            return commune
    return ""


@dataclass(repr=False)
class PledgeNow:
    """A pledge as it must stand."""

    commune: str
    pid: str = ""
    state: str = "draft"
    goals: dict[str, int] = field(default_factory=dict)
    is_filled: bool = False
    is_signed_off: bool = False
    is_review_begun: bool = False
    times_sent: int = 0
    authors: set[str] = field(default_factory=set)
    hands: set[str] = field(default_factory=set)
    """Who typed, handed in, signed off, sent or took it back, ever."""

    def __repr__(self) -> str:
        return f"<pledge of {self.commune}, {self.state}>"


@dataclass
class Signature:
    """What is known of one party's signature, and from whom."""

    state: str = "pending"
    confirmed_by: str = ""
    recorded_by: str = ""
    attested_by: str = ""
    scan: str = ""
    """The scan on which it was seen."""
    is_from_scan: bool = False
    """Nobody had recorded the ink before it was seen on the scan."""
    is_refused_by_holder: bool = False

    @property
    def is_inked(self) -> bool:
        """Two people know of the ink."""
        return bool(self.recorded_by) and bool(self.attested_by or self.scan)

    @property
    def counts(self) -> bool:
        """Whether a signature of any kind counts."""
        return self.state == "signed" and (self.is_inked or bool(self.confirmed_by))


@dataclass(repr=False)
class ScanNow:
    """A scan that was uploaded."""

    pid: str
    uploaded_by: str
    is_seen: bool = False
    is_rejected: bool = False

    def __repr__(self) -> str:
        return f"<scan by {self.uploaded_by}>"


@dataclass(repr=False)
class AgreementNow:
    """One version of the joint agreement as it must stand."""

    pid: str
    version: int
    state: str = "draft"
    parties: list[str] = field(default_factory=list)
    is_worded: bool = False
    is_circulated: bool = False
    is_in_force: bool = False
    refreezes: bool = False
    is_round_open: bool = False
    signatures: dict[str, Signature] = field(default_factory=dict)
    scans: list[ScanNow] = field(default_factory=list)
    has_minutes: bool = False
    is_closed: bool = False

    @property
    def is_at_signing(self) -> bool:
        """Frozen and printed, neither replaced nor void."""
        return self.state in {"awaiting", "confirmed", "inked", "signed"}

    def known(self) -> str:
        """The least that is known of every signature."""
        rows = list(self.signatures.values())
        if not rows or not all(row.counts for row in rows):
            return "awaiting"
        if all(row.scan for row in rows):
            return "signed"
        if all(row.is_inked for row in rows):
            return "inked"
        return "confirmed"

    def __repr__(self) -> str:
        return f"<version {self.version}, {self.state}>"


@dataclass(repr=False)
class ChangeNow:
    """A change of a figure proposed at the table."""

    pid: str
    agreement: str
    commune: str
    code: str
    goal: int
    proposer: str
    state: str = "open"
    commune_by: str = ""
    reviewer_by: str = ""

    def __repr__(self) -> str:
        return f"<change of {self.commune} by {self.proposer}, {self.state}>"


@dataclass(repr=False)
class ReportNow:
    """One version of a quarter's report as it must stand."""

    pid: str
    commune: str
    version: int = 1
    state: str = "open"
    values: dict[str, int] = field(default_factory=dict)
    is_filled: bool = False
    authors: set[str] = field(default_factory=set)

    def __repr__(self) -> str:
        return f"<report {self.version} of {self.commune}, {self.state}>"


@dataclass
class YearNow:
    """Everything together."""

    pledges: dict[str, PledgeNow] = field(
        default_factory=lambda: {name: PledgeNow(name) for name in COMMUNES}
    )
    agreements: list[AgreementNow] = field(default_factory=list)
    changes: list[ChangeNow] = field(default_factory=list)
    reports: list[ReportNow] = field(default_factory=list)
    leads: str = "Hải Đông"
    today: date = TODAY
    due_on: date = date(2023, 2, 20)
    report_due_on: date = date(2023, 3, 31)

    def current(self) -> AgreementNow | None:
        """The newest version that is not void."""
        standing = [row for row in self.agreements if row.state != "void"]
        return standing[-1] if standing else None

    def readers_of(self, agreement: AgreementNow) -> set[str]:
        """Who finds a version: a draft that was not sent round is the lead's alone."""
        if agreement.state == "draft" and not agreement.is_circulated:
            return people_of(self.leads)
        return {who for who in EVERYBODY if home_of(who)} | REVIEWERS

    def recorders(self) -> set[str]:
        """Who records what happened at the table."""
        return people_of(self.leads) | REVIEWERS

    def agreed(self) -> list[str]:
        """The communes whose pledge can be in the joint agreement."""
        return [name for name, row in self.pledges.items() if row.state in {"agreed", "in_force"}]

    def open_changes(self) -> list[ChangeNow]:
        """The changes that wait for an answer."""
        return [row for row in self.changes if row.state == "open"]
