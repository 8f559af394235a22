"""The days of a campaign as they stand in its form: those chosen, in their order, and those that
the calendar still offers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from pledge_app.campaigns import calendar, queries
from pledge_app.campaigns.models import Campaign
from pledge_app.campaigns.operations import AnniversaryChoice
from pledge_app.kernel.errors import Problem
from pledge_app.kernel.numbers import whole_number
from pledge_app.kernel.text import LONGEST_LINE, clean_line, same_name_key

MOST_ROWS = 60
YEAR_LENGTH = 9


@dataclass(frozen=True)
class ChosenRow:
    """A wording that the author chose or typed; `founding_year` as typed. `joins`: it shares one
    count with the row above. `is_spring`: the greeting of the lunar year, which has no name.
    """

    name: str = ""
    founding_year: str = ""
    joins: bool = False
    is_spring: bool = False


@dataclass(frozen=True)
class OfferedDay:
    """A day of the calendar that is not chosen yet."""

    pid: str
    name: str
    said: str  # the phrase of this year
    on: str
    founding_year: int | None
    usual_quarter: int | None


@dataclass
class ChosenDays:
    """The form's days of one year. `problems` is filled by choices()."""

    year: int
    rows: list[ChosenRow]
    offered: list[OfferedDay]
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_spring(self) -> bool:
        """Whether the greeting of the lunar year is among the chosen."""
        return any(row.is_spring for row in self.rows)

    def choices(self) -> list[AnniversaryChoice]:
        """In their order; rows that join share one count."""
        found: list[AnniversaryChoice] = []
        for at, row in enumerate(self.rows):
            if row.is_spring:
                found.append(AnniversaryChoice((), is_spring=True))
                continue
            founded = self._founded(row, at)
            if not row.name:
                self._note(_("Dòng này chưa có tên ngày kỷ niệm."), f"name-own-{at}")
            elif row.joins and found and not found[-1].is_spring:
                found[-1] = self._joined(
                    found[-1],
                    row,
                    founded,
                    at,
                )
            else:
                found.append(AnniversaryChoice((row.name,), founded))
        return found

    def sentence(self) -> str:
        """How the campaign will say them; "" while there is nothing to say or something is
        wrong.
        """
        draft = ChosenDays(
            self.year,
            self.rows,
            [],
        )
        choices = draft.choices()
        if draft.problems:
            return ""
        try:
            return calendar.celebrate([_phrase(self.year, choice) for choice in choices])
        except ValueError:
            return ""  # a founding year after the campaign's: saving says so

    def _joined(
        self,
        above: AnniversaryChoice,
        row: ChosenRow,
        founded: int | None,
        at: int,
    ) -> AnniversaryChoice:
        if founded is None or founded != above.founding_year:
            self._note(
                _("%(name)s không cùng năm gốc nên không ghép chung số năm được.", name=row.name),
                f"join-own-{at}",
            )
        return AnniversaryChoice((*above.names, row.name), above.founding_year)

    def _founded(self, row: ChosenRow, at: int) -> int | None:
        if not row.founding_year:
            return None
        year = whole_number(row.founding_year)
        if year is not None and 1 <= year <= date.max.year:
            return year
        self._note(_("Năm gốc phải là một năm, ví dụ 1945."), f"year-own-{at}")
        return None

    def _note(self, sentence: str, anchor: str) -> None:
        self.problems.append(Problem(sentence, anchor))


def _phrase(year: int, choice: AnniversaryChoice) -> str:
    if choice.is_spring:
        return calendar.spring_phrase(year)
    return calendar.phrase(
        year,
        choice.names,
        choice.founding_year,
    )


def stored_days(campaign: Campaign, body_ids: set[int]) -> ChosenDays:
    """As the campaign has them."""
    rows: list[ChosenRow] = []
    for stored in campaign.anniversaries:
        if stored.is_spring:
            rows.append(ChosenRow(is_spring=True))
            continue
        year = str(stored.founding_year or "")
        for place, name in enumerate(stored.names):
            rows.append(
                ChosenRow(
                    name,
                    year,
                    joins=place > 0,
                )
            )
    return _days(campaign, body_ids, rows)


def typed_days(campaign: Campaign, body_ids: set[int], typed: Mapping[str, str]) -> ChosenDays:
    """As the form was sent: days ticked in the calendar go to the end, and `then` may move a row
    up or down or drop it ("up-2").
    """
    rows = _typed_rows(typed)
    for day in _offered(campaign, body_ids, rows):
        if typed.get(f"day-{day.pid}") == "1":
            rows.append(ChosenRow(day.name, str(day.founding_year or "")))
    if typed.get("spring") == "1" and not any(row.is_spring for row in rows):
        rows.append(ChosenRow(is_spring=True))
    _move(rows, typed.get("then", ""))
    return _days(campaign, body_ids, rows)


def _days(campaign: Campaign, body_ids: set[int], rows: list[ChosenRow]) -> ChosenDays:
    offered = _offered(campaign, body_ids, rows)
    return ChosenDays(
        campaign.emulation_year.year,
        rows,
        offered,
    )


def _typed_rows(typed: Mapping[str, str]) -> list[ChosenRow]:
    """The rows that say anything."""
    rows = []
    for at in range(MOST_ROWS):
        row = ChosenRow(
            clean_line(typed.get(f"name-own-{at}", ""), LONGEST_LINE),
            typed.get(f"year-own-{at}", "").strip()[:YEAR_LENGTH],
            typed.get(f"join-own-{at}") == "1",
            typed.get(f"spring-own-{at}") == "1",
        )
        if row.name or row.founding_year or row.is_spring:
            rows.append(row)
    return rows


def _move(rows: list[ChosenRow], then: str) -> None:
    verb, _dash, number = then.partition("-")
    at = whole_number(number)
    if at is None or at >= len(rows):
        return
    if verb == "drop":
        del rows[at]
    other = {"up": at - 1, "down": at + 1}.get(verb, -1)
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]


def _offered(campaign: Campaign, body_ids: set[int], rows: list[ChosenRow]) -> list[OfferedDay]:
    """The days that are not chosen yet, those of the campaign's own quarter first."""
    year = campaign.emulation_year.year
    taken = {(same_name_key(row.name), row.founding_year) for row in rows}
    offered = []
    for row in queries.commemorations(body_ids):
        founded = row.founding_year if row.shows_count else None
        is_tet = row.month is None and row.body_id is None  # the spring greeting
        is_taken = (same_name_key(row.name), str(founded or "")) in taken
        if is_tet or is_taken or (founded or 0) > year:
            continue
        day = OfferedDay(
            row.pid,
            row.name,
            calendar.phrase(
                year,
                [row.name],
                founded,
            ),
            f"{row.day:02}/{row.month:02}" if row.day and row.month else "",
            founded,
            row.usual_quarter,
        )
        offered.append(day)
    return sorted(offered, key=lambda day: day.usual_quarter != campaign.quarter)
