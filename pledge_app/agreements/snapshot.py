"""An agreement as plain data, in the shape of its paper."""

from __future__ import annotations

from collections.abc import Sequence

from pledge_app.agreements.cluster_words import abbreviation
from pledge_app.agreements.models import Agreement, Party, Signatory
from pledge_app.agreements.paper import AGREEMENT, AgreementContent, CriterionGroup
from pledge_app.agreements.paper import Campaign as CampaignContent
from pledge_app.agreements.paper import Party as PartyContent
from pledge_app.campaigns.models import Campaign
from pledge_app.campaigns.queries import phrases
from pledge_app.documents import parts
from pledge_app.documents.models import Document
from pledge_app.documents.operations import frozen_content
from pledge_app.documents.wording import wording
from pledge_app.orgs.models import Body, Cluster, Line
from pledge_app.orgs.queries import column_names, council_beside, unit_words
from pledge_app.papers.content.schema import Heading, Witness
from pledge_app.papers.content.schema import Signatory as Cell
from pledge_app.pledges.models import Target
from pledge_app.pledges.snapshot import grouped, registered


def agreement_content(agreement: Agreement) -> AgreementContent:
    """The joint paper: parties, campaigns, a column of goals per commune, signature cells sig-1,
    sig-2 …
    """
    year, cluster = agreement.emulation_year, agreement.cluster
    members = [party for party in agreement.parties if not party.is_witness]
    words = wording(AGREEMENT)
    heading: Heading = {
        "superior": _superior(cluster),
        "issuer": cluster.name.upper(),
        "number": "",
        "symbol": agreement.symbol,
        "place": agreement.place,
        "day": "",
        "month": "",
        "year": str(agreement.paper_date.year),
    }
    frame = parts.frame(
        AGREEMENT,
        year=year.year,
        type_name=words.words["type_name"],
        subject=f"Năm {year.year}",
        title=f"Bản giao ước thi đua năm {year.year} - {cluster.name}",
        author=agreement.lead_body.full_name,
        heading=heading,
        bases=[row.text.rstrip(" ;.") for row in agreement.bases],
        opening=parts.paragraphs(agreement.purpose),
        recipients=parts.paragraphs(agreement.recipients),
        illustrative=agreement.is_illustrative,
        show_qr=agreement.show_qr,
    )
    numbers = cell_numbers(agreement)
    bodies = [party.body for party in members]
    heads = column_names(bodies)
    units = unit_words(bodies, on=agreement.paper_date)
    return {
        **frame,
        "parties": [
            _party(
                party,
                units[party.body_id],
                short,
                numbers,
            )
            for party, short in zip(members, heads, strict=True)
        ],
        "witnesses": [_witness(party, numbers) for party in agreement.parties if party.is_witness],
        "contents_intro": parts.paragraphs(agreement.contents),
        "campaigns": [_campaign(row) for row in year.campaigns],
        "criteria_intro": parts.paragraphs(agreement.standards),
        "groups": _groups(members),
        "criteria_notes": [],
        "measures": parts.paragraphs(agreement.measures),
        "titles": _titles(members),
        "organisation": parts.paragraphs(agreement.organisation),
        "scoring": parts.paragraphs(agreement.scoring),
        "commitment": parts.paragraphs(agreement.commitment),
        "copies": agreement.copies,
    }


def cell_numbers(agreement: Agreement) -> dict[int, str]:
    """Signatory id → "sig-n", parties first and witnesses last, as on the paper."""
    order = sorted(agreement.parties, key=lambda party: (party.is_witness, party.position))
    signatories = [row for party in order for row in party.signatories]
    return {row.id: f"sig-{n}" for n, row in enumerate(signatories, 1)}


def _party(party: Party, unit: str, short: str, numbers: dict[int, str]) -> PartyContent:
    return {
        "unit": unit,
        "short": short,
        "body": party.body.full_name,
        "abbreviation": abbreviation(party.body),
        "representatives": [
            f"{row.name}, {_office(row, party.body)}".strip(", ")
            for row in party.signatories
            if row.name
        ],
        "signatories": [_cell(row, numbers) for row in party.signatories],
    }


def _office(row: Signatory, party: Body) -> str:
    """The office in a text: with the name that was declared, where somebody of the party signs."""
    short = abbreviation(party)
    if short and row.body_id == party.id:
        return f"{row.title} {short}"
    return parts.office_of(row.title, row.body)


def _superior(cluster: Cluster) -> str:
    """The Council that the cluster belongs to; the Front's clusters have none above them."""
    council = council_beside(cluster.reviewer) if cluster.line is Line.UBND else None
    return council.full_name.upper() if council else ""


def _titles(members: Sequence[Party]) -> list[str]:
    """What each party registers for, in the words of its pledge."""
    return [
        f"{abbreviation(party.body) or party.body.full_name}: "
        + "; ".join(registered(row.title, row.holder) for row in party.pledge.titles)
        for party in members
        if party.pledge is not None and party.pledge.titles
    ]


def _witness(party: Party, numbers: dict[int, str]) -> Witness:
    row = party.signatories[0] if party.signatories else None
    return {
        "name": row.name if row else "",
        "title": row.title if row else "",
        "organisation": parts.full_name_in_texts(party.body),
        "signatory": _cell(row, numbers) if row else None,
    }


def _cell(row: Signatory, numbers: dict[int, str]) -> Cell:
    return parts.sign_cell(
        numbers[row.id],
        row.body,
        row.title,
        row.name,
        row.authority,
        is_joint=True,
    )


def _campaign(row: Campaign) -> CampaignContent:
    return {
        "quarter": row.quarter,
        "theme": row.theme,
        "anniversaries": phrases(row),
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "contents": parts.paragraphs(row.contents),
    }


def _groups(members: Sequence[Party]) -> list[CriterionGroup]:
    pledged = [party.pledge for party in members]
    first = next((pledge for pledge in pledged if pledge is not None), None)
    if first is None:
        return []
    goals = [
        {row.criterion_id: row for row in pledge.targets} if pledge else {} for pledge in pledged
    ]
    return [
        {
            "code": code,
            "name": name,
            "rows": [
                {
                    "code": row.criterion.code,
                    "name": row.criterion.name,
                    "unit": row.criterion.unit_of_measure,
                    "points": parts.figure(row.criterion.max_points),
                    "values": [_goal(column.get(row.criterion_id)) for column in goals],
                }
                for row in rows
            ],
        }
        for code, name, rows in grouped(first)
    ]


def _goal(target: Target | None) -> str:
    if target is None or target.goal is None:
        return ""
    return parts.said_goal(target.criterion, target.goal)


def key_goals(document: Document, cell_id: str) -> tuple[str, list[tuple[str, str, str]]]:
    """(commune, [(criterion, unit of measure, goal)]) of the party whose cell it is, read from
    the frozen content.
    """
    content = frozen_content(document.envelope)
    for place, party in enumerate(content["parties"]):
        if any(cell["cell"] == cell_id for cell in party["signatories"]):
            return party["unit"], [
                (f"{row['code']}. {row['name']}", row["unit"], row["values"][place])
                for group in content["groups"]
                for row in group["rows"]
            ]
    return "", []
