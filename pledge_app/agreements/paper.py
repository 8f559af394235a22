"""Bản giao ước thi đua: the joint paper of a cluster. Pure: the child process imports it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from pledge_app.agreements.paper_layout import first_layout, second_layout
from pledge_app.agreements.paper_third import third_layout
from pledge_app.agreements.paper_words import WORDS
from pledge_app.papers.content.schema import PaperContent, Signatory, Witness
from pledge_app.papers.decree.applicable import (
    ALWAYS,
    ANNEXED,
    NO_ADDRESSEE,
    ORDER,
    PLAIN,
    SIGNED,
    PaperParts,
    Part,
)
from pledge_app.papers.definition import N_, Content, Paper, kept_editions
from pledge_app.papers.figures import FigureTable, figure_table


class Party(TypedDict):
    """A unit that signs, through a body and its 1..n signatories."""

    unit: str
    """"xã Hải Quang"."""
    short: str
    """The head of its column in the table of criteria: "Hải Quang"."""
    body: str
    """"Ủy ban nhân dân xã Hải Quang"."""
    abbreviation: str
    """"UBND xã Hải Quang", declared beside the whole name; "" = none. Since version 3."""
    representatives: list[str]
    """One line each: "Ông Nguyễn Văn A, Chủ tịch Ủy ban nhân dân xã"."""
    signatories: list[Signatory]


class Campaign(TypedDict):
    """One quarter's drive (đợt thi đua)."""

    quarter: int
    """1 to 4."""
    theme: str
    """Quoted by the paper; "" = none, never invented."""
    anniversaries: list[str]
    """Whole phrases: "kỷ niệm 93 năm Ngày thành lập Đảng Cộng sản Việt Nam"."""
    starts_on: str
    ends_on: str
    contents: list[str]


class CriterionRow(TypedDict):
    code: str
    name: str
    unit: str
    """Unit of measure: "%", "triệu đồng/người/năm"."""
    points: str
    """The most points that it gives; "" = the set has none. Since version 3."""
    values: list[str]
    """One figure per party, in the order of `parties`."""


class CriterionGroup(TypedDict):
    code: str
    """"I", "II"."""
    name: str
    rows: list[CriterionRow]


class AgreementContent(PaperContent):
    """Bản giao ước thi đua of a cluster."""

    parties: list[Party]
    """1 to 13 and more; each gets a column of figures and its signature cells."""
    witnesses: list[Witness]
    contents_intro: list[str]
    """Paragraphs at the head of I. Nội dung thi đua."""
    campaigns: list[Campaign]
    criteria_intro: list[str]
    groups: list[CriterionGroup]
    criteria_notes: list[str]
    """Lines under the table, such as how hamlets are counted."""
    measures: list[str]
    titles: list[str]
    """What each party registers for, a line each; since version 3."""
    organisation: list[str]
    scoring: list[str]
    """How results are scored and ranked; since version 3."""
    commitment: list[str]
    """What the parties promise each other, and from when it holds; since version 2."""
    copies: str
    """"Bản giao ước này được lập thành 06 bản, có giá trị như nhau …"."""


def with_commitment(content: Content) -> dict[str, object]:
    """A content of schema version 1, which had no commitment."""
    return {**content, "commitment": []}


def with_titles_and_points(content: Content) -> dict[str, object]:
    """A content of schema version 2: no titles, no scoring, no points, no abbreviated names."""
    parties = [{**party, "abbreviation": ""} for party in content["parties"]]
    groups = [
        {**group, "rows": [{**row, "points": ""} for row in group["rows"]]}
        for group in content["groups"]
    ]
    return {**content, "parties": parties, "groups": groups, "titles": [], "scoring": []}


def column_heads(parties: Sequence[Party]) -> list[str]:
    """What each party's column is called: its place only where no two parties share one."""
    shorts = [str(party["short"]) for party in parties]
    if len(set(shorts)) == len(shorts):
        return shorts
    return [str(party["body"]) for party in parties]


def _uneven_row(content: AgreementContent) -> str:
    for group in content["groups"]:
        for row in group["rows"]:
            if len(row["values"]) != len(content["parties"]):
                return f"criterion {row['code']} has not one value for each party"
    return ""


def _figures(content: AgreementContent) -> FigureTable | None:
    heads = column_heads(content["parties"])
    return figure_table(heads, content["groups"], lambda row: list(row["values"]))


AGREEMENT = Paper(
    kind="agreement",
    name=N_("Bản giao ước thi đua"),
    module=__name__,
    content=AgreementContent,
    schema_version=3,
    upcasts={1: with_commitment, 2: with_titles_and_points},
    fault=_uneven_row,
    editions=kept_editions("agreement", {1: first_layout, 2: second_layout, 3: third_layout}),
    parts=PaperParts(
        ALWAYS | SIGNED | {Part.BASES},
        ORDER | ANNEXED | {Part.NUMBER},
        {**PLAIN, **NO_ADDRESSEE},
        beside=True,
    ),
    type_names=("BẢN GIAO ƯỚC THI ĐUA",),
    wording=WORDS,
    places=("năm", "cụm", "số bản", "cơ quan thẩm định"),
    figures=_figures,
    way_back="agreements.show",
)
PAPERS = (AGREEMENT,)
