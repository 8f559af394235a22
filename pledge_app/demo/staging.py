"""Everything of the Quang Đông example before the first pledge."""

from __future__ import annotations

from pledge_app.demo.example import (
    DISTRICT,
    PROVINCE,
    SECOND,
    Stage,
    illustrative,
    load_registers,
    make_bodies,
    make_offices,
    make_second_cluster_people,
    seed,
    take_over_registers,
)
from pledge_app.demo.example_years import open_example_year
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import Installation
from pledge_app.orgs import loading


def set_stage() -> Stage:
    """Everything before the first pledge; the demo's business date is the day after the guidance
    reached them.
    """
    facts = seed()
    made_up = illustrative()
    starts = made_up["deadlines"]["demo_starts_on"]
    db.session.add(
        Installation(
            id=1,
            is_demo=True,
            office_name="Thi đua huyện Hải Hậu",
            business_date=starts,
        )
    )
    load_registers()
    stage = Stage()
    for name in (DISTRICT, *facts["cluster"]["members"], *SECOND):
        stage.units[name] = loading.unit_named(
            name,
            PROVINCE if name == DISTRICT else DISTRICT,
            on=starts,
        )
    for row in made_up["hamlet"]:
        loading.add_hamlet(row["name"], stage.units[row["unit"]], source="minh họa")
    for name in stage.units:
        make_bodies(stage, name)
    make_offices(stage, made_up["office"])
    make_second_cluster_people(stage)
    take_over_registers()
    for year in (2022, 2023):
        open_example_year(
            stage,
            year,
            facts,
            made_up,
        )
    db.session.commit()
    return stage
