"""Shapes of what is typed about clusters."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.orgs import cluster_queries as queries
from pledge_app.orgs import leads
from pledge_app.orgs.cluster_queries import candidates
from pledge_app.orgs.models import Body, Cluster, LeadKind, Person
from pledge_app.orgs.office_queries import people_of
from pledge_app.orgs.queries import find_body
from pledge_app.orgs.words import LEAD_WORDS, LINE_WORDS, PAPER_WORDS
from pledge_app.ui.forms import Form, choose, day, line, version, whole


class CheckList(SelectMultipleField):
    """Several of a list, each with its own box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ClusterForm(Form):
    """Name, year, line and the bodies above; a new cluster may take over an older one's members."""

    ver = version()
    name = line(_l("Tên cụm"), longest=200, help_=_l("Ví dụ: Vùng thi đua Quang Đông."))
    year = whole(_l("Năm"))
    line = choose(_l("Hệ"), [(one.value, word) for one, word in LINE_WORDS.items()])
    issuer = choose(_l("Cơ quan hướng dẫn"), [])
    reviewer = choose(_l("Cơ quan thẩm định"), [])
    copied = choose(
        _l("Chép thành viên từ cụm"),
        [],
        needed=False,
        help_=_l("Cơ quan đã kết thúc hoạt động được bỏ qua."),
    )


class MembersForm(Form):
    """Which bodies join."""

    ver = version()
    bodies = CheckList(_l("Cơ quan"), choices=[])


class LeadForm(Form):
    """Cụm trưởng, Cụm phó from a day on."""

    ver = version()
    kind = choose(_l("Vai trò trong cụm"), [(one.value, word) for one, word in LEAD_WORDS.items()])
    body = choose(_l("Đơn vị"), [])
    person = choose(_l("Người đảm nhiệm"), [], needed=False)
    basis = line(
        _l("Căn cứ"),
        help_=_l("Ví dụ: Hội nghị cụm ngày 24/02/2023 bầu, hoặc số, ngày văn bản chuẩn y."),
    )
    held_from = day(_l("Từ ngày"))
    held_to = day(
        _l("Đến ngày"),
        needed=False,
        help_=_l("Ngày đầu tiên không còn đảm nhiệm; để trống nếu chưa biết."),
    )


class PaperForm(Form):
    """A paper that the cluster rests on."""

    kind = choose(_l("Loại văn bản"), [(one.value, word) for one, word in PAPER_WORDS.items()])
    number = line(_l("Số, ký hiệu"), longest=60, help_=_l("Ví dụ: 215/QĐ-UBND."))
    dated = day(_l("Ngày ban hành"))
    issuer = line(_l("Cơ quan ban hành"), longest=200)
    title = line(_l("Trích yếu"))


def members_form(cluster: Cluster, text: str = "") -> MembersForm:
    """With those who may join, or whoever is called `text`."""
    form = MembersForm(data={"ver": cluster.version_id})
    form.bodies.choices = [(body.pid, body.name) for body in candidates(cluster, text)]
    return form


def lead_form(cluster: Cluster) -> LeadForm:
    """With the members and the people of their units."""
    form = LeadForm(data={"ver": cluster.version_id})
    bodies = [row.body for row in cluster.members]
    form.body.choices = [(body.pid, body.name) for body in bodies]
    form.person.choices = [("", _("Chưa ghi tên")), *_people(bodies)]
    return form


def _people(bodies: list[Body]) -> list[tuple[str, str]]:
    return [
        (one.pid, f"{one.name} ({body.name})") for body in bodies for one in people_of(body.unit)
    ]


def kind_of(value: str) -> LeadKind | None:
    """The kind in an address; None for rubbish."""
    return LeadKind(value) if value in set(LeadKind) else None


def chosen_lead(form: LeadForm) -> leads.Lead:
    """The lead that was typed; a person that nobody knows is none."""
    person = None
    if form.person.data:
        person = db.session.scalar(select(Person).where(Person.pid == form.person.data))
    return leads.Lead(
        LeadKind(form.kind.data),
        find_body(form.body.data),
        person,
        form.basis.data,
        form.held_from.data,
        form.held_to.data,
    )


def offer_bodies(form: ClusterForm, cluster: Cluster | None) -> None:
    """The bodies to choose from; one that a cluster already names stays among them."""
    offered: list[Body] = queries.guiding_bodies(clock.today())
    for body in (cluster.issuer, cluster.reviewer) if cluster is not None else ():
        if body not in offered:
            offered.append(body)
    form.issuer.choices = form.reviewer.choices = [(body.pid, body.name) for body in offered]
