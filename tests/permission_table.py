"""Every registered policy, asked for every role in every place: what docs/permissions.md and the
administrator's page say.

A place is where somebody holds the role, seen from the thing that is asked about: at the commune
whose it is, at another member of its cluster, at the member that leads, at the body that reviews,
or elsewhere.
"""

from __future__ import annotations

import inspect
import tempfile
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from flask_migrate import upgrade

from pledge_app.accounts.current import actor_of
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.accounts.permissions import EVERYBODY, HOLDER, Answer, Measured, Scope
from pledge_app.agreements.amendment_models import Amendment
from pledge_app.agreements.models import Agreement
from pledge_app.application import ROOT, create_app
from pledge_app.campaigns.models import EmulationYear
from pledge_app.config import Settings
from pledge_app.documents.operations import keep_file
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.permission import PERMISSIONS, Permission
from pledge_app.orgs.models import Body
from pledge_app.pledges.models import Pledge
from pledge_app.progress import due_reports
from pledge_app.progress.evidence_models import Evidence
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState
from tests import agreeing, make
from tests import cast as cast_module
from tests.cast import TODAY, Cast
from tests.rooms.progress.reports import in_state

OWN, NEIGHBOUR, LEAD, REVIEWING, ELSEWHERE = "own", "neighbour", "lead", "reviewing", "elsewhere"
LEADING = "Hải Đông"


@dataclass(frozen=True)
class Situation:
    """What is asked about, by the name of a policy's parameter; the bodies of each place."""

    subjects: dict[str, Any]
    places: dict[str, list[str]]


@dataclass(frozen=True)
class Asker:
    """Somebody who holds one role in one place; the holder of an office has no role at all."""

    who: str
    place: str
    actor: Actor


@cache
def measured() -> list[Measured]:
    """What every registered policy answers, in the order of the house, lowest room first."""
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{place}/x"
        app = create_app(Settings(database_url=url, data_dir=Path(place), secret_key="k" * 64))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            yes = _ask_everybody(cast_module.build())
            db.session.remove()
            db.engine.dispose()
    chosen = sorted(PERMISSIONS.values(), key=_position)
    return [Measured(made.name, _answers(yes[made.name])) for made in chosen]


def _position(made: Permission) -> tuple[int, str, int]:
    room, file = made.name.split(".")[:2]
    return _rooms().index(room), file, made.question.__code__.co_firstlineno


@cache
def _rooms() -> list[str]:
    """The rooms, lowest first, as setup.cfg has them."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = config["importlinter:contract:layers"]["layers"].split("\n")
    names = [name.strip(" ()") for line in lines for name in line.split("|")]
    return [name for name in reversed(names) if name]


Yes = dict[str, set[tuple[str, str]]]


def _ask_everybody(cast: Cast) -> Yes:
    """By the name of a policy: who said to be allowed it, and where."""
    yes: Yes = {name: set() for name in PERMISSIONS}
    for situation in situations(cast):
        for place, bodies in situation.places.items():
            for asker in _askers(cast, place, bodies):
                for made in PERMISSIONS.values():
                    if allows(made, asker.actor, situation.subjects):
                        yes[made.name].add((asker.who, asker.place))
    return yes


def situations(cast: Cast) -> Iterator[Situation]:
    """A commune with all that can be asked about; then one without a records clerk, whose pledge
    is typed on its behalf.
    """
    made = agreeing.agreement(cast, state="confirmed")
    agreeing.signed_at_the_table(cast, made)
    upload = agreeing.scan(cast, made)
    for commune, neighbour, on_behalf in (
        ("Hải Quang", "Hải Tây", False),
        ("Hải Tây", "Hải Quang", True),
    ):
        party = next(row for row in made.parties if row.body_id == cast.bodies[commune])
        pledge = party.pledge
        assert pledge is not None
        pledge.on_behalf = on_behalf
        report = _report(cast, pledge)
        subjects = {
            "actor": None,
            "agreement": made,
            "amendment": _amendment(made, pledge),
            "body": party.body,
            "body_id": party.body_id,
            "cluster": made.cluster,
            "criteria_set": made.emulation_year.criteria_set,
            "document": agreeing.paper(made),
            "evidence": _evidence(cast, report),
            "issuer": db.session.get_one(Body, cast.bodies["huyện"]),
            "pledge": pledge,
            "report": report,
            "reviewed": pledge,
            "signing_round": agreeing.opened(made),
            "step": agreeing.step(cast, made, commune),
            "upload": upload,
            "year": db.session.get_one(EmulationYear, cast.year),
        }
        yield Situation(
            subjects,
            {
                OWN: [commune],
                NEIGHBOUR: [neighbour],
                LEAD: [LEADING],
                REVIEWING: ["huyện"],
                ELSEWHERE: ["Xa Lạ", "huyện xa"],
            },
        )


def _report(cast: Cast, pledge: Pledge) -> ProgressReport:
    """A report that was sent, of a pledge in force."""
    report = due_reports.open_report(pledge, pledge.emulation_year.periods[0], at=make.AT)
    db.session.commit()
    return in_state(cast, report, ReportState.SENT)


def _amendment(agreement: Agreement, pledge: Pledge) -> Amendment:
    """A proposal that nobody has made: the policies ask whose figure it would change."""
    return Amendment(agreement=agreement, target=pledge.targets[0])


def _evidence(cast: Cast, report: ProgressReport) -> Evidence:
    kept = keep_file(agreeing.PDF, "application/pdf", at=make.AT).sha256
    file = Evidence(
        report_id=report.id,
        original_name="Ảnh.jpg",
        size=1,
        received_sha256=kept,
        pages=1,
        file_sha256=kept,
        preview_sha256=kept,
        added_by_id=cast.users["lan"],
        added_by_name="Bà Lan",
        added_at=make.AT,
    )
    db.session.add(file)
    db.session.commit()
    return file


def _askers(cast: Cast, place: str, bodies: list[str]) -> Iterator[Asker]:
    """A new login for each role at each body, gone again when it was asked."""
    for body in bodies:
        for role in Role:
            nested = db.session.begin_nested()
            yield Asker(role.value, place, _newcomer(cast.bodies[body], role))
            nested.rollback()
        nested = db.session.begin_nested()
        stranger = _newcomer(None, None)
        yield Asker(EVERYBODY, place, stranger)
        if body in make.PEOPLE:
            person = db.session.get_one(User, cast.users[make.PEOPLE[body][1]]).person_id
            yield Asker(HOLDER, place, replace(stranger, person_id=person))
        nested.rollback()


def _newcomer(body_id: int | None, role: Role | None) -> Actor:
    user = User(username="newcomer", name="Người mới")
    if body_id is not None and role is not None:
        user.grants = [RoleGrant(role=role, body_id=body_id, held_from=TODAY)]
    db.session.add(user)
    db.session.flush()
    return actor_of(user, today=TODAY)


def allows(made: Permission, actor: Actor, subjects: dict[str, Any]) -> bool:
    """What the policy says to this actor about these subjects."""
    if made.is_reading:
        subject = subjects[made.question.__name__.removeprefix("find_")]
        try:
            made.question(subject.pid, seen_by=actor)
        except NotFound:
            return False
        return True
    names = [name for name in inspect.signature(made.question).parameters if name[0] != "_"]
    return bool(made.question(actor, *(subjects[name] for name in names[1:])))


def _answers(yes: set[tuple[str, str]]) -> list[Answer]:
    """Those with the same scopes together; what everybody may do is said of nobody else."""
    if any(who == EVERYBODY for who, _place in yes):
        return [Answer([EVERYBODY], [Scope.EVERYWHERE])]
    answers: dict[tuple[Scope, ...], list[str]] = {}
    for who in (*(role.value for role in Role), HOLDER):
        scopes = _scopes({place for other, place in yes if other == who})
        if scopes:
            answers.setdefault(scopes, []).append(who)
    return [Answer(who, list(scopes)) for scopes, who in answers.items()]


def _scopes(places: set[str]) -> tuple[Scope, ...]:
    if ELSEWHERE in places:
        return (Scope.EVERYWHERE,)
    scopes = []
    if NEIGHBOUR in places:
        scopes.append(Scope.CLUSTER)
    else:
        scopes += [Scope.OWN] if OWN in places else []
        scopes += [Scope.LED] if LEAD in places else []
    scopes += [Scope.REVIEWED] if REVIEWING in places else []
    return tuple(scopes)
