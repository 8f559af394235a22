"""Bản đăng ký thi đua: the paper that a unit sends up. Pure: the child process imports it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from pledge_app.papers.content.schema import PaperContent, Signatory
from pledge_app.papers.decree.applicable import REPORT
from pledge_app.papers.definition import N_, Content, FixedWord, Paper, kept_editions
from pledge_app.papers.figures import FigureTable, figure_table
from pledge_app.papers.printing.cells import no_layout, signed_at_the_end


class RegistrationCampaign(TypedDict):
    name: str
    objective: str
    launched: str
    """Date, or text such as "Quý I"."""
    closed: str


class RegistrationRow(TypedDict):
    code: str
    name: str
    unit: str
    before: str
    """What was reached last year; "" = not known. Since version 3."""
    goal: str
    """Kế hoạch năm = the unit's own goal."""
    assigned: str
    """The figure handed down; "" = none. A column of its own since version 3."""
    reason: str
    """Why the goal is lower than assigned; "" = it is not."""
    note: str


class RegistrationGroup(TypedDict):
    code: str
    name: str
    rows: list[RegistrationRow]


class RegisteredTitle(TypedDict):
    name: str
    """"Tập thể Lao động xuất sắc"."""
    candidate: str
    """For whom: a collective, a number of people."""
    note: str


class RegistrationContent(PaperContent):
    """Bản đăng ký thi đua of one unit."""

    addressed_to: list[str]
    movements: list[str]
    """The movements that the unit takes part in, apart from the year's drives; since version 3."""
    campaigns: list[RegistrationCampaign]
    groups: list[RegistrationGroup]
    target_notes: list[str]
    measures: list[str]
    titles: list[RegisteredTitle]
    closing: str
    signatories: list[Signatory]


def with_movements_and_last_year(content: Content) -> dict[str, object]:
    """A content of schema version 2, which knew neither movements nor last year's figures."""
    groups = [
        {**group, "rows": [{**row, "before": ""} for row in group["rows"]]}
        for group in content["groups"]
    ]
    return {**content, "movements": [], "groups": groups}


def _figures(content: Mapping[str, Any]) -> FigureTable | None:
    return figure_table([N_("Chỉ tiêu")], content["groups"], lambda row: [row["goal"]])


REGISTRATION = Paper(
    kind="registration",
    name=N_("Bản đăng ký thi đua"),
    module=__name__,
    content=RegistrationContent,
    schema_version=3,
    upcasts={2: with_movements_and_last_year},
    editions=kept_editions(
        "registration", {1: no_layout, 2: signed_at_the_end, 3: signed_at_the_end}
    ),
    parts=REPORT,
    type_names=("BẢN ĐĂNG KÝ THI ĐUA",),
    wording={
        "type_name": FixedWord(N_("Tên loại văn bản"), "BẢN ĐĂNG KÝ THI ĐUA", is_line=True),
        "symbol": FixedWord(N_("Ký hiệu"), "ĐK-{ký hiệu}", is_line=True),
        "opening": FixedWord(N_("Câu mở đầu"), "{cơ quan} đăng ký thi đua năm {năm} như sau:"),
        "movements": FixedWord(
            N_("Phong trào thi đua tham gia"),
            (
                "Phong trào “Cả nước chung sức xây dựng nông thôn mới”\n"
                "Phong trào “Vì người nghèo - Không để ai bị bỏ lại phía sau”\n"
                "Phong trào “Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở”"
            ),
        ),
        "movements_front": FixedWord(
            N_("Phong trào thi đua tham gia: hệ MTTQ"),
            (
                "Cuộc vận động “Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh”\n"
                "Phong trào “Vì người nghèo - Không để ai bị bỏ lại phía sau”"
            ),
        ),
        "closing": FixedWord(
            N_("Phần kết"),
            (
                "{cơ quan} cam kết thực hiện đầy đủ các nội dung đăng ký trên; kính đề nghị "
                "{nơi nhận} xem xét, thống nhất."
            ),
        ),
    },
    places=("năm", "cơ quan", "ký hiệu", "nơi nhận"),
    figures=_figures,
    way_back="pledges.show",
)
PAPERS = (REGISTRATION,)
