"""The Quang Đông example: its criteria, years, campaigns and clusters, as the report says them;
the rest illustrative.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from pledge_app.campaigns import operations as years
from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.scheduling import PeriodDays, set_period
from pledge_app.criteria import operations as criteria
from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.rows import CriterionRow
from pledge_app.demo.example import DATA, DISTRICT, SECOND, Stage, Told, moment
from pledge_app.kernel.actor import SYSTEM
from pledge_app.kernel.base import db
from pledge_app.orgs.models import (
    Cluster,
    ClusterLead,
    ClusterMembership,
    LeadKind,
    Line,
)


def criteria_set() -> CriteriaSet:
    """The criteria that the report names, published."""
    name = "Tiêu chí thi đua vùng Quang Đông"
    earlier = db.session.scalar(select(CriteriaSet).where(CriteriaSet.name == name))
    if earlier is not None:
        return earlier
    lines = (DATA / "criteria_quang_dong_2023.csv").read_text(encoding="utf-8").splitlines()
    rows = []
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        plain = {
            "code": row["ma"],
            "name": row["ten"],
            "parent": row["ma_cha"],
            "is_illustrative": row["nguon"] != "seed",
        }
        if row["la_nhom"] == "có":
            rows.append(CriterionRow(is_group=True, **plain))  # type: ignore[arg-type]
        else:
            rows.append(
                CriterionRow(
                    unit_of_measure=row["don_vi_tinh"],
                    direction=Direction(row["huong"]),
                    cadence=Cadence(row["nhip"]),
                    kind=ValueKind(row["loai"]),
                    max_points=Decimal(row["diem_chuan"]) if row["diem_chuan"] else None,
                    **plain,  # type: ignore[arg-type]
                )
            )
    published = criteria.import_set(
        name,
        rows,
        valid_from=date(2021, 1, 1),
        valid_to=date(2025, 12, 31),
        source="Bài viết về Hội nghị ký giao ước thi đua năm 2023 vùng Quang Đông",
        actor=SYSTEM,
        at=moment(date(2022, 1, 5)),
    )
    criteria.publish(published, actor=SYSTEM, at=moment(date(2022, 1, 5)))
    return published


def open_example_year(
    stage: Stage,
    number: int,
    told: Told,
    made_up: Told,
) -> None:
    upper = stage.ubnd(DISTRICT)
    at = moment(date(number, 1, 6))
    year = years.open_year(
        number,
        Line.UBND,
        upper,
        actor=SYSTEM,
        at=at,
    )
    year.is_illustrative = True
    values: Told = {"criteria_set_id": criteria_set().id, "opens_days_before": 15}
    dues = made_up["deadlines"]
    values |= {
        name: dues[name].replace(year=number) for name in ("pledge_due_on", "agreement_due_on")
    }
    if number == told["year"]:
        guidance = told["guidance"]
        values |= {
            "guidance_number": guidance["number"],
            "guidance_date": guidance["date"],
            "guidance_title": guidance["title"],
        }
    years.set_guidance(
        year,
        values,
        version=year.version_id,
        actor=SYSTEM,
        at=at,
    )
    _campaigns(year, told, made_up, at)
    stage.years[number] = year
    for name, members, lead, deputy in (
        (
            told["cluster"]["name"],
            told["cluster"]["members"],
            made_up["meeting"]["lead"],
            made_up["meeting"]["deputy"],
        ),
        ("Cụm minh họa số 2", SECOND, SECOND[0], SECOND[1]),
    ):
        stage.clusters[name, number] = _cluster(
            stage,
            name,
            number,
            members,
            lead,
            deputy,
        )


def _campaigns(
    year: EmulationYear,
    told: Told,
    made_up: Told,
    at: datetime,
) -> None:
    dates = {row["quarter"]: row for row in made_up["campaign"]}
    shift = year.year - told["year"]
    for row, campaign in zip(told["campaign"], year.campaigns, strict=True):
        dated = dates[row["quarter"]]
        chosen = (
            [
                years.AnniversaryChoice(
                    tuple(one["names"]),
                    one.get("founding_year"),
                    one.get("is_spring", False),
                )
                for one in row["anniversary"]
            ]
            if not shift
            else []
        )
        years.save_campaign(
            campaign,
            theme=row["theme"] if not shift else "",
            contents=row["wording"] if not shift else "",
            starts_on=dated["starts_on"].replace(year=year.year),
            ends_on=dated["ends_on"].replace(year=year.year),
            anniversaries=chosen,
            version=campaign.version,
            actor=SYSTEM,
            at=at,
        )
        quarter = campaign.period
        due_on = dated["report_due_on"].replace(year=year.year)
        days = PeriodDays(quarter.starts_on, quarter.ends_on, due_on)
        set_period(
            quarter,
            days,
            version=quarter.version,
            actor=SYSTEM,
            at=at,
        )


def _cluster(
    stage: Stage,
    name: str,
    year: int,
    members: Sequence[str],
    lead: str,
    deputy: str,
) -> Cluster:
    upper = stage.ubnd(DISTRICT)
    cluster = Cluster(
        name=name,
        year=year,
        line=Line.UBND,
        issuer=upper,
        reviewer=upper,
    )
    cluster.members = [
        ClusterMembership(body=stage.ubnd(unit), position=position)
        for position, unit in enumerate(members, 1)
    ]
    cluster.leads = [
        ClusterLead(
            body=stage.ubnd(unit),
            kind=kind,
            basis="Minh họa",
            held_from=date(year, 1, 1),
        )
        for unit, kind in ((lead, LeadKind.LEAD), (deputy, LeadKind.DEPUTY))
    ]
    db.session.add(cluster)
    db.session.flush()
    return cluster
