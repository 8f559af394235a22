"""The papers of a signing meeting: minutes, and the pack around it. Pure: the child imports it."""

from __future__ import annotations

from typing import TypedDict

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
from pledge_app.papers.definition import (
    N_,
    TEMPLATES,
    Content,
    Edition,
    FixedWord,
    Paper,
    kept_editions,
)
from pledge_app.papers.printing.cells import level, no_layout, signed_at_the_end


class Attendee(TypedDict):
    name: str
    title: str
    unit: str
    reason: str
    """Of an absence or a refusal; "" for those present."""


class Vote(TypedDict):
    matter: str
    in_favour: int
    against: int
    abstained: int | None
    """None = was not counted: the minutes then say nothing of it."""
    result: str
    """"thông qua"."""


class Signed(TypedDict):
    """Who signed for a party at the meeting, in which office."""

    unit: str
    name: str
    office: str
    """With its authority: "TM. Ủy ban nhân dân xã, Chủ tịch"."""
    means: str
    """"ký trên bản giấy", "xác nhận điện tử trong phần mềm"."""


class ClusterOffice(TypedDict):
    unit: str
    person: str
    basis: str
    """"Hội nghị bầu", or the decision."""


class MinutesContent(PaperContent):
    """Biên bản Hội nghị ký kết giao ước thi đua."""

    starts_at: str
    ends_at: str
    place: str
    present: list[Attendee]
    absent: list[Attendee]
    refused: list[Attendee]
    agenda: list[str]
    proceedings: list[str]
    votes: list[Vote]
    signed: list[Signed]
    witnesses: list[Witness]
    lead: ClusterOffice | None
    deputy: ClusterOffice | None
    closing: str
    secretary: Signatory
    chair: Signatory
    second_chair: Signatory | None
    """A meeting may be presided over by two."""


class InvitationContent(PaperContent):
    """Giấy mời (NĐ 30, Phụ lục III, Mẫu 1.9)."""

    inviter: str
    """"Ủy ban nhân dân xã Hải Đông"."""
    invited: list[str]
    """Bodies or persons, a line each."""
    occasion: str
    """What follows "Tới dự": "Hội nghị ký kết giao ước thi đua năm 2023 của vùng Quang Đông"."""
    chair: str
    starts_at: str
    place: str
    notes: list[str]
    signatories: list[Signatory]


class ProgrammeItem(TypedDict):
    matter: str
    by: str
    """Who carries it out; "" = left open."""
    at: str
    """When it begins: "08 giờ 15"; "" = not fixed."""


class ProgrammeContent(PaperContent):
    """Chương trình."""

    starts_at: str
    place: str
    items: list[ProgrammeItem]


class Delegate(TypedDict):
    name: str
    office: str
    """With the party title before it; party titles stand in this list only."""
    note: str


class DelegatesContent(PaperContent):
    """Danh sách đại biểu."""

    delegates: list[Delegate]


class ScriptPart(TypedDict):
    matter: str
    said: list[str]
    """What the one who leads through the meeting reads out, a paragraph each."""


class ScriptContent(PaperContent):
    """Lời dẫn chương trình."""

    parts: list[ScriptPart]


class NewsContent(PaperContent):
    """Tin, bài for the website: no paper of the decree, so it has no head and no signature."""

    headline: str
    lead: list[str]
    """The first paragraphs, bold."""
    body: list[str]
    written_by: str
    """"" = not given."""


def _secretary_and_chair(content: MinutesContent) -> dict[str, object]:
    return {"cells": level([content["secretary"], content["chair"]])}


def _those_who_preside(content: MinutesContent) -> dict[str, object]:
    second = content["second_chair"]
    beside = [second] if second is not None else []
    return {"cells": level([content["secretary"], *beside, content["chair"]])}


def with_one_chair(content: Content) -> dict[str, object]:
    """Minutes of schema version 2."""
    return {**content, "second_chair": None}


def without_times(content: Content) -> dict[str, object]:
    """A programme of schema version 2."""
    return {**content, "items": [{**item, "at": ""} for item in content["items"]]}


_SHEET = PaperParts(
    ALWAYS,
    ORDER | ANNEXED,
    {
        **PLAIN,
        **NO_ADDRESSEE,
        Part.NUMBER: "văn bản kèm theo Hội nghị, không lấy số",
        Part.SIGNED: "văn bản kèm theo Hội nghị, không có người ký",
        Part.RECIPIENTS: "văn bản kèm theo Hội nghị, phát tại chỗ nên không có nơi nhận",
        Part.BASES: "văn bản kèm theo Hội nghị, không có căn cứ ban hành",
    },
)
"""What is handed out at the meeting."""
_NEWS = frozenset({Part.PAGE, Part.BODY})
_NO_DECREE_PAPER = "tin, bài không phải văn bản hành chính của Nghị định 30/2020/NĐ-CP"

MINUTES = Paper(
    kind="minutes",
    name=N_("Biên bản hội nghị ký kết"),
    module=__name__,
    content=MinutesContent,
    schema_version=3,
    upcasts={2: with_one_chair},
    editions={
        **kept_editions("minutes", {1: no_layout, 2: _secretary_and_chair}),
        3: Edition(TEMPLATES / "minutes" / "v3", 2, _those_who_preside),
    },
    parts=PaperParts(
        ALWAYS | SIGNED,
        ORDER | ANNEXED | {Part.NUMBER, Part.BASES},
        {**PLAIN, **NO_ADDRESSEE},
        beside=True,
    ),
    type_names=("BIÊN BẢN",),
    wording={
        "type_name": FixedWord(N_("Tên loại văn bản"), "BIÊN BẢN", is_line=True),
        "subject": FixedWord(
            N_("Trích yếu"),
            "Hội nghị ký kết giao ước thi đua năm {năm}",
            is_line=True,
        ),
        "closing": FixedWord(
            N_("Phần kết"),
            "Biên bản đã được đọc lại cho Hội nghị nghe; các đại biểu nhất trí thông qua.",
        ),
    },
    places=("năm", "cụm"),
    way_back="meetings.of_minutes",
)
INVITATION = Paper(
    kind="invitation",
    name=N_("Giấy mời"),
    module=__name__,
    content=InvitationContent,
    schema_version=2,
    editions=kept_editions("invitation", {1: no_layout, 2: signed_at_the_end}),
    parts=PaperParts(
        ALWAYS | SIGNED | {Part.NUMBER},
        ORDER | ANNEXED | {Part.BASES},
        {**PLAIN, **NO_ADDRESSEE},
    ),
    type_names=("GIẤY MỜI",),
)
PROGRAMME = Paper(
    kind="programme",
    name=N_("Chương trình"),
    module=__name__,
    content=ProgrammeContent,
    schema_version=3,
    upcasts={2: without_times},
    editions={
        **kept_editions("programme", {1: no_layout, 2: signed_at_the_end}),
        3: Edition(TEMPLATES / "programme" / "v3", 2, signed_at_the_end),
    },
    parts=_SHEET,
    type_names=("CHƯƠNG TRÌNH",),
)
DELEGATES = Paper(
    kind="delegates",
    name=N_("Danh sách đại biểu"),
    module=__name__,
    content=DelegatesContent,
    schema_version=2,
    editions={
        **kept_editions("delegates", {1: no_layout, 2: signed_at_the_end}),
        3: Edition(TEMPLATES / "delegates" / "v3", 2, signed_at_the_end),
    },
    parts=_SHEET,
    type_names=("DANH SÁCH ĐẠI BIỂU",),
)
SCRIPT = Paper(
    kind="script",
    name=N_("Lời dẫn chương trình"),
    module=__name__,
    content=ScriptContent,
    schema_version=2,
    editions=kept_editions("script", {1: no_layout, 2: signed_at_the_end}),
    parts=_SHEET,
    type_names=("LỜI DẪN CHƯƠNG TRÌNH",),
)
NEWS = Paper(
    kind="news",
    name=N_("Tin, bài"),
    module=__name__,
    content=NewsContent,
    schema_version=2,
    editions=kept_editions("news", {1: no_layout, 2: signed_at_the_end}),
    parts=PaperParts(_NEWS, cannot={part: _NO_DECREE_PAPER for part in Part if part not in _NEWS}),
)
PAPERS = (MINUTES, INVITATION, PROGRAMME, DELEGATES, SCRIPT, NEWS)
