"""The whole year as one state machine: everybody tries everything, a plain model beside it.

Each step is one of: somebody does what they may; somebody else tries it; somebody tries it too
early or too late; somebody acts on an old page; the last form comes twice; a stranger looks around;
the worker works; the night passes. After each of them the invariants are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.journeys import (
    amending,
    composing,
    invariants,
    meeting,
    pledging,
    reporting,
    reviewing,
    scanning,
    signing,
    working,
)
from tests.journeys.acts import Act, Choice, Choose
from tests.journeys.expected import CLERK, EVERYBODY, LEADER, REVIEWERS, STRANGERS, YearNow
from tests.journeys.invariants import Papers
from tests.journeys.office import Answer, Office, Sent
from tests.unchanged import fingerprint

ACTS: tuple[Act, ...] = (
    *pledging.ACTS,
    *reviewing.ACTS,
    *composing.ACTS,
    *signing.ACTS,
    *scanning.ACTS,
    *meeting.ACTS,
    *amending.ACTS,
    *reporting.ACTS,
)
MAIN_LINE: tuple[type[Act], ...] = (
    pledging.Start,
    pledging.TypeEverything,
    pledging.SubmitToLeader,
    pledging.SignOff,
    pledging.SendUp,
    reviewing.Approve,
    composing.StartAgreement,
    composing.SaveWords,
    composing.Freeze,
    signing.SignOnPaper,
    signing.Attest,
    reporting.TypeFigures,
    reporting.SubmitReport,
    reporting.SendReport,
    reporting.ConfirmReport,
)
MILESTONES = (0, 6, 9, 15, 18, 21, 24, 27, 36)
"""After how many steps of the main line a walk begins: nothing, all pledges typed, with the leader,
sent, agreed, the paper frozen, inked, in force, all reports sent.
"""
BY_RANK = (*CLERK.values(), *LEADER.values(), *sorted(REVIEWERS))
KINDS = (
    *["who may"] * 8,
    *["who may not"] * 4,
    *["too early or too late"] * 4,
    *["on an old page"] * 2,
    *["twice"] * 2,
    *["a stranger looks"] * 2,
    *["the worker"] * 2,
    "the night",
)


class Chance(NamedTuple):
    """An act, and on what."""

    act: Act
    thing: Any


class First:
    """The main line leaves nothing to chance."""

    def one_of(self, choices: Sequence[Choice]) -> Choice:
        """The first."""
        return choices[0]

    def number(self, low: int, high: int) -> int:
        """The highest."""
        return high


class Drawn:
    """What Hypothesis draws."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def one_of(self, choices: Sequence[Choice]) -> Choice:
        """Any of them."""
        return self.data.draw(st.sampled_from(list(choices)))

    def number(self, low: int, high: int) -> int:
        """Any between the two."""
        return self.data.draw(st.integers(low, high))


class Figures:
    """How many steps of each kind a run took, by act."""

    def __init__(self) -> None:
        self.walks = 0
        self.steps: dict[str, int] = {}
        self.acts: dict[str, int] = {}

    def count(self, kind: str, act: object) -> None:
        """One step more."""
        self.steps[kind] = self.steps.get(kind, 0) + 1
        if kind == "who may":
            self.acts[repr(act)] = self.acts.get(repr(act), 0) + 1

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind}: {count}" for kind, count in sorted(self.steps.items()))
        acts = ", ".join(f"{act} {count}" for act, count in sorted(self.acts.items()))
        return f"{self.walks} walks, {sum(self.steps.values())} steps ({kinds})\ndone: {acts}"


class Year(RuleBasedStateMachine):
    """One walk. `open_office` gives an office on a database of its own, and `close` ends it."""

    def __init__(
        self, open_office: Callable[[], Office], figures: Figures, milestones: Sequence[int]
    ) -> None:
        super().__init__()
        self.milestones = milestones
        self.office = open_office()
        self.figures = figures
        self.now = YearNow()
        self.papers = Papers()
        self.last: tuple[Act, Sent] | None = None
        figures.walks += 1

    @initialize(data=st.data())
    def the_year_has_come_some_way(self, data: st.DataObject) -> None:
        """Everybody did what leads on, and nothing else."""
        for _number in range(Drawn(data).one_of(self.milestones)):
            self.lead_on()

    def lead_on(self) -> None:
        """The next step of the main line."""
        working.make_papers(self.office, self.now)
        if any(row.state == "in_force" for row in self.now.pledges.values()):
            working.pass_the_night(self.office, self.now)
        working.take_in_new_reports(self.office, self.now)
        for act in ACTS:
            if type(act) not in MAIN_LINE:
                continue
            for thing in act.things(self.now):
                filled = getattr(thing, "is_filled", False) and "Type" in repr(act)
                worded = getattr(thing, "is_worded", False) and "Words" in repr(act)
                who = next((one for one in BY_RANK if one in act.may(self.now, thing)), None)
                if who and act.ready(self.now, thing) and not filled and not worded:
                    self.perform(Chance(act, thing), who, First())
                    return

    @rule(data=st.data())
    def somebody_tries_something(self, data: st.DataObject) -> None:
        """One step."""
        drawn = Drawn(data)
        kind = drawn.one_of(KINDS)
        steps = {
            "who may": self.who_may,
            "who may not": self.who_may_not,
            "too early or too late": self.at_the_wrong_time,
            "on an old page": self.on_an_old_page,
            "twice": self.twice,
            "a stranger looks": self.a_stranger_looks,
            "the worker": self.the_worker,
            "the night": self.the_night,
        }
        steps[kind](drawn)

    def chances(self, fits: Callable[[Act, Any], bool]) -> list[Chance]:
        """Every act on every thing that fits."""
        return [
            Chance(act, thing) for act in ACTS for thing in act.things(self.now) if fits(act, thing)
        ]

    def who_may(self, drawn: Choose) -> None:
        """Somebody does what they may, in time: it is acknowledged, and it is so."""
        now = self.now
        chances = self.chances(
            lambda act, thing: act.ready(now, thing) and bool(act.may(now, thing))
        )
        weighted = [chance for chance in chances for _time in range(chance.act.weight)]
        if weighted:
            chosen = drawn.one_of(weighted)
            self.perform(chosen, drawn.one_of(sorted(chosen.act.may(now, chosen.thing))), drawn)

    def perform(self, chosen: Chance, who: str, choose: Choose) -> None:
        """Do it, and note what must be true from here."""
        act, thing = chosen
        self.figures.count("who may", act)
        answer, given = act.send(self.office, self.now, thing, who, choose)
        assert answer.is_done, f"{who} may {act} {thing}: {answer.status}\n{answer.words}"
        act.follow(self.office, self.now, thing, who, given)
        working.take_in_new_reports(self.office, self.now)
        sent = self.office.sent
        self.last = (act, sent) if sent is not None and not act.repeats else None

    def who_may_not(self, drawn: Choose) -> None:
        """Somebody else tries it: 403 or 404, and nothing has changed."""
        chances = self.chances(lambda act, thing: act.ready(self.now, thing))
        if chances:
            chosen = drawn.one_of(chances)
            others = EVERYBODY - chosen.act.may(self.now, chosen.thing)
            self.refused(
                "who may not", chosen, drawn.one_of(sorted(others)), drawn, chosen.act.refusals
            )

    def at_the_wrong_time(self, drawn: Choose) -> None:
        """Who may do it tries it too early or too late: refused, and nothing has changed."""
        now = self.now
        chances = self.chances(
            lambda act, thing: not act.ready(now, thing) and bool(act.may(now, thing))
        )
        if chances:
            chosen = drawn.one_of(chances)
            who = drawn.one_of(sorted(chosen.act.may(now, chosen.thing)))
            late = {303, 403, 404, 409, 422}
            self.refused("too early or too late", chosen, who, drawn, late)

    def on_an_old_page(self, drawn: Choose) -> None:
        """The page was opened before the last change: 409, and nothing has changed."""
        now = self.now
        chances = self.chances(
            lambda act, thing: (
                act.is_versioned and act.ready(now, thing) and bool(act.may(now, thing))
            )
        )
        if chances:
            chosen = drawn.one_of(chances)
            who = drawn.one_of(sorted(chosen.act.may(now, chosen.thing)))
            self.office.is_page_old = True
            try:
                self.refused("on an old page", chosen, who, drawn, {409, 422})
            finally:
                self.office.is_page_old = False

    def refused(
        self, kind: str, chosen: Chance, who: str, choose: Choose, statuses: Set[int]
    ) -> None:
        """Try it; the answer is one of `statuses`, and every row is as it was."""
        self.figures.count(kind, chosen.act)
        before = fingerprint()
        answer, _given = chosen.act.send(self.office, self.now, chosen.thing, who, choose)
        told = f"{kind}: {who}, {chosen.act} {chosen.thing}: {answer.status}"
        assert answer.status in statuses, f"{told}\n{answer.words}"
        assert fingerprint() == before, f"{told}, and something changed"

    def twice(self, _drawn: Choose) -> None:
        """The last form comes again: nothing happens twice (I5)."""
        if self.last is not None:
            act, sent = self.last
            self.figures.count("twice", act)
            before = fingerprint()
            answer: Answer = self.office.again(sent)
            told = f"twice: {act} by {sent.who}: {answer.status}"
            assert fingerprint() == before, f"{told}, and something changed"

    def a_stranger_looks(self, drawn: Choose) -> None:
        """Somebody of another district opens a page (I8)."""
        self.figures.count("a stranger looks", "")
        who = drawn.one_of(sorted(STRANGERS))
        closed = invariants.closed_pages(self.now)
        open_to_all = list(invariants.OPEN_PAGES)
        path = drawn.one_of([*closed, *open_to_all])
        assert not (told := list(invariants.stranger_reads(self.office, who, path, closed))), told

    def the_worker(self, _drawn: Choose) -> None:
        """Papers that wait are made."""
        self.figures.count("the worker", "")
        working.make_papers(self.office, self.now)

    def the_night(self, _drawn: Choose) -> None:
        """The day of the reports comes."""
        self.figures.count("the night", "")
        working.pass_the_night(self.office, self.now)
        working.take_in_new_reports(self.office, self.now)

    @invariant()
    def nothing_is_broken(self) -> None:
        """I1 to I7, after every step."""
        told = invariants.broken(self.office, self.now, self.papers)
        assert not told, "\n".join(told)

    def teardown(self) -> None:
        """Nobody is stuck, the trail is whole; the office is closed."""
        try:
            told = [*invariants.nobody_is_stuck(self.office), *invariants.whole_trail_holds()]
            assert not told, "\n".join(told)
        finally:
            self.office.close()


def walks_of(
    open_office: Callable[[], Office], figures: Figures, milestones: Sequence[int] = MILESTONES
) -> Any:
    """What Hypothesis runs: each call begins another walk. It asks for a class and takes this."""
    return lambda: Year(open_office, figures, milestones)


def settings_of(walks: int, steps: int, *, same_every_time: bool = False) -> settings:
    """How long a run is. A failure is told with its steps as they were, not made smaller."""
    return settings(
        derandomize=same_every_time,
        database=None,
        deadline=None,
        max_examples=walks,
        stateful_step_count=steps,
        phases=[Phase.generate],
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
