"""The pledges of the Quang Đông example, each brought to its state by its verbs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pledge_app.campaigns import assigned_figures
from pledge_app.criteria.kinds import ValueKind
from pledge_app.demo.example import DISTRICT, SECOND, Told, moment
from pledge_app.demo.quang_dong_cast import Cast
from pledge_app.kernel.actor import SYSTEM, Actor, Role
from pledge_app.pledges import entry, operations, starting
from pledge_app.pledges.goal_cells import periods_of
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.rules import RowState
from pledge_app.reviews import operations as review


class Pledges(Cast):
    """Pledges of both years, from the first figure to the answer of the level above."""

    def _start(self, unit: str, year: int, day: date) -> Pledge:
        clerk = self.actor(unit, Role.CLERK, day)
        pledge = starting.start_pledge(
            self.stage.ubnd(unit),
            self.stage.years[year],
            actor=clerk,
            at=moment(day),
            today=day,
        )
        self._fill(
            pledge,
            unit,
            year,
            clerk,
            day,
        )
        return pledge

    def _fill(
        self,
        pledge: Pledge,
        unit: str,
        year: int,
        clerk: Actor,
        day: date,
    ) -> None:
        rows = {row["criterion"]: row for row in self.made_up["target"] if row["unit"] == unit}
        column = "goal" if year == self.told["year"] else "last_year"
        hamlets = {
            row["name"]: row[column] for row in self.made_up["hamlet"] if row["unit"] == unit
        }
        for target in pledge.targets:
            if target.criterion.kind is ValueKind.COUNTED_ROWS:
                last = periods_of(target)[-1].id
                states = {row.id: (RowState(hamlets[row.name]), last) for row in target.items}
                if states:
                    entry.save_items(
                        target,
                        states,
                        actor=clerk,
                        at=moment(day),
                    )
            entry.save_row(
                target,
                self._entry(target, rows[target.criterion.code], year),
                version=target.version,
                actor=clerk,
                at=moment(day),
            )
        objectives = {
            row["quarter"]: row["text"] for row in self.made_up["objective"] if row["unit"] == unit
        }
        titles = [
            (row["name"], row["candidate"]) for row in self.made_up["title"] if row["unit"] == unit
        ]
        entry.save_plan(
            pledge,
            joins={
                row.campaign_id: (True, objectives.get(row.campaign.quarter, ""))
                for row in pledge.campaigns
            },
            titles=titles or [("Tập thể Lao động tiên tiến", "UBND xã")],
            resolution="",
            version=pledge.version_id,
            actor=clerk,
            at=moment(day),
        )

    def _entry(self, target: Target, row: Told, year: int) -> entry.RowEntry:
        """This year's figures; for 2022 last year's, so that what 2022 reached is 2023's last
        year.
        """
        if year == self.told["year"]:
            figures = zip(periods_of(target), map(_number, row["quarters"]), strict=True)
            split = {period.id: figure for period, figure in figures if figure is not None}
            return entry.RowEntry(_number(row["goal"]), split, row["reason"])
        if target.criterion.kind is ValueKind.YES_NO:
            return entry.RowEntry(Decimal(1))  # the communes aimed at it, and did not get there
        return entry.RowEntry(_number(row["last_year"]))

    def agree(self, unit: str, year: int, day: date) -> Pledge:
        pledge = self._enter_and_send(unit, year, day)
        review.approve(
            pledge,
            version=pledge.version_id,
            actor=self.actor(DISTRICT, Role.REVIEWER, day),
            at=moment(day, 15),
        )
        return pledge

    def _enter_and_send(self, unit: str, year: int, day: date) -> Pledge:
        pledge = self._start(unit, year, day)
        self._send(pledge, unit, day)
        return pledge

    def _send(self, pledge: Pledge, unit: str, day: date) -> None:
        operations.submit_to_leader(
            pledge,
            actor=self.actor(unit, Role.CLERK, day),
            at=moment(day, 10),
        )
        operations.sign_off(
            pledge,
            actor=self.actor(unit, Role.LEADER, day),
            at=moment(day, 11),
            office="Chủ tịch",
        )
        operations.send_up(
            pledge,
            actor=self.actor(unit, Role.CLERK, day),
            at=moment(day, 14),
            today=day,
        )

    def send_back(self, unit: str, day: date) -> None:
        """Six cells are still to be entered anew: this is where the visitor begins."""
        pledge = self._enter_and_send(unit, 2023, day)
        by_code = {target.criterion.code: target for target in pledge.targets}
        review.send_back(
            pledge,
            [
                review.Ask(
                    "Đề nghị chia chỉ tiêu theo từng quý sát thực tế hơn: đang chia đều cho bốn "
                    "quý.",
                    by_code["1.1"],
                ),
                review.Ask(
                    "Đề nghị bổ sung diện tích chuyển đổi theo kế hoạch vụ Mùa.",
                    by_code["1.2"],
                ),
            ],
            version=pledge.version_id,
            actor=self.actor(DISTRICT, Role.REVIEWER, day),
            at=moment(date(2023, 2, 9), 16),
        )

    def fill_second_cluster(self, day: date) -> None:
        self._start(SECOND[0], 2023, day)
        waiting = self._start(SECOND[1], 2023, day)
        operations.submit_to_leader(
            waiting,
            actor=self.actor(SECOND[1], Role.CLERK, day),
            at=moment(day, 10),
        )
        for unit in SECOND[2:]:
            self._enter_and_send(unit, 2023, day)

    def assign_2023(self) -> None:
        year = self.stage.years[2023]
        codes = (
            {row.code: row.id for row in year.criteria_set.criteria} if year.criteria_set else {}
        )
        assigned_figures.assign_figures(
            year,
            [
                (
                    self.stage.ubnd(row["unit"]).id,
                    codes[row["criterion"]],
                    Decimal(row["assigned"]),
                )
                for row in self.made_up["target"]
                if row["assigned"]
            ],
            actor=SYSTEM,
            at=moment(date(2023, 2, 7)),
        )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
