"""The papers around a meeting, besides the agreement and the minutes: same conventions as
schema.py.
"""

from typing import TypedDict

from pledge_app.papers.content.schema import PaperContent, Signatory


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


MEETING_TYPES: dict[str, type] = {
    "invitation": InvitationContent,
    "programme": ProgrammeContent,
    "delegates": DelegatesContent,
    "script": ScriptContent,
    "news": NewsContent,
}
